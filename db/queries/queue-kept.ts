/** What many departments together hold, from the numbers that are kept of each subtree (decision 018): counting them takes a look at each. */
import { and, asc, eq, ne, sql } from 'drizzle-orm'
import type { CaseState } from '#lib/domain/case-states.ts'
import { type Change, caseMeasures, partsOfBucket } from '#lib/domain/figures.ts'
import { among, type Given, prepared } from '../prepared.ts'
import type { Q, Schema } from '../store.ts'

/** So many changes that are not added up yet are looked through; beyond that the numbers lag behind. */
const mostPending = 200

/** Both in one read: what is added up in between would be seen twice or not at all. Not run until it is awaited: a test reads its plan. */
export const keptQuery = prepared(
  (q, t, { roots, measures }: Given<Record<'roots' | 'measures', readonly string[]>>) => {
    const { departmentId, period, measure, bucket, value } = t.figure
    const oldest = q
      .select({ changes: t.figureDelta.changes })
      .from(t.figureDelta)
      .orderBy(asc(t.figureDelta.id))
      .limit(mostPending)
      .as('oldest')
    return q
      .select({ measure, bucket, value, pending: sql<string>`''` })
      .from(t.figure)
      .where(and(among(t, departmentId, roots), among(t, measure, measures), eq(period, ''), ne(value, 0)))
      .unionAll(
        q
          .select({
            measure: sql<string>`''`,
            bucket: sql<string>`''`,
            value: sql<number>`0`,
            pending: sql<string>`cast(${oldest.changes} as text)`,
          })
          .from(oldest),
      )
  },
)

/** How many cases of a scope are in each state, of every kind or of one, and how many of those under review are late or due soon. */
export interface KeptCounts {
  readonly inState: (state: CaseState, kind?: string) => number
  readonly soon: number
  readonly overdue: number
}

interface Scope {
  /** The nodes whose subtrees are the scope; none lies beneath another. */
  readonly roots: readonly string[]
  readonly departments: readonly string[]
  readonly today: string
  readonly soon: string
}

type Kept = readonly [measure: string, bucket: string, by: number]

/** As of this moment, unless very much is still to be added up. */
export async function keptCounts(q: Q, t: Schema, scope: Scope): Promise<KeptCounts> {
  const { roots, departments, today, soon } = scope
  const rows = await keptQuery(q, t, { roots, measures: caseMeasures })
  const within = new Set(departments)
  const pendingOf = (text: string): readonly Kept[] =>
    (JSON.parse(text) as readonly Change[]).flatMap(([at, period, measure, bucket, by]) =>
      period === '' && within.has(at) ? [[measure, bucket, by] as const] : [],
    )
  const kept = rows.flatMap(({ measure, bucket, value, pending }): readonly Kept[] =>
    pending === '' ? [[measure, bucket, value]] : pendingOf(pending),
  )
  // Two halves of a move may be added up apart: what is below zero is none.
  const total = (isAsked: (measure: string, bucket: string) => boolean) =>
    Math.max(
      0,
      kept.reduce((sum, [measure, bucket, by]) => sum + (isAsked(measure, bucket) ? by : 0), 0),
    )
  return {
    inState: (state, kind) =>
      total((measure, bucket) => {
        if (measure !== 'cases') return false
        const [ofKind, inState] = partsOfBucket(bucket)
        return inState === state && (kind === undefined || ofKind === kind)
      }),
    soon: total((measure, day) => measure === 'due' && day >= today && day <= soon),
    overdue: total((measure, day) => measure === 'due' && day < today),
  }
}
