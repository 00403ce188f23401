import { and, desc, eq, gt, lt } from 'drizzle-orm'
import type { Q, Schema } from '../store.ts'

/** Changes of one kind that a person sent, each with its last round, newest first, from one id on. */
export const changesOf = (
  q: Q,
  t: Schema,
  personId: string,
  kind: Schema['serviceCase']['$inferSelect']['kind'],
  after: string,
  limit: number,
) =>
  q
    .select({ case: t.serviceCase, round: t.caseRound })
    .from(t.serviceCase)
    .innerJoin(
      t.caseRound,
      and(eq(t.caseRound.caseId, t.serviceCase.id), eq(t.caseRound.round, t.serviceCase.round)),
    )
    .where(
      and(
        eq(t.serviceCase.personId, personId),
        eq(t.serviceCase.kind, kind),
        gt(t.serviceCase.round, 0),
        after === '' ? undefined : lt(t.serviceCase.id, after),
      ),
    )
    .orderBy(desc(t.serviceCase.id))
    .limit(limit)
