import { beforeAll, expect, it } from 'vitest'
import { collection } from '#lib/cases/collection.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { attachFile, mayAttach, removeFile } from '#lib/commands/attach-file.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { removeEntry } from '#lib/commands/remove-entry.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import type { Applicant, Staff } from '#lib/domain/actor.ts'
import { newFileKey } from '#lib/files/store.ts'
import { asPosted } from '#lib/readers/sample.ts'
import { caseRow, everythingOf, placed } from '#tests/support/case-state.ts'
import { rowIds, submittedCase, typedRows } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

const place = { section: 'employment', rowId: rowIds.employment, slot: 'workProof' } as const
type Attempt = (deps: TestDeps, actor: Applicant, caseId: string, attachmentId: string) => Promise<unknown>

/** Everything an applicant can do to a case. */
const commands: Readonly<Record<string, Attempt>> = {
  saveEntry: (deps, actor, caseId) =>
    saveEntry(deps, actor, {
      caseId,
      section: 'basic',
      rowId: 'main',
      rev: 1,
      form: asPosted({ ...typedRows.basic, politics: 'cpc_member' }),
    }),
  removeEntry: (deps, actor, caseId) =>
    removeEntry(deps, actor, { caseId, section: 'education', rowId: rowIds.education, rev: 1 }),
  mayAttach: (deps, actor, caseId) => mayAttach(deps, actor, { caseId, ...place }),
  attachFile: (deps, actor, caseId) =>
    attachFile(deps, actor, {
      caseId,
      ...place,
      picture: {
        storageKey: newFileKey(),
        format: 'png',
        bytes: 30_000,
        width: 600,
        height: 800,
        name: 'a.png',
        digest: 'd',
      },
    }),
  removeFile: (deps, actor, caseId, attachmentId) => removeFile(deps, actor, { caseId, attachmentId }),
  submitCase: (deps, actor, caseId) => submitCase(deps, actor, { caseId, declared: true }),
}
const withdraw: Attempt = (deps, actor, caseId) => withdrawCase(deps, actor, { caseId })
const all = Object.entries({ ...commands, withdrawCase: withdraw })

describeEachEngine('a case', (open) => {
  let deps: TestDeps
  let owner: Applicant
  let reviewer: Staff
  let caseId: string
  let attachmentId: string
  beforeAll(async () => {
    deps = testDeps(await open())
    const { tianhe } = await seedDepartments(deps)
    owner = (await makeApplicant(deps)).actor
    reviewer = (await makeStaff(deps, { role: 'reviewer', departmentId: tianhe })).actor
    caseId = await submittedCase(deps, owner, tianhe)
    attachmentId = (await placed(deps, caseId))[0]?.attachmentId ?? ''
  })

  /** Each command in turn, and that none of them left a trace. */
  async function answers(actor: Applicant, id: string, tried = all) {
    const before = await everythingOf(deps, caseId)
    const found = []
    for (const [name, attempt] of tried)
      found.push([name, ...(await outcomeOf(attempt(deps, actor, id, attachmentId)))])
    expect(await everythingOf(deps, caseId)).toEqual(before)
    return found
  }
  const each = (tried: typeof all, ...answer: string[]) => tried.map(([name]) => [name, ...answer])

  it('is not there for another applicant, whatever they try', async () => {
    const { actor: other } = await makeApplicant(deps)
    expect(await answers(other, caseId)).toEqual(each(all, 'not-found'))
  })

  it('is not there for staff, not even with the owner’s id or as its reviewer', async () => {
    for (const id of [reviewer.id, owner.id]) {
      // @ts-expect-error staff is no applicant; the wall has to hold even so
      const actor: Applicant = { ...reviewer, id }
      expect(await answers(actor, caseId)).toEqual(each(all, 'not-found'))
    }
  })

  it.each(['', 'nothing', '00000000-0000-7000-8000-000000000000', 'x'.repeat(2000)])(
    'that does not exist is not there: %s',
    async (id) => expect(await answers(owner, id)).toEqual(each(all, 'not-found')),
  )

  it('is frozen while it waits, while it is reviewed and when it is approved', async () => {
    const tried = Object.entries(commands)
    const frozen = each(tried, 'refused', 'case-frozen')
    // Submitting again what is submitted is no error (SUB-1), and changes nothing.
    const underReview = frozen.map((answer) => (answer[0] === 'submitCase' ? ['submitCase', 'done'] : answer))
    expect((await caseRow(deps, caseId)).state).toBe('waiting')
    expect(await answers(owner, caseId, tried)).toEqual(underReview)
    await claimCase(deps, reviewer, { caseId })
    expect(await answers(owner, caseId, tried)).toEqual(underReview)
    const verdicts = Object.fromEntries(collection.sections.map((section) => [section, 'pass']))
    const { version } = await caseRow(deps, caseId)
    await approveCase(deps, reviewer, { caseId, version, opinions: { verdicts, findings: [] } })
    expect(await answers(owner, caseId, tried)).toEqual(frozen)
    expect(await answers(owner, caseId, [['withdrawCase', withdraw]])).toEqual([
      ['withdrawCase', 'refused', 'state-not-allowed'],
    ])
  })
})
