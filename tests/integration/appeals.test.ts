import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { readSession } from '#lib/auth/session.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { mayAttach } from '#lib/commands/attach-file.ts'
import { beginCertify } from '#lib/commands/begin-certify.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { claimPhone } from '#lib/commands/claim-phone.ts'
import { dropAppeal } from '#lib/commands/drop-appeal.ts'
import { giveConsent } from '#lib/commands/give-consent.ts'
import { mendIdentity } from '#lib/commands/mend-identity.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { register } from '#lib/commands/register.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { maskPhone } from '#lib/domain/masking.ts'
import { claimedNumber } from '#lib/views/claimed-number.ts'
import { pictureFor } from '#lib/views/file.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { caseRow, placed } from '#tests/support/case-state.ts'
import { filledAppeal, filledCase, putPicture, submittedAppeal, submittedCase } from '#tests/support/cases.ts'
import {
  account,
  browser,
  codeTo,
  enters,
  inboxOf,
  pass,
  refuse,
  sendBack,
  sessionsOf,
  textsTo,
} from '#tests/support/claims.ts'
import {
  type ApplicantWish,
  makeApplicant,
  makeClaimant,
  makeStaff,
  newPhone,
  seedDepartments,
  type TestDeps,
  testDeps,
} from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const password = 'correct horse 42'
const another = 'quite other 77'

async function office(open: Open) {
  const deps = testDeps(await open(), { env: { LIMITS_SMS_PER_BROWSER_PER_HOUR: '100' } })
  const places = await seedDepartments(deps)
  const staff = async (name: string) =>
    (await makeStaff(deps, { role: 'reviewer', departmentId: places.guangzhouOwn, name })).actor
  return { deps, places, first: await staff('李初审'), second: await staff('王复审') }
}

/** Proves a phone as the first step of the appeal does. */
async function prove(deps: TestDeps, actor: Applicant, newPhone: string) {
  const typed = { newPhone, code: await codeTo(deps, newPhone, 'phone-lost') }
  await claimPhone(deps, actor, { typed, browser })
}

describeEachEngine('the first step where a phone is lost (ACC-8)', (open) => {
  it('keeps the proven phone beside the account, which stays as it is', async () => {
    const { deps } = await office(open)
    const { actor, phone } = await makeApplicant(deps, { password })
    const next = newPhone()
    await prove(deps, actor, next)
    expect(await account(deps, actor.id)).toMatchObject({ phone, nextPhone: next })
    expect(await enters(deps, phone, password)).toBe(actor.id)
    expect(await enters(deps, next, password)).toBeNull()
  })

  it('refuses a wrong code, one for another purpose, and one already used', async () => {
    const { deps } = await office(open)
    const { actor, phone } = await makeApplicant(deps)
    const next = newPhone()
    const claim = (typed: unknown) => outcomeOf(claimPhone(deps, actor, { typed, browser }))
    expect(await claim({ newPhone: next, code: '' })).toEqual(['refused', 'code-empty'])
    expect(await claim({ newPhone: phone, code: '123456' })).toEqual(['refused', 'phone-same'])
    expect(await claim({ newPhone: '123', code: '1' })).toEqual(['refused', 'phone-format', 'code-format'])
    const other = await codeTo(deps, next, 'phone-new')
    expect(await claim({ newPhone: next, code: other })).toEqual(['refused', 'code-wrong'])
    deps.clock.advance(3 * 60_000)
    const code = await codeTo(deps, next, 'phone-lost')
    expect(await claim({ newPhone: newPhone(), code })).toEqual(['refused', 'code-wrong'])
    expect(await claim({ newPhone: next, code })).toEqual(['done'])
    expect(await claim({ newPhone: next, code })).toEqual(['refused', 'code-wrong'])
  })

  it('is closed while the appeal is being judged, so that what is granted is what was judged', async () => {
    const { deps } = await office(open)
    const { actor } = await makeApplicant(deps)
    const next = newPhone()
    await prove(deps, actor, next)
    await submittedAppeal(deps, actor)
    expect(await outcomeOf(prove(deps, actor, newPhone()))).toEqual(['refused', 'appeal-under-review'])
    expect((await account(deps, actor.id)).nextPhone).toBe(next)
  })

  it('is not for a claimant or staff', async () => {
    const { deps, first } = await office(open)
    const { number } = await makeApplicant(deps)
    const { actor: claimant } = await makeClaimant(deps, { number })
    const typed = { newPhone: newPhone(), code: '123456' }
    // @ts-expect-error a claimant is no applicant; the wall has to hold even so
    expect(await outcomeOf(claimPhone(deps, claimant, { typed, browser }))).toEqual(['not-found'])
    // @ts-expect-error nor is a member of staff
    expect(await outcomeOf(claimPhone(deps, first, { typed, browser }))).toEqual(['not-found'])
  })
})

describeEachEngine('an appeal for a new phone', (open) => {
  async function lost(open: Open) {
    const scene = await office(open)
    const { deps } = scene
    const person = await makeApplicant(deps, { password })
    await openSession(deps, { accountId: person.actor.id, address: '', agent: '' })
    const next = newPhone()
    await prove(deps, person.actor, next)
    return { ...scene, person, actor: person.actor, next }
  }

  it('puts it in place of the old one after two people agreed, and signs out everywhere', async () => {
    const { deps, first, second, person, actor, next } = await lost(open)
    const caseId = await submittedAppeal(deps, actor)
    expect(await pass(deps, first, caseId)).toBe('advanced')
    expect(await account(deps, actor.id)).toMatchObject({ phone: person.phone, nextPhone: next })
    expect(await sessionsOf(deps, actor.id)).toBe(1)
    expect(await pass(deps, second, caseId)).toBe('approved')
    expect(await account(deps, actor.id)).toMatchObject({ phone: next, nextPhone: '' })
    expect(await sessionsOf(deps, actor.id)).toBe(0)
    expect(await enters(deps, person.phone, password)).toBeNull()
    expect(await enters(deps, next, password)).toBe(actor.id)
    expect(await enters(deps, person.number, password)).toBe(actor.id)
    expect((await inboxOf(deps, actor.id)).toSorted()).toEqual([
      'case-advanced',
      'case-approved',
      'case-submitted',
      'phone-changed',
    ])
  })

  it('is told of on the old phone and on the new one', async () => {
    const { deps, first, second, person, actor, next } = await lost(open)
    const caseId = await submittedAppeal(deps, actor)
    for (const phone of [person.phone, next])
      expect((await textsTo(deps, phone)).join()).toMatch(/账户申诉已提交（受理编号 S\d+）/)
    await pass(deps, first, caseId)
    await pass(deps, second, caseId)
    for (const phone of [person.phone, next])
      expect((await textsTo(deps, phone)).join()).toContain('手机号已更换')
    const said = (await textsTo(deps, next)).filter((text) => text.includes('账户申诉审核通过'))
    expect(said).toHaveLength(1)
    expect(said[0]).toContain('请用证件号码和密码登录平台')
  })

  it('takes the phone from the account that holds it by then', async () => {
    const { deps, first, second, actor, next } = await lost(open)
    const caseId = await submittedAppeal(deps, actor)
    const holder = await makeApplicant(deps, { phone: next })
    await pass(deps, first, caseId)
    await pass(deps, second, caseId)
    expect(await account(deps, actor.id)).toMatchObject({ phone: next })
    expect(await account(deps, holder.actor.id)).toMatchObject({ phone: '', status: 'active' })
    expect(await inboxOf(deps, holder.actor.id)).toEqual(['phone-released'])
  })

  it.each([1, 2])('changes nothing when refused at stage %i, and may be filed again', async (stage) => {
    const { deps, first, second, person, actor, next } = await lost(open)
    const caseId = await submittedAppeal(deps, actor)
    if (stage === 2) await pass(deps, first, caseId)
    await refuse(deps, second, caseId)
    expect(await account(deps, actor.id)).toMatchObject({ phone: person.phone, nextPhone: next })
    expect(await submittedAppeal(deps, actor)).not.toBe(caseId)
  })

  it('cannot be sent without a proven phone', async () => {
    const { deps } = await office(open)
    const { actor } = await makeApplicant(deps)
    expect(await outcomeOf(submittedAppeal(deps, actor))).toEqual(['refused', 'appeal-without-claim'])
  })

  it('is dropped with its draft, and the account stays as it was', async () => {
    const { deps, person, actor } = await lost(open)
    const caseId = await filledAppeal(deps, actor)
    await dropAppeal(deps, actor)
    await dropAppeal(deps, actor)
    expect(await account(deps, actor.id)).toMatchObject({ phone: person.phone, nextPhone: '' })
    expect(await caseRow(deps, caseId)).toMatchObject({ state: 'cancelled', openKey: null })
    expect(await placed(deps, caseId)).toEqual([])
    expect(await sessionsOf(deps, actor.id)).toBe(1)
  })

  it('is dropped after a return, and only after it was taken back while it is judged', async () => {
    const { deps, first, actor } = await lost(open)
    const caseId = await submittedAppeal(deps, actor)
    expect(await outcomeOf(dropAppeal(deps, actor))).toEqual(['refused', 'appeal-under-review'])
    await sendBack(deps, first, caseId, 'slot:holding')
    await dropAppeal(deps, actor)
    expect((await caseRow(deps, caseId)).state).toBe('cancelled')
    // What was submitted stays with its round until its pictures end.
    expect(await placed(deps, caseId)).toHaveLength(3)
  })

  it('leaves other cases alone when it is dropped', async () => {
    const { deps, places, actor } = await lost(open)
    const collection = await submittedCase(deps, actor, places.tianhe)
    await dropAppeal(deps, actor)
    expect((await caseRow(deps, collection)).state).toBe('waiting')
  })
})

describeEachEngine('an appeal for a number (ACC-9)', (open) => {
  async function claimed(open: Open, holds: ApplicantWish) {
    const scene = await office(open)
    const { deps } = scene
    const holder = await makeApplicant(deps, { name: '张三', password, ...holds })
    const claimant = await makeClaimant(deps, { number: holder.number, name: '张三', password: another })
    await openSession(deps, { accountId: claimant.actor.id, address: '', agent: '' })
    await openSession(deps, { accountId: holder.actor.id, address: '', agent: '' })
    return { ...scene, holder, claimant, actor: claimant.actor }
  }

  it('is begun by registering a number that is taken', async () => {
    const { deps } = await office(open)
    const { number } = await makeApplicant(deps, { password })
    const phone = newPhone()
    const typed = {
      idType: 'mainland_id',
      idNumber: number,
      name: '张三',
      phone,
      code: await codeTo(deps, phone, 'register'),
      password: another,
      passwordAgain: another,
      claim: '1',
    }
    const { accountId, claiming } = await register(deps, null, { typed, browser })
    expect(claiming).toBe(true)
    const token = await openSession(deps, { accountId, address: '', agent: '' })
    expect((await readSession(deps, token))?.actor.kind).toBe('claimant')
    expect(await enters(deps, phone, another)).toBe(accountId)
    expect(await enters(deps, number, another)).toBeNull()
  })

  it('tells the holder when it is sent, once', async () => {
    const { deps, first, holder, actor } = await claimed(open, { verified: false })
    const caseId = await filledAppeal(deps, actor)
    expect(await inboxOf(deps, holder.actor.id)).toEqual([])
    await submitCase(deps, actor, { caseId, declared: true })
    await sendBack(deps, first, caseId, 'slot:face')
    deps.clock.advance(1)
    await withMended(deps, caseId, actor)
    expect(await inboxOf(deps, holder.actor.id)).toEqual(['number-claimed'])
    expect(await textsTo(deps, holder.phone)).toHaveLength(1)
  })

  it('closes the account of a holder who was never verified, and opens the claimant’s', async () => {
    const { deps, places, first, second, holder, claimant, actor } = await claimed(open, { verified: false })
    const draft = await filledCase(deps, holder.actor, places.tianhe)
    const caseId = await submittedAppeal(deps, actor)
    await pass(deps, first, caseId)
    expect(await account(deps, holder.actor.id)).toMatchObject({ status: 'active' })
    expect(await account(deps, actor.id)).toMatchObject({ status: 'claiming' })
    await pass(deps, second, caseId)
    expect(await account(deps, holder.actor.id)).toMatchObject({ status: 'closed', phone: '' })
    expect(await sessionsOf(deps, holder.actor.id)).toBe(0)
    expect((await caseRow(deps, draft)).state).toBe('cancelled')
    expect(await account(deps, actor.id)).toMatchObject({
      status: 'active',
      identityState: 'verified',
      identityMethod: 'documents',
    })
    // The session it appealed in goes on, as an applicant's.
    expect(await sessionsOf(deps, actor.id)).toBe(1)
    expect(await enters(deps, holder.number, password)).toBeNull()
    expect(await enters(deps, holder.number, another)).toBe(actor.id)
    expect(await enters(deps, claimant.phone, another)).toBe(actor.id)
    expect(await outcomeOf(openDraft(deps, { ...holder.actor, id: actor.id }, 'collection'))).toEqual([
      'done',
    ])
  })

  it('hands the account of a verified holder over, who is the same person', async () => {
    const { deps, places, first, second, holder, claimant, actor } = await claimed(open, {})
    const kept = await submittedCase(deps, holder.actor, places.tianhe)
    const caseId = await submittedAppeal(deps, actor)
    await pass(deps, first, caseId)
    await pass(deps, second, caseId)
    expect(await account(deps, actor.id)).toMatchObject({ status: 'closed', phone: '' })
    expect(await sessionsOf(deps, actor.id)).toBe(0)
    expect(await account(deps, holder.actor.id)).toMatchObject({
      status: 'active',
      identityState: 'verified',
      phone: claimant.phone,
    })
    expect(await sessionsOf(deps, holder.actor.id)).toBe(0)
    expect((await caseRow(deps, kept)).state).toBe('waiting')
    expect(await enters(deps, holder.number, password)).toBeNull()
    expect(await enters(deps, holder.number, another)).toBe(holder.actor.id)
    expect(await enters(deps, claimant.phone, another)).toBe(holder.actor.id)
    expect(await enters(deps, holder.phone, another)).toBeNull()
    expect(await inboxOf(deps, holder.actor.id)).toContain('account-handed-over')
    const said = (await textsTo(deps, claimant.phone)).filter((text) => text.includes('审核通过'))
    expect(said).toHaveLength(1)
    expect(said[0]).toContain('请用证件号码和密码登录平台')
  })

  it('is settled where the number is free by then', async () => {
    const { deps, first, second, holder, actor } = await claimed(open, { verified: false })
    const caseId = await submittedAppeal(deps, actor)
    await deps.store.tx((q) =>
      q
        .update(deps.store.t.account)
        .set({ status: 'closed', identityIndex: null, numberIndex: null })
        .where(eq(deps.store.t.account.id, holder.actor.id)),
    )
    expect((await reviewCase(deps, first, caseId)).claimed).toEqual({ holder: null })
    await pass(deps, first, caseId)
    await pass(deps, second, caseId)
    expect(await account(deps, actor.id)).toMatchObject({ status: 'active', identityState: 'verified' })
  })

  it.each([1, 2])('leaves everything as it was when refused at stage %i', async (stage) => {
    const { deps, first, second, holder, claimant, actor } = await claimed(open, { verified: false })
    const caseId = await submittedAppeal(deps, actor)
    if (stage === 2) await pass(deps, first, caseId)
    await refuse(deps, second, caseId)
    expect(await account(deps, holder.actor.id)).toMatchObject({ status: 'active', phone: holder.phone })
    expect(await account(deps, actor.id)).toMatchObject({ status: 'claiming', phone: claimant.phone })
    expect(await enters(deps, holder.number, password)).toBe(holder.actor.id)
    expect(await submittedAppeal(deps, actor)).not.toBe(caseId)
  })

  it('is judged with the holder’s facts in sight, masked', async () => {
    const { deps, first, holder, actor } = await claimed(open, { name: '欧阳小明' })
    const caseId = await submittedAppeal(deps, actor)
    const { claimed: facts } = await reviewCase(deps, first, caseId)
    expect(facts?.holder).toEqual({
      name: '欧阳**',
      phone: maskPhone(holder.phone),
      verified: true,
      method: 'alipay',
      registeredAt: deps.clock.now(),
      hasRecord: false,
      sameName: false,
    })
    const own = await claimedNumber(deps, await account(deps, holder.actor.id))
    expect(own).toBeNull()
  })

  it('is not judged by the claimant themselves', async () => {
    const { deps, places, holder, actor } = await claimed(open, { verified: false })
    const caseId = await submittedAppeal(deps, actor)
    const twin = await makeStaff(deps, {
      role: 'reviewer',
      departmentId: places.guangzhouOwn,
      number: holder.number,
    })
    expect(await outcomeOf(claimCase(deps, twin.actor, { caseId }))).toEqual(['refused', 'own-case'])
  })

  it('closes the claimant’s account when it is dropped, and not while it is judged', async () => {
    const { deps, claimant, holder, actor } = await claimed(open, { verified: false })
    const caseId = await submittedAppeal(deps, actor)
    expect(await outcomeOf(dropAppeal(deps, actor))).toEqual(['refused', 'appeal-under-review'])
    await withdrawCase(deps, actor, { caseId })
    await dropAppeal(deps, actor)
    await dropAppeal(deps, actor)
    expect(await account(deps, actor.id)).toMatchObject({ status: 'closed', phone: '' })
    expect(await sessionsOf(deps, actor.id)).toBe(0)
    expect((await caseRow(deps, caseId)).state).toBe('cancelled')
    expect(await enters(deps, claimant.phone, another)).toBeNull()
    expect(await account(deps, holder.actor.id)).toMatchObject({ status: 'active' })
    const closings = await deps.store.read
      .select()
      .from(deps.store.t.event)
      .where(eq(deps.store.t.event.kind, 'account.closed'))
    expect(closings).toHaveLength(1)
  })

  it('leaves a claimant nothing but the appeal', async () => {
    const { deps, places, holder, actor } = await claimed(open, { verified: false })
    const theirs = await filledCase(deps, holder.actor, places.tianhe)
    const [picture] = await placed(deps, theirs)
    for (const kind of ['collection', 'identity', 'correction'] as const) {
      expect([kind, await outcomeOf(openDraft(deps, actor, kind))]).toEqual([kind, ['not-found']])
      expect([kind, await outcomeOf(giveConsent(deps, actor, { purpose: kind }))]).toEqual([
        kind,
        ['not-found'],
      ])
    }
    const place = { section: 'basic', rowId: 'main', slot: 'portrait' } as const
    expect(await outcomeOf(mayAttach(deps, actor, { caseId: theirs, ...place }))).toEqual(['not-found'])
    const own = await filledAppeal(deps, actor)
    expect(await outcomeOf(mayAttach(deps, actor, { caseId: own, ...place }))).toEqual(['not-found'])
    expect(await outcomeOf(pictureFor(deps, actor, picture?.fileId ?? ''))).toEqual(['not-found'])
    expect(await outcomeOf(submitCase(deps, actor, { caseId: theirs, declared: true }))).toEqual([
      'not-found',
    ])
    // Whatever kind it says it is, the account is what it is.
    const disguised: Applicant = { ...actor, kind: 'applicant' }
    expect(await outcomeOf(beginCertify(deps, disguised))).toEqual(['not-found'])
    // @ts-expect-error a claimant is no applicant; the wall has to hold even so
    expect(await outcomeOf(mendIdentity(deps, actor, { typed: {} }))).toEqual(['not-found'])
    expect(await deps.store.read.select().from(deps.store.t.certifyOrder)).toEqual([])
  })

  it('cannot be claimed twice for one number by two people at once without both being judged', async () => {
    const { deps, first, second, holder, actor } = await claimed(open, { verified: false })
    const rival = await makeClaimant(deps, { number: holder.number, name: '李四', password })
    const [one, two] = [await submittedAppeal(deps, actor), await submittedAppeal(deps, rival.actor)]
    await pass(deps, first, one)
    await pass(deps, second, one)
    const { claimed: facts } = await reviewCase(deps, first, two)
    // Who won is verified by now, and stands there as the holder.
    expect(facts?.holder).toMatchObject({ verified: true, sameName: false })
  })
})

/** Puts a picture in anew and sends the case again. */
async function withMended(deps: TestDeps, caseId: string, actor: Parameters<typeof submitCase>[1]) {
  await putPicture(deps, actor, { caseId, section: 'appeal', rowId: 'main', slot: 'face' })
  await submitCase(deps, actor, { caseId, declared: true })
}
