import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { claimCase } from '#lib/commands/claim-case.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { refuseCase } from '#lib/commands/refuse-case.ts'
import { saveOpinions } from '#lib/commands/save-opinions.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import { documentDesk } from '#lib/views/document-case.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { reviewQueue } from '#lib/views/review-queue.ts'
import { caseRow, eventsOf } from '#tests/support/case-state.ts'
import { putPicture, submittedCase, submittedCorrection } from '#tests/support/cases.ts'
import {
  account,
  approve,
  enters,
  inboxOf,
  noOpinions,
  pass,
  refuse,
  sendBack,
} from '#tests/support/claims.ts'
import {
  type ApplicantWish,
  makeApplicant,
  makeStaff,
  newMainlandNumber,
  seedDepartments,
  testDeps,
} from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

async function office(open: Open, wish: ApplicantWish = {}) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const person = await makeApplicant(deps, { name: '张三', ...wish })
  const staff = (name: string) =>
    makeStaff(deps, { role: 'reviewer', departmentId: places.guangzhouOwn, name })
  const [first, second] = [(await staff('李初审')).actor, (await staff('王复审')).actor]
  return { deps, places, person, actor: person.actor, first, second }
}

describeEachEngine('a correction of a verified name', (open) => {
  it('takes two people; nothing changes before the second', async () => {
    const { deps, actor, first, second } = await office(open)
    const caseId = await submittedCorrection(deps, actor, { newName: '张叁' })
    expect(await pass(deps, first, caseId)).toBe('advanced')
    expect(await caseRow(deps, caseId)).toMatchObject({ state: 'waiting', stage: 2, claimedBy: null })
    expect((await account(deps, actor.id)).name).toBe('张三')
    expect(await pass(deps, second, caseId)).toBe('approved')
    expect(await account(deps, actor.id)).toMatchObject({ name: '张叁', identityState: 'verified' })
    expect(await caseRow(deps, caseId)).toMatchObject({ state: 'approved', openKey: null })
    expect(await inboxOf(deps, actor.id)).toEqual(['case-submitted', 'case-advanced', 'case-approved'])
    expect(await eventsOf(deps, caseId)).toContain('case.advanced')
  })

  it('is closed at the second stage to who passed the first', async () => {
    const { deps, actor, first } = await office(open)
    const caseId = await submittedCorrection(deps, actor, { newName: '张叁' })
    await pass(deps, first, caseId)
    const opinions = { verdicts: { correction: 'pass' }, findings: [] }
    const { version } = await caseRow(deps, caseId)
    for (const attempt of [
      () => claimCase(deps, first, { caseId }),
      () => approve(deps, first, caseId),
      () => saveOpinions(deps, first, { caseId, version, opinions }),
      () => refuseCase(deps, first, { caseId, version, note: '不同意', opinions: noOpinions }),
    ])
      expect(await outcomeOf(attempt())).toEqual(['refused', 'second-person-required'])
    expect(await caseRow(deps, caseId)).toMatchObject({ state: 'waiting', stage: 2 })
  })

  it('begins again at the first stage after a return at the second, for anybody', async () => {
    const { deps, actor, first, second } = await office(open)
    const caseId = await submittedCorrection(deps, actor, { newName: '张叁' })
    await pass(deps, first, caseId)
    await sendBack(deps, second, caseId, 'slot:proof')
    expect((await documentDesk(deps, actor, 'correction')).desk?.editable).toBe(true)
    await putPicture(deps, actor, { caseId, section: 'correction', rowId: 'main', slot: 'proof' })
    await submitCase(deps, actor, { caseId, declared: true })
    expect(await caseRow(deps, caseId)).toMatchObject({ state: 'waiting', stage: 1, round: 2 })
    // The stage passed in the round before binds nobody now.
    expect(await pass(deps, second, caseId)).toBe('advanced')
    expect(await outcomeOf(claimCase(deps, second, { caseId }))).toEqual([
      'refused',
      'second-person-required',
    ])
    expect(await pass(deps, first, caseId)).toBe('approved')
    expect((await account(deps, actor.id)).name).toBe('张叁')
  })

  it('begins again at the first stage after a withdrawal at the second', async () => {
    const { deps, actor, first } = await office(open)
    const caseId = await submittedCorrection(deps, actor, { newName: '张叁' })
    await pass(deps, first, caseId)
    await withdrawCase(deps, actor, { caseId })
    await submitCase(deps, actor, { caseId, declared: true })
    expect(await caseRow(deps, caseId)).toMatchObject({ state: 'waiting', stage: 1, round: 2 })
    expect(await outcomeOf(claimCase(deps, first, { caseId }))).toEqual(['done'])
  })

  it.each([1, 2])('can be refused at stage %i, which ends it and changes nothing', async (stage) => {
    const { deps, actor, first, second } = await office(open)
    const caseId = await submittedCorrection(deps, actor, { newName: '张叁' })
    if (stage === 2) await pass(deps, first, caseId)
    await refuse(deps, second, caseId, '更名证明不清楚')
    expect((await account(deps, actor.id)).name).toBe('张三')
    const { desk, last } = await documentDesk(deps, actor, 'correction')
    expect(desk).toBeNull()
    const { number } = await caseRow(deps, caseId)
    expect(last).toEqual({ state: 'refused', number, note: '更名证明不清楚' })
    expect(await openDraft(deps, actor, 'correction')).not.toBe(caseId)
  })

  it('may be filed again after it was approved, and says how the last one ended', async () => {
    const { deps, actor, first, second } = await office(open)
    const caseId = await submittedCorrection(deps, actor, { newName: '张叁' })
    await pass(deps, first, caseId)
    await pass(deps, second, caseId)
    expect(await documentDesk(deps, actor, 'correction')).toMatchObject({
      desk: null,
      last: { state: 'approved' },
    })
    const again = await submittedCorrection(deps, actor, { newName: '张四' })
    expect(again).not.toBe(caseId)
    await pass(deps, first, again)
    await pass(deps, second, again)
    expect((await account(deps, actor.id)).name).toBe('张四')
  })

  it('cannot be sent before 实名认证, nor without its proof', async () => {
    const { deps, actor } = await office(open, { verified: false })
    expect(await outcomeOf(submittedCorrection(deps, actor, { newName: '张叁' }))).toEqual([
      'refused',
      'correction-before-identity',
    ])
  })
})

describeEachEngine('a correction of a number', (open) => {
  it('of a renewed permit keeps the identity and moves the way in', async () => {
    const { deps, actor, first, second } = await office(open, {
      idType: 'hkmo_permit',
      number: 'H1234567801',
      password: 'correct horse 42',
    })
    const before = await account(deps, actor.id)
    const caseId = await submittedCorrection(deps, actor, { newNumber: 'h1234567802' })
    await pass(deps, first, caseId)
    expect((await account(deps, actor.id)).number).toBe('H1234567801')
    await pass(deps, second, caseId)
    const after = await account(deps, actor.id)
    expect(after).toMatchObject({ number: 'H1234567802', identityIndex: before.identityIndex })
    expect(after.numberIndex).not.toBe(before.numberIndex)
    expect(await enters(deps, 'H1234567802', 'correct horse 42')).toBe(actor.id)
  })

  it('takes over what the new number tells', async () => {
    const { deps, actor, person, first, second } = await office(open, {
      number: newMainlandNumber('19900307', 'female'),
    })
    const newNumber = newMainlandNumber('19910408', 'male')
    const caseId = await submittedCorrection(deps, actor, { newNumber })
    await pass(deps, first, caseId)
    await pass(deps, second, caseId)
    expect(await account(deps, actor.id)).toMatchObject({
      number: newNumber,
      birth: '1991-04-08',
      sex: 'male',
    })
    expect((await account(deps, actor.id)).number).not.toBe(person.number)
  })

  it('is refused where another account holds it, at the last stage too', async () => {
    const { deps, actor, person, first, second } = await office(open)
    const newNumber = newMainlandNumber()
    const caseId = await submittedCorrection(deps, actor, { newNumber })
    await pass(deps, first, caseId)
    await makeApplicant(deps, { number: newNumber })
    await claimCase(deps, second, { caseId })
    expect(await outcomeOf(approve(deps, second, caseId))).toEqual(['refused', 'number-held'])
    expect(await caseRow(deps, caseId)).toMatchObject({ state: 'in_review', stage: 2 })
    expect((await account(deps, actor.id)).number).toBe(person.number)
  })

  it('takes the number from an account that nobody was ever proven to own', async () => {
    const { deps, actor, first, second } = await office(open)
    const newNumber = newMainlandNumber()
    const squatter = await makeApplicant(deps, { number: newNumber, verified: false })
    const caseId = await submittedCorrection(deps, actor, { newNumber })
    await pass(deps, first, caseId)
    await pass(deps, second, caseId)
    expect((await account(deps, actor.id)).number).toBe(newNumber)
    expect(await account(deps, squatter.actor.id)).toMatchObject({ status: 'closed', identityIndex: null })
  })
})

describeEachEngine('what a reviewer sees of two stages', (open) => {
  it('names the stage and who passed the one before, and offers no claim to them', async () => {
    const { deps, actor, first, second } = await office(open)
    const caseId = await submittedCorrection(deps, actor, { newName: '张叁' })
    expect(await reviewCase(deps, first, caseId)).toMatchObject({
      stage: 1,
      stages: 2,
      passes: [],
      mayClaim: true,
      notForYou: null,
      claimed: null,
    })
    deps.clock.advance(60_000)
    await pass(deps, first, caseId)
    const at = deps.clock.now()
    const mine = await reviewCase(deps, first, caseId)
    expect(mine).toMatchObject({ stage: 2, passes: [{ stage: 1, by: '李初审', at }], mayClaim: false })
    expect(mine.notForYou?.code).toBe('second-person-required')
    expect(await reviewCase(deps, second, caseId)).toMatchObject({ mayClaim: true, notForYou: null })
    // Judged anew: nothing of the first one's opinion is left to lean on.
    expect((await reviewCase(deps, second, caseId)).sections.every(({ verdict }) => verdict === null)).toBe(
      true,
    )
    const { rows } = await reviewQueue(deps, second, { tab: 'free', kind: 'correction' })
    expect(rows).toMatchObject([{ id: caseId, stage: 2 }])
  })

  it('says that a case is one’s own, and offers no claim', async () => {
    const { deps, places, person, actor } = await office(open)
    const caseId = await submittedCase(deps, actor, places.tianhe)
    const twin = await makeStaff(deps, {
      role: 'reviewer',
      departmentId: places.tianhe,
      number: person.number,
    })
    const view = await reviewCase(deps, twin.actor, caseId)
    expect([view.mayClaim, view.notForYou?.code]).toEqual([false, 'own-case'])
    const other = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
    await claimCase(deps, other.actor, { caseId })
    const third = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
    expect(await reviewCase(deps, third.actor, caseId)).toMatchObject({ mayClaim: false, notForYou: null })
  })

  it('gives the second stage a working time of its own', async () => {
    const { deps, actor, first } = await office(open)
    const caseId = await submittedCorrection(deps, actor, { newName: '张叁' })
    const { dueOn } = await caseRow(deps, caseId)
    deps.clock.advance(3 * 24 * 3_600_000)
    await pass(deps, first, caseId)
    expect((await caseRow(deps, caseId)).dueOn > dueOn).toBe(true)
    const [stored] = await deps.store.read
      .select()
      .from(deps.store.t.stagePass)
      .where(eq(deps.store.t.stagePass.caseId, caseId))
    expect(stored).toMatchObject({ round: 1, stage: 1, by: first.id })
  })
})
