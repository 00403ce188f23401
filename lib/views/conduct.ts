/** 奖惩 of oneself (AWD-1): what stands or stood, and what was sent about it. */
import { casesOf, roundNoteContext, roundsOf, type ServiceCase } from '#db/queries/cases.ts'
import { entriesOf, entryById } from '#db/queries/conduct.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { isEditable, isOpen, isUnderReview } from '#lib/domain/case-states.ts'
import { dayOf } from '#lib/domain/days.ts'
import { type EntryTold, entryTold } from '#lib/readers/conduct-entry.ts'
import { caseStateWords } from '#lib/text/collection.ts'
import { conductWords as words } from '#lib/text/conduct.ts'
import { obstaclesBefore } from './application.ts'
import { pageOfCase } from './case-pages.ts'
import { applicationPages } from './desk-places.ts'

export interface OwnEntry extends EntryTold {
  readonly id: string
  readonly department: string
  readonly at: Date
  readonly published: boolean
}

/** Every entry of a person, newest decision first. */
export async function ownEntries({ store, clock }: Deps, personId: string): Promise<OwnEntry[]> {
  const today = dayOf(clock.now())
  const found = await entriesOf(store.read, store.t, personId)
  return found.map(({ entry, department }) => ({
    ...entryTold(entry, today),
    id: entry.id,
    department,
    at: entry.at,
    published: entry.published,
  }))
}

/** The entry a 异议 is about, as it stands now; null for a case about none. */
export async function entryAbout({ store, clock }: Deps, about: string | null): Promise<EntryTold | null> {
  const found = about === null ? null : await entryById(store.read, store.t, about)
  return found && entryTold(found.entry, dayOf(clock.now()))
}

async function reasonOf({ store, keys }: Deps, { id, state, kind }: ServiceCase): Promise<string> {
  if (state !== 'refused') return ''
  const last = (await roundsOf(store.read, store.t, id)).at(-1)
  if (kind === 'penalty' || !last?.noteSealed) return ''
  return keys.unseal(last.noteSealed, roundNoteContext(id, last.round))
}

/** Where one can be gone on with, or looked at; null for one that is over. */
const placeOf = ({ kind, state }: ServiceCase) => {
  if (!isOpen(state) || (kind !== 'award' && kind !== 'objection')) return null
  return isEditable(state) || isUnderReview(state) ? applicationPages[kind] : pageOfCase[kind]
}

export async function conductPage(deps: Deps, actor: Applicant) {
  const { read, t } = deps.store
  const filed = (await casesOf(read, t, actor.id)).filter(
    ({ kind, state, round }) =>
      (kind === 'award' || kind === 'objection') && (state !== 'cancelled' || round > 0),
  )
  const open = filed.find(({ kind, state }) => kind === 'objection' && isOpen(state))
  const sent = await Promise.all(
    filed.toReversed().map(async (one) => ({
      id: one.id,
      kind: one.kind,
      number: one.number ?? words.notSent,
      at: one.submittedAt,
      state: caseStateWords[one.state],
      reason: await reasonOf(deps, one),
      href: placeOf(one),
    })),
  )
  return {
    entries: await ownEntries(deps, actor.id),
    sent,
    /** The entry that an open 异议 is about; another one waits until it is over. */
    objected: open?.about ?? null,
    /** That 异议 is with the department, and only to be read. */
    isSent: open !== undefined && isUnderReview(open.state),
    obstacles: await obstaclesBefore(deps, actor.id, 'award'),
  }
}
