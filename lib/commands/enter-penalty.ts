import { eq } from 'drizzle-orm'
import { kindsUnderReview, openSnapshot, roundAt, type ServiceCase } from '#db/queries/cases.ts'
import { isEntered } from '#db/queries/conduct.ts'
import type { Q } from '#db/store.ts'
import { insert } from '#db/write.ts'
import { penalty } from '#lib/cases/conduct.ts'
import { nothingAgainst } from '#lib/cases/define.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { answersOf } from '#lib/readers/answers.ts'
import { unchanged } from '#lib/readers/diff.ts'
import { draftOf } from '#lib/readers/draft.ts'
import { penaltyDraft, penaltyIssues, penaltyRow } from '#lib/readers/penalty-form.ts'
import type { Posted } from '#lib/readers/read-form.ts'
import { sectionOf } from '#lib/readers/snapshot.ts'
import { type Row, valueOf } from '#lib/sections/define.ts'
import { penalty as page } from '#lib/sections/penalty.ts'
import { openCaseForService } from './support/case-work.ts'
import { lockAccount } from './support/lock-account.ts'
import { makeCase } from './support/new-case.ts'
import { type FoundPerson, lookUpPerson, personSought, type Sought } from './support/person-sought.ts'
import { sendRound } from './support/send-round.ts'

export interface PenaltyInput extends Sought {
  /** The fields of section `penalty`. */
  readonly form: Posted
  /** Without it everything is judged, and nothing written. */
  readonly confirmed: boolean
}

/**
 * 行政处罚登记 (AWD-1): one member of staff enters it, which is the first of its two stages, and it waits for another. Gives the 受理编号,
 * '' where it was only judged; the same entry sent again gives the number it has. Refused: what `personSought` refuses, the issues of the
 * form, what the kind's precondition says, `penalty-under-review` {number} while another one of this person waits, `penalty-entered`
 * where this very penalty stands.
 */
export async function enterPenalty(
  deps: Deps,
  actor: Staff,
  input: PenaltyInput,
): Promise<{ readonly number: string }> {
  const { store, clock } = deps
  // What is wrong with the form tells that somebody was found: a look-up like any other.
  await lookUpPerson(deps, actor, input)
  return store.tx(async (q) => {
    const { account } = await personSought(deps, q, actor, input)
    await lockAccount(deps, q, account.id)
    // Where the record is kept may have changed until the lock was there.
    const person = await personSought(deps, q, actor, input)
    const row = penaltyRow(input.form)
    const open = await openEntry(deps, q, person.account.id)
    if (open && input.confirmed && (await isTheSame(deps, q, actor, open, row)))
      return { number: open.number ?? '' }
    await requireFit(deps, q, person, row, open)
    if (!input.confirmed) return { number: '' }
    const caseId = await makeCase(deps, q, actor, {
      kind: 'penalty',
      personId: person.account.id,
      openKey: penalty.openKey(person.account.id),
      departmentId: person.department.id,
      section: 'penalty',
      row,
    })
    const file = await openCaseForService(deps, q, caseId)
    if (!file) throw new Error('a case that is gone in its own transaction')
    const { number, round } = await sendRound(deps, q, actor, file, {
      draft: draftOf(file, dayOf(clock.now())),
      route: [person.department, person.department],
      stage: 2,
    })
    await insert(q, store.t.stagePass, { caseId, round, stage: 1, by: actor.id, at: clock.now() })
    return { number }
  })
}

/** The one of this person that waits, whoever entered it. */
async function openEntry({ store }: Deps, q: Q, personId: string): Promise<ServiceCase | null> {
  const { serviceCase } = store.t
  const [row] = await q
    .select()
    .from(serviceCase)
    .where(eq(serviceCase.openKey, penalty.openKey(personId)))
    .limit(1)
  return row ?? null
}

/** The second of two clicks: this actor entered it, and it says the same. */
async function isTheSame(deps: Deps, q: Q, actor: Staff, open: ServiceCase, row: Row): Promise<boolean> {
  const { stagePass } = deps.store.t
  const passes = await q.select({ by: stagePass.by }).from(stagePass).where(eq(stagePass.caseId, open.id))
  const round = await roundAt(q, deps.store.t, open.id, open.round)
  if (!round || !passes.some(({ by }) => by === actor.id)) return false
  const draft = penaltyDraft(row, { idType: '', birth: '', sex: '' }, dayOf(deps.clock.now()))
  const typed = answersOf(page, draft.rows('penalty'), draft.context, [], { department: '' })
  return unchanged(sectionOf(openSnapshot(deps.keys, round), 'penalty'), typed)
}

/** Everything that is in the way, at once. */
async function requireFit(
  { store, clock }: Deps,
  q: Q,
  { account }: FoundPerson,
  row: Row,
  open: ServiceCase | null,
): Promise<void> {
  const { t } = store
  const issues = [
    ...penaltyIssues(penaltyDraft(row, account, dayOf(clock.now()))),
    ...penalty.precondition({
      ...nothingAgainst,
      underReview: await kindsUnderReview(q, t, account.id, null),
    }),
  ]
  const entry = {
    personId: account.id,
    nature: valueOf(row, 'penalty'),
    documentNo: valueOf(row, 'documentNo'),
  }
  if (open) issues.push(issue(null, 'penalty-under-review', { number: open.number ?? '' }))
  if (await isEntered(q, t, entry)) issues.push(issue('documentNo', 'penalty-entered'))
  if (issues.length > 0) throw refused(...issues)
}
