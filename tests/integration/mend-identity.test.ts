import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { latestCertifyOrder } from '#db/queries/certify.ts'
import { beginCertify } from '#lib/commands/begin-certify.ts'
import { demoCertify } from '#lib/commands/demo-certify.ts'
import { finishCertify } from '#lib/commands/finish-certify.ts'
import { mendIdentity } from '#lib/commands/mend-identity.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import { submittedIdentity } from '#tests/support/cases.ts'
import { account, enters, inboxOf } from '#tests/support/claims.ts'
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

const password = 'correct horse 42'
type Typed = Readonly<Record<string, string>>

async function scene(open: Open, wish: ApplicantWish = {}, env: Typed = {}) {
  const deps = testDeps(await open(), { env })
  await seedDepartments(deps)
  const person = await makeApplicant(deps, { password, verified: false, ...wish })
  const form = {
    idType: 'mainland_id',
    idNumber: person.number,
    name: person.name,
    currentPassword: password,
  }
  const mend = (typed: Typed) => outcomeOf(mendIdentity(deps, person.actor, { typed: { ...form, ...typed } }))
  return { deps, person, actor: person.actor, mend }
}

describeEachEngine('身份信息更正 before 实名认证', (open) => {
  it('puts name and number right at once, with what the number tells', async () => {
    const { deps, actor, person, mend } = await scene(open)
    const idNumber = newMainlandNumber('19910408', 'male')
    expect(await mend({ idNumber, name: '欧阳䶮' })).toEqual(['done'])
    expect(await account(deps, actor.id)).toMatchObject({
      number: idNumber,
      name: '欧阳䶮',
      birth: '1991-04-08',
      sex: 'male',
      phone: person.phone,
    })
    expect(await enters(deps, idNumber, password)).toBe(actor.id)
    expect(await enters(deps, person.number, password)).toBeNull()
    expect(await inboxOf(deps, actor.id)).toEqual(['identity-corrected'])
    // The number that was wrong is free for whom it belongs to.
    await makeApplicant(deps, { number: person.number })
  })

  it('changes the document altogether', async () => {
    const { deps, actor, mend } = await scene(open)
    const passport = {
      idType: 'foreign_passport',
      idNumber: 'x1234567',
      nationality: 'FR',
      name: 'Anne Dupont',
    }
    expect(await mend(passport)).toEqual(['refused', 'required', 'required'])
    expect(await mend({ ...passport, sex: 'female', birth: '1988-02-03' })).toEqual(['done'])
    expect(await account(deps, actor.id)).toMatchObject({
      idType: 'foreign_passport',
      number: 'X1234567',
      nationality: 'FR',
      sex: 'female',
      birth: '1988-02-03',
    })
  })

  it('refuses what registration refuses, all at once', async () => {
    const { deps, actor, person, mend } = await scene(open)
    expect(await mend({ idNumber: '', name: '', currentPassword: '' })).toEqual([
      'refused',
      'id-empty',
      'name-empty',
      'password-empty',
    ])
    expect(await mend({ idNumber: `${person.number.slice(0, 17)}?` })).toEqual(['refused', 'id-format'])
    expect(await account(deps, actor.id)).toMatchObject({ number: person.number, version: 1 })
  })

  it('asks for the password, and not without end', async () => {
    const { mend } = await scene(open, {}, { LIMITS_SIGN_IN_FAILURES_PER_DAY: '3' })
    const wrong = () => mend({ name: '张四', currentPassword: 'not this one 1' })
    for (let i = 0; i < 3; i += 1) expect(await wrong()).toEqual(['refused', 'password-wrong'])
    expect(await mend({ name: '张四' })).toEqual(['refused', 'password-too-many'])
  })

  it('is closed once somebody is verified, and while a case is judged', async () => {
    const { deps, actor, mend } = await scene(open)
    const caseId = await submittedIdentity(deps, actor, '440100')
    expect(await mend({ name: '张四' })).toEqual(['refused', 'identity-under-review'])
    await withdrawCase(deps, actor, { caseId })
    expect(await mend({ name: '张四' })).toEqual(['done'])
    await deps.store.tx((q) =>
      q
        .update(deps.store.t.account)
        .set({ identityState: 'verified' })
        .where(eq(deps.store.t.account.id, actor.id)),
    )
    expect(await mend({ name: '张五' })).toEqual(['refused', 'correction-needs-review'])
  })

  it('says that another account holds a number, a few times a day and written down', async () => {
    const { deps, actor, person, mend } = await scene(open, {}, { LIMITS_TAKEN_PER_PHONE_PER_DAY: '2' })
    const held = await makeApplicant(deps)
    expect(await mend({ idNumber: held.number })).toEqual(['refused', 'id-taken'])
    // A number nobody has counts as well, else the limit would tell.
    expect(await mend({ idNumber: newMainlandNumber() })).toEqual(['done'])
    expect(await mend({ idNumber: held.number })).toEqual(['refused', 'taken-too-often'])
    // The name alone asks nothing about numbers.
    const { number } = await account(deps, actor.id)
    expect(await mend({ idNumber: number, name: '张四' })).toEqual(['done'])
    expect(await enters(deps, person.phone, password)).toBe(actor.id)
    const said = await deps.store.read
      .select()
      .from(deps.store.t.event)
      .where(eq(deps.store.t.event.kind, 'account.taken'))
    expect(said.map(({ data }) => data)).toEqual([{ what: 'id-taken' }])
  })

  it('lets one of two mend at once who type the same number', async () => {
    const { deps, mend } = await scene(open)
    const other = await makeApplicant(deps, { password, verified: false })
    const idNumber = newMainlandNumber()
    const typed = { idType: 'mainland_id', idNumber, name: '李四', currentPassword: password }
    const answers = await Promise.all([
      mend({ idNumber }),
      outcomeOf(mendIdentity(deps, other.actor, { typed })),
    ])
    expect(answers.filter(([code]) => code === 'done')).toHaveLength(1)
    expect(answers.filter(([, code]) => code === 'id-taken')).toHaveLength(1)
  })

  it('ends a request to the provider that names who it was before', async () => {
    const { deps, actor, mend } = await scene(open)
    const { orderId } = await beginCertify(deps, actor)
    expect(await mend({ idNumber: newMainlandNumber() })).toEqual(['done'])
    await outcomeOf(demoCertify(deps, actor, { orderId, passed: true }))
    expect(await finishCertify(deps, actor, orderId)).toBe('failed')
    expect((await account(deps, actor.id)).identityState).toBe('none')
    deps.clock.advance(1)
    expect((await beginCertify(deps, actor)).orderId).not.toBe(orderId)
    expect((await latestCertifyOrder(deps.store.read, deps.store.t, actor.id))?.state).toBe('pending')
  })

  it('either mends or verifies when both happen at once, never one person by another’s answer', async () => {
    const { deps, actor, person, mend } = await scene(open)
    const { orderId } = await beginCertify(deps, actor)
    await demoCertify(deps, actor, { orderId, passed: true })
    const idNumber = newMainlandNumber()
    const [mended] = await Promise.all([mend({ idNumber }), outcomeOf(finishCertify(deps, actor, orderId))])
    const { number, identityState } = await account(deps, actor.id)
    expect([mended[0], number, identityState]).toEqual(
      mended[0] === 'done' ? ['done', idNumber, 'none'] : [mended[0], person.number, 'verified'],
    )
  })

  it('is not for staff', async () => {
    const { deps } = await scene(open)
    const { actor } = await makeStaff(deps, { role: 'operator' })
    // @ts-expect-error a member of staff is no applicant; the wall has to hold even so
    expect(await outcomeOf(mendIdentity(deps, actor, { typed: {} }))).toEqual(['not-found'])
  })
})
