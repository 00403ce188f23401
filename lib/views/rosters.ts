/** 继续教育名单 (CRE-1) as staff see it: those of their subtrees, and what the check of one found. Nobody of a list is named. */
import { accountContext } from '#db/queries/accounts.ts'
import { namesOfAccounts } from '#db/queries/cases.ts'
import { departmentById } from '#db/queries/departments.ts'
import { departmentIdsWithin } from '#db/queries/review.ts'
import { rosterById, rostersOf } from '#db/queries/rosters.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { creditFormIds } from '#lib/domain/credits.ts'
import { addDays, dayOf } from '#lib/domain/days.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { Issue } from '#lib/domain/result.ts'
import { type RosterBody, rosterContext, rosterDays, rosterStanding } from '#lib/domain/rosters.ts'
import { mayKeepRosters, rosterOffices } from '#lib/policy/roster-policy.ts'
import { issueText } from '#lib/text/issues.ts'
import { optionWord } from '#lib/text/options.ts'
import { rosterWords } from '#lib/text/rosters.ts'

const pageSize = 20

/** The 学分形式 a list may say, in words. */
export const rosterForms: readonly string[] = creditFormIds.map((id) => optionWord('creditForm', id))

async function namesOf({ store, keys }: Deps, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await namesOfAccounts(store.read, store.t, ids)
  return new Map(found.map(({ id, nameSealed }) => [id, keys.unseal(nameSealed, accountContext(id, 'name'))]))
}

/** The departments this actor has an office of, by name; `not-found` for who has none. */
async function placesOf({ store }: Deps, actor: Staff) {
  const offices = rosterOffices(actor)
  if (offices.length === 0) throw notFound()
  const nodes = await Promise.all(
    offices.map(({ departmentId }) => departmentById(store.read, store.t, departmentId ?? '')),
  )
  return nodes.flatMap((node) => (node?.active ? [{ id: node.id, name: node.fullName }] : []))
}

/** One page of the lists, and for which department a new one would be; `not-found` for who enters none. */
export async function rosterList(
  deps: Deps,
  actor: Staff,
  { after: cursor, department }: { readonly after: string; readonly department: string },
) {
  const { read, t } = deps.store
  const places = await placesOf(deps, actor)
  const after = /^[0-9a-f-]{36}$/.test(cursor) ? cursor : ''
  const within = await departmentIdsWithin(
    read,
    t,
    rosterOffices(actor).map(({ path }) => path),
  )
  const found = await rostersOf(read, t, within, { after, limit: pageSize + 1 })
  const shown = found.slice(0, pageSize)
  const names = await namesOf(
    deps,
    shown.map(({ by }) => by),
  )
  return {
    places,
    place: places.find(({ id }) => id === department) ?? places[0] ?? null,
    continued: after !== '',
    next: found.length > shown.length ? (shown.at(-1)?.id ?? null) : null,
    rows: shown.map(({ id, at, by, lines, entered, department: where, ...row }) => ({
      id,
      at,
      by: names.get(by) ?? '',
      lines,
      entered,
      department: where,
      standing: rosterStanding(row),
    })),
  }
}

/** One list; `not-found` outside the viewer's scope. */
export async function rosterView(deps: Deps, actor: Staff, id: string) {
  const { store, keys } = deps
  const found = await rosterById(store.read, store.t, id.slice(0, 100))
  if (!found || !mayKeepRosters(actor, found.department.path)) throw notFound()
  const { roster, department } = found
  const names = await namesOf(deps, [roster.by])
  const body: RosterBody =
    roster.linesSealed === ''
      ? { good: [], faults: [] }
      : JSON.parse(keys.unseal(roster.linesSealed, rosterContext(roster.id)))
  return {
    id: roster.id,
    department: department.fullName,
    by: names.get(roster.by) ?? '',
    at: roster.at,
    /** The last day on which it can be confirmed. */
    until: addDays(dayOf(roster.at), rosterDays - 1),
    standing: rosterStanding(roster),
    lines: roster.lines,
    entered: roster.entered,
    /** Good lines that are not entered yet. */
    good: body.good.length,
    faults: body.faults,
  }
}

/** What was wrong with an upload, in words. */
export const uploadIssues = (issues: readonly Issue[]) =>
  issues.map((found) => ({ at: found.at, text: issueText(found, { label: rosterWords.file }) }))
