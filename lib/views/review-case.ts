/** One case on a reviewer's desk (REV-3): the frozen round, what changed since the last return, opinions, history. */
import { recordAccess } from '#db/access.ts'
import { type CaseFile, caseFacts, caseFile } from '#db/queries/case-file.ts'
import { eventsOfCase, roundContext, roundNoteContext, roundsOf, verdictsOf } from '#db/queries/cases.ts'
import { departmentById } from '#db/queries/departments.ts'
import { claimsOf } from '#db/queries/review.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound } from '#lib/domain/errors.ts'
import { newId } from '#lib/ids.ts'
import { authorise, judge, leaseHeld } from '#lib/policy/case-policy.ts'
import type { AnswerRow, AnswerSection } from '#lib/readers/answers.ts'
import { diffAnswers, type FieldChange } from '#lib/readers/diff.ts'
import type { Audience } from '#lib/readers/mask.ts'
import { type Snapshot, sectionOf } from '#lib/readers/snapshot.ts'
import { type Target, targetsOf } from '#lib/readers/targets.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { sharedRow } from '#lib/sections/define.ts'
import { caseEventWords } from '#lib/text/review.ts'
import { staffNames } from './review-queue.ts'

export interface FindingView {
  readonly round: number
  readonly section: string
  readonly rowId: string
  readonly target: string
  readonly reason: string
  readonly note: string
  /** What it points at, in words. */
  readonly place: string
}
export interface PictureView {
  readonly fileId: string
  readonly rowId: string
  readonly slot: string
  readonly label: string
  readonly group: string
  readonly changed: boolean
}
export interface RemovedView {
  readonly label: string
  readonly before: string
  readonly mask: AnswerRow['answers'][number]['mask']
}
export interface VerdictView {
  readonly passed: boolean
  readonly by: string
  readonly at: Date
  /** The round it was given in, where it was carried over; 0 otherwise. */
  readonly carriedFrom: number
}
export interface ClaimView {
  readonly kind: string
  readonly state: 'unchecked' | 'checking' | 'agrees' | 'differs' | 'unavailable'
  readonly field: string
}
export interface SectionView {
  readonly id: string
  /** Null for what registration knew: shown, not judged. */
  readonly judged: SectionId | null
  readonly answers: AnswerSection
  readonly pictures: readonly PictureView[]
  /** `rowId/key` of what changed since the last return, and what it was; null where it was nothing. */
  readonly changed: ReadonlyMap<string, string | null>
  readonly removed: readonly RemovedView[]
  /** By `rowId/key`: the field a machine check speaks of. */
  readonly claims: ReadonlyMap<string, ClaimView>
  readonly verdict: VerdictView | null
  readonly findings: readonly FindingView[]
  readonly previous: readonly FindingView[]
  readonly targets: readonly Target[]
}

/** Where a machine fact stands: beside the number that a register would look up. */
const claimField: Readonly<Record<string, string>> = {
  education: 'diplomaNo',
  'credit-code': 'creditCode',
  qualification: 'certificateNo',
}

const flat = (rows: readonly AnswerRow[], group = ''): (AnswerRow & { group: string })[] =>
  rows.flatMap((row) => {
    const title = [group, row.title].filter((part) => part !== '').join(' ')
    return [{ ...row, group: title }, ...flat(row.children, title)]
  })

function picturesOf(section: AnswerSection, changes: readonly FieldChange[]): PictureView[] {
  const changed = new Set(changes.map(({ rowId, key }) => `${rowId}/${key}`))
  const shared = { id: sharedRow, slots: section.shared, group: '' }
  return [shared, ...flat(section.rows)].flatMap(({ id, slots, group }) =>
    slots.flatMap(({ slot, label, files }) =>
      files.map((fileId) => ({
        fileId,
        rowId: id,
        slot,
        label,
        group,
        changed: changed.has(`${id}/slot:${slot}`),
      })),
    ),
  )
}

function removedOf(before: AnswerSection | undefined, changes: readonly FieldChange[]): RemovedView[] {
  const rows = flat(before?.rows ?? [])
  return changes.flatMap(({ rowId, key, before: was, after }) => {
    if (after !== null || was === null) return []
    const row = rows.find(({ id }) => id === rowId)
    const answer = row?.answers.find((one) => one.key === key)
    const slots = rowId === sharedRow ? before?.shared : row?.slots
    const label = answer?.label ?? slots?.find(({ slot }) => `slot:${slot}` === key)?.label ?? key
    return [
      {
        label: [row?.group ?? '', label].filter((part) => part !== '').join(' · '),
        before: answer ? was : '',
        mask: answer?.mask,
      },
    ]
  })
}

const placeOf = (targets: readonly Target[], rowId: string, target: string) => {
  const found = targets.find((one) => one.rowId === rowId && one.target === target)
  return found ? [found.group, found.label].filter((part) => part !== '').join(' · ') : ''
}

/** The case if its last round went to a department this actor reviews; what is being mended stays with that department. */
async function openReview(deps: Deps, actor: Staff, caseId: string) {
  const { read, t } = deps.store
  const file = await caseFile(read, t, deps.keys, caseId)
  if (!file) throw notFound()
  const rounds = await roundsOf(read, t, caseId)
  const current = rounds.find(({ round }) => round === file.case.round)
  if (!current) throw notFound()
  const department = await departmentById(read, t, current.departmentId)
  const facts = { ...caseFacts(file), departmentPath: department?.path ?? null }
  const now = deps.clock.now()
  authorise(actor, 'read-for-review', facts, now)
  return { file, rounds, current, department, facts, now }
}

const noteFullNumbers = (deps: Deps, actor: Staff, file: CaseFile, at: Date) =>
  deps.store.tx((q) =>
    recordAccess(q, deps.store.t, {
      id: newId(at),
      actorId: actor.id,
      personId: file.case.personId,
      caseId: file.case.id,
      what: 'full-number',
      subject: `case:${file.case.id}`,
      at,
    }),
  )

/** `full` shows numbers, phones and addresses unmasked, and is written to the access log before anything is shown (REV-6). */
export async function reviewCase(deps: Deps, actor: Staff, caseId: string, { full = false } = {}) {
  const { read, t } = deps.store
  const { file, rounds, current, department, facts, now } = await openReview(deps, actor, caseId)
  if (full) await noteFullNumbers(deps, actor, file, now)

  const opened = (round: (typeof rounds)[number]): Snapshot =>
    JSON.parse(deps.keys.unseal(round.snapshotSealed, roundContext(caseId, round.round)))
  const snapshot = opened(current)
  const before = rounds.findLast(({ round, outcome }) => round < current.round && outcome === 'returned')
  const beforeSnapshot = before ? opened(before) : null
  const snapshots = new Map(rounds.map((round) => [round.round, () => opened(round)]))

  const verdicts = (await verdictsOf(read, t, caseId)).filter(({ round }) => round === current.round)
  const claims = await claimsOf(read, t, caseId, current.round)
  const events = (await eventsOfCase(read, t, caseId)).filter(({ kind }) =>
    Object.hasOwn(caseEventWords, kind),
  )
  const names = await staffNames(
    deps,
    [file.case.claimedBy, ...verdicts.map(({ by }) => by), ...events.map(({ actorId }) => actorId)].flatMap(
      (id) => (id === null || id === file.case.personId ? [] : id),
    ),
  )
  const nameOf = (id: string | null) => (id === null ? '' : (names.get(id) ?? ''))

  const placed = (section: SectionId, round: number) => {
    const shown = snapshots.get(round)?.()
    return shown ? targetsOf(section, sectionOf(shown, section)) : []
  }
  const { sections } = caseKinds[file.case.kind]
  const sectionView = (answers: AnswerSection): SectionView => {
    const judged = sections.find((id) => id === answers.section) ?? null
    const old = beforeSnapshot ? sectionOf(beforeSnapshot, answers.section) : undefined
    const changes = beforeSnapshot ? diffAnswers(old, answers) : []
    const targets = judged ? targetsOf(judged, answers) : []
    const verdict = verdicts.find(({ section }) => section === answers.section)
    const found = file.findings.filter(({ section }) => section === answers.section)
    const viewed = (round: number, places: readonly Target[]): FindingView[] =>
      found
        .filter((one) => one.round === round)
        .map((one) => ({ ...one, place: placeOf(places, one.rowId, one.target) }))
    const earlier = [...new Set(found.map(({ round }) => round))]
      .filter((round) => round < current.round)
      .reverse()
    return {
      id: answers.section,
      judged,
      answers,
      pictures: picturesOf(answers, changes),
      changed: new Map(changes.map(({ rowId, key, before: was }) => [`${rowId}/${key}`, was])),
      removed: removedOf(old, changes),
      claims: new Map(
        claims
          .filter(({ section }) => section === answers.section)
          .map(({ rowId, kind, state, field }) => [
            `${rowId}/${claimField[kind] ?? ''}`,
            { kind, state, field },
          ]),
      ),
      verdict: verdict
        ? { passed: verdict.passed, by: nameOf(verdict.by), at: verdict.at, carriedFrom: verdict.carriedFrom }
        : null,
      findings: viewed(current.round, targets),
      previous: judged ? earlier.flatMap((round) => viewed(round, placed(judged, round))) : [],
      targets,
    }
  }

  const held = leaseHeld(facts, now)
  const open = file.case.state === 'waiting' || file.case.state === 'in_review'
  const audience: Audience = full ? 'owner' : 'reviewer'
  return {
    caseId,
    kind: file.case.kind,
    refusable: caseKinds[file.case.kind].refusable,
    number: file.case.number ?? '',
    state: file.case.state,
    round: current.round,
    version: file.case.version,
    ruleVersion: current.ruleVersion,
    department: department?.fullName ?? '',
    submittedAt: current.submittedAt,
    dueOn: open ? file.case.dueOn : '',
    overdue: open && file.case.dueOn !== '' && file.case.dueOn < dayOf(now),
    audience,
    sections: snapshot.sections.map(sectionView),
    comparedWith: before?.round ?? null,
    note:
      current.noteSealed === ''
        ? ''
        : deps.keys.unseal(current.noteSealed, roundNoteContext(caseId, current.round)),
    lease: {
      state:
        !open || file.case.claimedBy === null
          ? ('free' as const)
          : file.case.claimedBy === actor.id
            ? ('mine' as const)
            : ('other' as const),
      held,
      by: nameOf(file.case.claimedBy),
      since: file.case.claimedAt,
      until: file.case.claimedUntil,
    },
    open,
    mayClaim: judge(actor, 'claim', facts, now) === 'yes',
    mayDecide: judge(actor, 'decide', facts, now) === 'yes',
    history: events.toReversed().map(({ kind, actorId, at, data }) => ({
      kind,
      at,
      round: typeof data.round === 'number' ? data.round : 0,
      by: actorId === file.case.personId ? null : nameOf(actorId),
    })),
  }
}
export type ReviewCase = Awaited<ReturnType<typeof reviewCase>>
