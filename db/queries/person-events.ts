import { and, desc, eq, inArray, isNotNull, isNull, lt, notInArray, or } from 'drizzle-orm'
import { kindsOfOffice } from '#lib/domain/conduct.ts'
import type { Q, Schema } from '../store.ts'

/**
 * What happened to a person and their cases, of these kinds, newest first, from one id on; each with its case as it is now.
 * Of what the office files about somebody, only that it took effect (`isKnownToPerson`).
 */
export const eventsOfPerson = (
  q: Q,
  t: Schema,
  personId: string,
  {
    kinds,
    before,
    limit,
  }: { readonly kinds: readonly string[]; readonly before: string; readonly limit: number },
) =>
  q
    .select({
      id: t.event.id,
      kind: t.event.kind,
      data: t.event.data,
      at: t.event.at,
      caseId: t.event.caseId,
      caseKind: t.serviceCase.kind,
      number: t.serviceCase.number,
      round: t.serviceCase.round,
    })
    .from(t.event)
    .leftJoin(t.serviceCase, eq(t.serviceCase.id, t.event.caseId))
    .where(
      and(
        eq(t.event.personId, personId),
        inArray(t.event.kind, [...kinds]),
        before === '' ? undefined : lt(t.event.id, before),
        // An event of a case that is no more has nothing to lead to.
        or(isNull(t.event.caseId), isNotNull(t.serviceCase.id)),
        or(
          isNull(t.serviceCase.kind),
          notInArray(t.serviceCase.kind, [...kindsOfOffice]),
          eq(t.event.kind, 'case.approved'),
        ),
      ),
    )
    .orderBy(desc(t.event.id))
    .limit(limit)
