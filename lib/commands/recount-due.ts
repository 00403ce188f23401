import { and, eq, inArray, sql } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { casesRunningTo, eventsOfCases, isRunningTo } from '#db/queries/calendar.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import type { Day } from '#lib/domain/days.ts'
import { clockMarks, dueOf, isCountable } from '#lib/domain/due.ts'
import type { WorkCalendar } from '#lib/domain/working-days.ts'
import { newId } from '#lib/ids.ts'
import { addFigures, caseChanges } from './support/figures.ts'

const atOnce = 100

/**
 * Computes the due days on or after `from` anew, from the log and by the calendar as it is now (SUB-3); how many of them
 * moved. Done again, or after it was interrupted, it moves what is left.
 */
export async function recountDue(deps: Deps, { from }: { from: Day }): Promise<number> {
  const { store } = deps
  const calendar = await deps.calendar()
  let moved = 0
  let after = ''
  for (;;) {
    const ids = await casesRunningTo(store.read, store.t, from, { after, limit: atOnce })
    const last = ids.at(-1)
    if (last === undefined) return moved
    moved += await store.tx((q) => recount(deps, q, { ids, from, calendar }))
    after = last
  }
}

async function recount(
  deps: Deps,
  q: Q,
  { ids, from, calendar }: { ids: readonly string[]; from: Day; calendar: WorkCalendar },
): Promise<number> {
  const { store, clock } = deps
  const { t } = store
  const { id, personId, dueOn, kind, state, sentTo } = t.serviceCase
  // An update that changes nothing locks the rows. Their version stays: what a reviewer has open is as it was.
  const held = await q
    .update(t.serviceCase)
    .set({ dueOn: sql`${dueOn}` })
    .where(and(inArray(id, [...ids]), isRunningTo(t, from)))
    .returning({ id, personId, dueOn, kind, state, sentTo })
  const events = Map.groupBy(await eventsOfCases(q, t, ids), ({ caseId }) => caseId)
  const at = clock.now()
  let moved = 0
  for (const one of held) {
    const marks = clockMarks(events.get(one.id) ?? [])
    const due = dueOf(marks, calendar)
    if (!isCountable(marks) || due === '' || due === one.dueOn) continue
    await q.update(t.serviceCase).set({ dueOn: due }).where(eq(id, one.id))
    await addFigures(deps, q, caseChanges(one, { ...one, dueOn: due }))
    await record(q, t, {
      id: newId(at),
      kind: 'clock.recounted',
      personId: one.personId,
      caseId: one.id,
      data: { was: one.dueOn, due },
      at,
    })
    moved += 1
  }
  return moved
}
