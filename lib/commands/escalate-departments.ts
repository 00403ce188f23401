import { record } from '#db/events.ts'
import {
  countedAmong,
  nearestAttended,
  peopleToTell,
  type Unattended,
  unattended,
  waitingAt,
} from '#db/queries/unattended.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { newId } from '#lib/ids.ts'
import { day, limitKey, take } from '#lib/limits.ts'
import { notify } from './support/notify.ts'

/** More departments than any country has; and how many are told of in one message, and to how many people. */
const most = 10_000
const atOnce = 50
const mostPeople = 50
const keysAtOnce = 500
/** Counting stops here: beyond it the number says nothing more. */
const caseCap = 1000

/**
 * 上报 (REV-7): where cases wait and nobody of the department itself is at work, whoever is at the nearest node above is told
 * in their inbox, once a day and department while it lasts; operators, where nobody is up to the root. Gives how many
 * departments were told of.
 */
export async function escalateDepartments(deps: Deps): Promise<number> {
  const { read, t } = deps.store
  const now = deps.clock.now()
  const moment = { now, today: dayOf(now) }
  const found = await unattended(read, t, { within: null }, moment, most)
  const keyOf = ({ id }: Unattended) => limitKey(deps, 'unattended', `${id}/${moment.today}`)
  const fresh: Unattended[] = []
  for (let from = 0; from < found.length; from += keysAtOnce) {
    const some = found.slice(from, from + keysAtOnce)
    const told = await countedAmong(read, t, some.map(keyOf), now)
    fresh.push(...some.filter((one) => !told.has(keyOf(one))))
  }
  const nearest = await nearestAttended(read, t, fresh, moment)
  const groups = Map.groupBy(fresh, ({ id }) => nearest.get(id) ?? null)
  let escalated = 0
  for (const [node, departments] of groups)
    for (let from = 0; from < departments.length; from += atOnce)
      escalated += await tell(departments.slice(from, from + atOnce), node)
  return escalated

  /** One message about all of them to each of those people. Of two processes at once only one tells of a department. */
  async function tell(departments: readonly Unattended[], node: string | null): Promise<number> {
    return deps.store.tx(async (q) => {
      const people = await peopleToTell(q, t, node, moment, mostPeople)
      if (people.length === 0) return 0
      const told: Unattended[] = []
      let cases = 0
      for (const one of departments) {
        if (!(await take(q, t, keyOf(one), { limit: 1, windowMs: day }, now))) continue
        told.push(one)
        const waiting = Math.min(await waitingAt(q, t, one.id, now, caseCap), caseCap)
        cases = Math.min(cases + waiting, caseCap)
        await record(q, t, {
          id: newId(now),
          kind: 'department.escalated',
          data: { department: one.id, to: node ?? '', cases: waiting },
          at: now,
        })
      }
      const [first] = told
      if (!first) return 0
      const data = {
        place: node === null ? 'departments' : 'review',
        department: first.fullName,
        departments: told.length,
        cases,
        ...(cases === caseCap ? { more: 1 } : {}),
      }
      for (const id of people)
        await notify(deps, q, { id, phone: '' }, { kind: 'department-unattended', data })
      return told.length
    })
  }
}
