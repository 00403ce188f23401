import { and, eq, sql } from 'drizzle-orm'
import type { Q, Schema } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { type ExamLevel, examLevels } from '#lib/domain/exams.ts'
import { newDigits } from '#lib/ids.ts'

/** 报名序号: year, level, nine random digits. */
const newEntryNumber = ({ year, level }: { readonly year: number; readonly level: ExamLevel }) =>
  `${year}${examLevels.indexOf(level) + 1}${newDigits(9)}`

/** Of a million registrations one in a thousand draws a number that is taken. */
async function freeEntryNumber(
  { examEntry }: Schema,
  q: Q,
  of: Parameters<typeof newEntryNumber>[0],
): Promise<string> {
  for (;;) {
    const number = newEntryNumber(of)
    const taken = await q
      .select({ caseId: examEntry.caseId })
      .from(examEntry)
      .where(eq(examEntry.number, number))
      .limit(1)
    if (taken.length === 0) return number
  }
}

/** 报名成功 (EXM-3): a registration that waits to be paid for is paid and has its number; null where it does not wait, any more or yet. */
export async function enterPaid(
  { store, clock }: Deps,
  q: Q,
  caseId: string,
  paidAt: Date = clock.now(),
): Promise<string | null> {
  const { examEntry, examSession } = store.t
  const [of] = await q
    .select({ year: examSession.year, level: examSession.level })
    .from(examEntry)
    .innerJoin(examSession, eq(examSession.id, examEntry.sessionId))
    .where(eq(examEntry.caseId, caseId))
    .limit(1)
  if (!of) return null
  const number = await freeEntryNumber(store.t, q, of)
  const [paid] = await q
    .update(examEntry)
    .set({ state: 'paid', number, paidAt, version: sql`${examEntry.version} + 1` })
    .where(and(eq(examEntry.caseId, caseId), eq(examEntry.state, 'awaiting-payment')))
    .returning({ caseId: examEntry.caseId })
  return paid ? number : null
}
