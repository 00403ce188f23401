/** What the conditions of an exam ask of records (EXM-2), of many people at once and with nothing unsealed. */
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Q, Schema } from '../store.ts'

type Values = Readonly<Record<string, string>>
interface Row {
  readonly id: string
  readonly rev: number
  readonly values: Values
  readonly children?: readonly Row[]
}
const row = ({ id, ...values }: { readonly id: string } & Values, children?: readonly Row[]): Row => ({
  id,
  rev: 1,
  values,
  ...(children ? { children } : {}),
})

/** Penalties that were not revoked. */
export const penaltiesOf = (q: Q, t: Schema, personIds: readonly string[]) => {
  const { id, personId, kind, nature, decidedOn, revokedAt } = t.conduct
  return q
    .select({ id, personId, kind, nature, decidedOn, revokedAt })
    .from(t.conduct)
    .where(and(inArray(personId, [...personIds]), eq(kind, 'penalty'), isNull(revokedAt)))
    .orderBy(asc(id))
}

type Penalty = Awaited<ReturnType<typeof penaltiesOf>>[number]

export interface ExamRecordOf {
  readonly proposals: ReadonlyMap<string, { readonly rows: readonly Row[] }>
  readonly files: readonly { readonly section: string; readonly rowId: string; readonly slot: string }[]
  readonly conduct: readonly Penalty[]
}

const groups = <T extends { readonly personId: string }>(rows: readonly T[]) => {
  const found = new Map<string, T[]>()
  for (const one of rows) {
    const of = found.get(one.personId)
    if (of) of.push(one)
    else found.set(one.personId, [one])
  }
  return (personId: string): readonly T[] => found.get(personId) ?? []
}

/** When registration for an exam ends in a province, '' for the country; null where no session says it (EXM-1). */
export async function closingOf(
  q: Q,
  { examSession, examWindow }: Schema,
  { level, year }: Pick<Schema['examSession']['$inferSelect'], 'level' | 'year'>,
  provinceId: string,
): Promise<Date | null> {
  const [row] = await q
    .select({ national: examSession.closesAt, own: examWindow.closesAt })
    .from(examSession)
    .leftJoin(
      examWindow,
      and(eq(examWindow.sessionId, examSession.id), eq(examWindow.departmentId, provinceId)),
    )
    .where(and(eq(examSession.level, level), eq(examSession.year, year)))
    .limit(1)
  return row ? (row.own ?? row.national) : null
}

/** By person; sealed columns are left out. Shaped as an opened record is. */
export async function examRecordsOf(
  q: Q,
  t: Schema,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, ExamRecordOf>> {
  const ids = [...personIds]
  const { education: e, employment: j, accountingPost: p, qualification: k, recordFile: f } = t
  // One after another: inside a transaction they share its connection.
  const studies = groups(
    await q
      .select({
        id: e.id,
        personId: e.personId,
        place: e.place,
        mode: e.mode,
        level: e.level,
        degree: e.degree,
        enrolled: e.enrolled,
        graduated: e.graduated,
      })
      .from(e)
      .where(inArray(e.personId, ids)),
  )
  const jobs = groups(
    await q
      .select({ id: j.id, personId: j.personId, start: j.start, end: j.end, accounting: j.accounting })
      .from(j)
      .where(inArray(j.personId, ids)),
  )
  const posts = groups(
    await q
      .select({ id: p.id, personId: p.personId, employmentId: p.employmentId, start: p.start, end: p.end })
      .from(p)
      .where(inArray(p.personId, ids)),
  )
  const titles = groups(
    await q
      .select({
        id: k.id,
        personId: k.personId,
        kind: k.kind,
        level: k.level,
        way: k.way,
        obtained: k.obtained,
      })
      .from(k)
      .where(inArray(k.personId, ids)),
  )
  const files = groups(
    await q
      .select({ personId: f.personId, section: f.section, rowId: f.rowId, slot: f.slot })
      .from(f)
      .where(and(inArray(f.personId, ids), eq(f.section, 'education'))),
  )
  const conduct = groups(await penaltiesOf(q, t, ids))
  return new Map(
    ids.map((id) => {
      const rows = {
        education: studies(id).map((one) => row(one)),
        employment: jobs(id).map((job) =>
          row(
            job,
            posts(id)
              .filter(({ employmentId }) => employmentId === job.id)
              .map((post) => row(post)),
          ),
        ),
        qualifications: titles(id).map((one) => row(one)),
      }
      const proposals = new Map(Object.entries(rows).map(([section, of]) => [section, { rows: of }]))
      return [id, { proposals, files: files(id), conduct: conduct(id) }]
    }),
  )
}
