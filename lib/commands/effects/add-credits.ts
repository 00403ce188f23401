import type { CaseFile } from '#db/queries/case-file.ts'
import { provinceRules } from '#db/queries/provinces.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { creditsFor, isCreditForm } from '#lib/domain/credits.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { draftOf } from '#lib/readers/draft.ts'
import { mainRow } from '#lib/sections/define.ts'
import { isCounted } from '../support/credits.ts'
import { lockAccount } from '../support/lock-account.ts'

/** Enters the credits of an approved claim into the ledger of the year they were earned in (CRE-1); `credit-counted` where it has them. */
export async function addCredits(deps: Deps, q: Q, file: CaseFile): Promise<void> {
  const { id, personId, departmentId, submittedAt } = file.case
  const { department } = file
  if (department === null || departmentId === null || submittedAt === null)
    throw new Error('an approved claim of credits that was never submitted')
  const {
    form = '',
    title = '',
    quantity = '',
    obtained = '',
  } = draftOf(file, dayOf(submittedAt))
    .rows('credit')
    .find((row) => row.id === mainRow)?.values ?? {}
  if (!isCreditForm(form)) throw new Error('an approved claim of credits of no form')
  // A list may be bringing the same thing this moment.
  await lockAccount(deps, q, personId)
  if (await isCounted(deps, q, { personId, form, obtained, title }))
    throw refused(issue(null, 'credit-counted'))
  const at = deps.clock.now()
  const rules = await provinceRules(q, deps.store.t, department.path)
  const [made] = await q
    .insert(deps.store.t.creditEntry)
    .values({
      id: newId(at),
      personId,
      year: Number(obtained.slice(0, 4)),
      form,
      title,
      quantity: Number(quantity),
      credits: creditsFor(form, Number(quantity), rules),
      subject: 'any',
      obtained,
      caseId: id,
      departmentId,
      at,
    })
    .onConflictDoNothing()
    .returning({ id: deps.store.t.creditEntry.id })
  if (!made) throw refused(issue(null, 'credit-counted'))
}
