/** Exams that are open now, with a 报考点, and people who may or may not sit them. */
import { and, eq, max } from 'drizzle-orm'
import type { Deps } from '#lib/deps.ts'
import type { ExamLevel } from '#lib/domain/exams.ts'
import { newId } from '#lib/ids.ts'
import { onRecord } from './exports.ts'

interface ExamWish {
  readonly level?: ExamLevel
  /** The first year to try: several make one at once, and each year has one of a level. */
  readonly year?: number
  readonly opensAt?: string
  readonly closesAt?: string
  /** In 分, for one subject. */
  readonly fee?: number
  readonly published?: boolean
  /** Seats of its one 报考点. */
  readonly capacity?: number
}

/** An exam of the next year that has none of its level, open since yesterday unless said; its 报考点 is in 广东省. */
export async function openExam(deps: Deps, wish: ExamWish = {}) {
  const { t, read } = deps.store
  const level = wish.level ?? 'senior'
  const at = deps.clock.now()
  const days = (count: number) => new Date(at.getTime() + count * 86_400_000)
  const [last] = await read
    .select({ year: max(t.examSession.year) })
    .from(t.examSession)
    .where(eq(t.examSession.level, level))
  const [sessionId, siteId] = [newId(at), newId(at)]
  const closesAt = wish.closesAt ? new Date(wish.closesAt) : days(20)
  const session = (year: number) => ({
    id: sessionId,
    level,
    year,
    opensAt: wish.opensAt ? new Date(wish.opensAt) : days(-1),
    collectBy: closesAt,
    closesAt,
    payBy: new Date(closesAt.getTime() + 6 * 3_600_000),
    examFrom: `${year}-05-15`,
    examTo: `${year}-05-18`,
    fee: wish.fee ?? 5600,
    publishedAt: wish.published === false ? null : at,
    createdAt: at,
  })
  const year = await deps.store.tx(async (q) => {
    let free = wish.year ?? (last?.year ?? 2026) + 1
    for (;;) {
      const made = await q
        .insert(t.examSession)
        .values(session(free))
        .onConflictDoNothing()
        .returning({ id: t.examSession.id })
      if (made.length > 0) break
      free += 1
    }
    await q.insert(t.examSite).values({
      id: siteId,
      sessionId,
      departmentId: '440000',
      name: '第一考点',
      city: '440100',
      capacity: wish.capacity ?? 100,
    })
    return free
  })
  return { sessionId, siteId, year, closesAt }
}

/** On the record with 本科, 会计师 of 2017 and accounting work since 2012: 符合 for 高级, and for a person to judge where it came by 评审. */
export async function candidate(
  deps: Deps,
  departmentId: string,
  {
    way = 'exam',
    name = '陈会计',
    ...wish
  }: { readonly way?: 'exam' | 'review'; readonly name?: string; readonly number?: string } = {},
) {
  const made = await onRecord(deps, departmentId, { name, ...wish })
  const { t } = deps.store
  const personId = made.actor.id
  await deps.store.tx(async (q) => {
    await q.insert(t.accountingPost).values({
      id: 'post1',
      personId,
      employmentId: 'row1',
      start: '2012-08',
      end: 'ongoing',
      work: 'cashier',
      title: '',
      appointed: '',
    })
    await q
      .update(t.qualification)
      .set({ way })
      .where(and(eq(t.qualification.personId, personId), eq(t.qualification.id, 'row1')))
  })
  return made
}

/** Every seat that is counted is held by somebody: `[taken, held]` of each 报考点 where they differ. */
export async function leakedSeats({ store: { read, t } }: Deps): Promise<[number, number][]> {
  const held = (await read.select().from(t.examEntry)).filter(({ holdKey }) => holdKey !== null)
  return (await read.select().from(t.examSite)).flatMap(({ id, taken }): [number, number][] => {
    const count = held.filter(({ siteId }) => siteId === id).length
    return count === taken ? [] : [[taken, count]]
  })
}
