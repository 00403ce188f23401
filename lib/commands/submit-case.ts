import { hasConsented } from '#db/queries/accounts.ts'
import { type CaseFile, caseFacts } from '#db/queries/case-file.ts'
import { kindsUnderReview } from '#db/queries/cases.ts'
import { departmentById, ownDepartmentOf } from '#db/queries/departments.ts'
import { provinceRules } from '#db/queries/provinces.ts'
import { departmentOfRecord } from '#db/queries/records.ts'
import type { Q } from '#db/store.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import type { Person } from '#lib/domain/actor.ts'
import { isUnderReview } from '#lib/domain/case-states.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused } from '#lib/domain/errors.ts'
import { transferRoute } from '#lib/domain/province-rules.ts'
import { issue } from '#lib/domain/result.ts'
import { authorise } from '#lib/policy/case-policy.ts'
import { type Draft, draftOf } from '#lib/readers/draft.ts'
import { mainRow, valueOf } from '#lib/sections/define.ts'
import { openCase } from './support/case-work.ts'
import { changeOf } from './support/changes.ts'
import { tellHolder } from './support/claims.ts'
import { wasCounted } from './support/credits.ts'
import { lockAccount } from './support/lock-account.ts'
import { sendRound } from './support/send-round.ts'

export interface Submission {
  readonly caseId: string
  readonly declared: boolean
}

type Department = NonNullable<CaseFile['standsAt']>

/** Whom the case goes to, one department after another; the department that is to decide it at last stands at the end. */
async function routeOf(deps: Deps, q: Q, file: CaseFile, draft: Draft, home: Department | null) {
  const { t } = deps.store
  const { department, sections, stages } = caseKinds[file.case.kind]
  const alone = (one: Department | null) =>
    one ? Array.from({ length: stages === 2 ? 2 : 1 }, () => one) : []
  switch (department) {
    case 'chosen':
      return alone(file.department)
    case 'of-record':
      return alone(home)
    case 'own-of-city': {
      // IDV-3: the 市本级 of the city.
      const [first] = sections
      const row = first && draft.rows(first).find(({ id }) => id === mainRow)
      return alone(row ? await ownDepartmentOf(q, t, valueOf(row, 'city')) : null)
    }
    case 'from-record-to-chosen': {
      const to: Department | null = file.department
      return home && to ? transferRoute(home, to, await provinceRules(q, t, home.path)) : []
    }
  }
}

/**
 * Freezes the answers as a numbered round and puts the case before its department (SUB-1, SUB-2). All obstacles
 * are told at once. For a case already under review it gives the number it has, so two clicks make one submission.
 */
export async function submitCase(deps: Deps, actor: Person, input: Submission): Promise<{ number: string }> {
  const { store } = deps
  const { t } = store
  return store.tx(async (q) => {
    // Of two submissions of one person the second sees what the first has sent (what blocks what).
    await lockAccount(deps, q, actor.id)
    const file = await openCase(deps, q, actor, 'read-own', input.caseId)
    // The second of two clicks finds it done.
    if (isUnderReview(file.case.state) && file.case.number && input.declared)
      return { number: file.case.number }
    authorise(actor, 'submit', caseFacts(file), deps.clock.now())
    const today = dayOf(deps.clock.now())
    const kind = caseKinds[file.case.kind]
    const draft = draftOf(file, today)
    const change = await changeOf(deps, q, file, draft, today)
    const home = await departmentOfRecord(q, t, actor.id)
    const issues = [
      ...(change ? change.obstacles : draft.obstacles(kind.sections)),
      ...kind.precondition({
        identityVerified: file.account.identityState === 'verified',
        hasClaim: file.account.status === 'claiming' || file.account.nextPhone !== '',
        consented: await hasConsented(q, t, actor.id, kind.consent),
        hasRecord: home !== null,
        changesNothing: change?.differences.length === 0,
        underReview: await kindsUnderReview(q, t, actor.id, file.case.id),
        staysHere: kind.department === 'from-record-to-chosen' && file.case.departmentId === home,
        countedBefore: await wasCounted(deps, q, file, draft),
        declared: input.declared,
      }),
    ]
    const route = await routeOf(deps, q, file, draft, home === null ? null : await departmentById(q, t, home))
    const [first, ...rest] = route
    if (issues.length === 0 && !first) issues.push(issue(null, 'department-unknown'))
    if (issues.length > 0 || !first) throw refused(...issues)

    const { number, round } = await sendRound(deps, q, actor, file, {
      draft,
      route: [first, ...rest],
      change,
      isAutomatic: change?.isAutomatic === true,
    })
    if (kind.id === 'appeal' && round === 1) await tellHolder(deps, q, file)
    return { number }
  })
}
