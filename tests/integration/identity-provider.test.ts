import { and, eq } from 'drizzle-orm'
import { beforeAll, expect, it } from 'vitest'
import { accountById } from '#db/queries/accounts.ts'
import { acceptCertifyNotice } from '#lib/commands/accept-certify-notice.ts'
import { beginCertify } from '#lib/commands/begin-certify.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { demoCertify } from '#lib/commands/demo-certify.ts'
import { finishCertify } from '#lib/commands/finish-certify.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { refuseCase } from '#lib/commands/refuse-case.ts'
import { isFault } from '#lib/domain/errors.ts'
import { applicantHome, isYours } from '#lib/views/home.ts'
import { certifyView, demoCertifyView, identityView } from '#lib/views/identity.ts'
import { caseRow, eventsOf } from '#tests/support/case-state.ts'
import { submittedIdentity } from '#tests/support/cases.ts'
import { inboxOf, noOpinions } from '#tests/support/claims.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

const minute = 60_000

async function faultOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'none'
  } catch (error) {
    if (!isFault(error)) throw error
    return error.issues[0]?.code ?? error.code
  }
}

describeEachEngine('实名认证 by the demo provider (IDV-2)', (open) => {
  let deps: TestDeps
  beforeAll(async () => {
    deps = testDeps(await open())
  })
  const fresh = async () => (await makeApplicant(deps, { verified: false })).actor
  const begin = async (actor: Parameters<typeof beginCertify>[1]) => (await beginCertify(deps, actor)).orderId
  const account = (id: string) => accountById(deps.store.read, deps.store.t, deps.keys, id)

  it('verifies who confirms, once, however often it is asked', async () => {
    const actor = await fresh()
    const orderId = await begin(actor)
    expect(await finishCertify(deps, actor, orderId)).toBe('pending')
    await demoCertify(deps, actor, { orderId, passed: true })
    expect((await account(actor.id))?.identityState).toBe('none')
    const at = deps.clock.now()
    const answers = await Promise.all([1, 2, 3].map(() => finishCertify(deps, actor, orderId)))
    expect(answers).toEqual(['passed', 'passed', 'passed'])
    deps.clock.advance(minute)
    expect(await finishCertify(deps, actor, orderId)).toBe('passed')
    expect(await account(actor.id)).toMatchObject({
      identityState: 'verified',
      identityMethod: 'alipay',
      identityAt: at,
    })
    const { t, read } = deps.store
    const events = await read
      .select()
      .from(t.event)
      .where(and(eq(t.event.personId, actor.id), eq(t.event.kind, 'identity.verified')))
    expect(events).toHaveLength(1)
    expect(await inboxOf(deps, actor.id)).toEqual(['identity-verified'])
    expect(await faultOf(beginCertify(deps, actor))).toBe('identity-already-verified')
  })

  it('leaves who refuses where they were, and lets them try again', async () => {
    const actor = await fresh()
    const orderId = await begin(actor)
    await demoCertify(deps, actor, { orderId, passed: false })
    expect(await finishCertify(deps, actor, orderId)).toBe('failed')
    expect(await identityView(deps, actor)).toMatchObject({
      verified: false,
      lastFailed: true,
      order: null,
    })
    expect(await begin(actor)).not.toBe(orderId)
  })

  it('takes the first answer, and a second click for done', async () => {
    const click = (who: Parameters<typeof beginCertify>[1], orderId: string, passed: boolean) => async () => {
      await demoCertify(deps, who, { orderId, passed })
      return finishCertify(deps, who, orderId)
    }
    for (const passed of [true, false]) {
      const actor = await fresh()
      const orderId = await begin(actor)
      const state = passed ? 'passed' : 'failed'
      const answers = await Promise.all([1, 2].map(click(actor, orderId, passed)))
      expect(answers).toEqual([state, state])
      expect(await click(actor, orderId, !passed)()).toBe(state)
      deps.clock.advance(16 * minute)
      expect(await click(actor, orderId, true)()).toBe(state)
    }
  })

  it('has one request open at a time, for fifteen minutes', async () => {
    const actor = await fresh()
    const orderId = await begin(actor)
    expect(await beginCertify(deps, actor)).toEqual({ orderId, certifyUrl: `/identity/certify/${orderId}` })
    expect(await certifyView(deps, actor, orderId)).toMatchObject({
      certifyUrl: `${deps.env.origin}/identity/certify/${orderId}`,
    })
    expect(await identityView(deps, actor)).toMatchObject({
      order: { id: orderId, open: true },
      alipay: true,
    })
    deps.clock.advance(15 * minute)
    expect(await faultOf(demoCertify(deps, actor, { orderId, passed: true }))).toBe('certify-over')
    expect(await finishCertify(deps, actor, orderId)).toBe('failed')
    expect(await begin(actor)).not.toBe(orderId)
  })

  it('shows nobody another person’s request', async () => {
    const [actor, other] = [await fresh(), await fresh()]
    const orderId = await begin(actor)
    expect(await faultOf(finishCertify(deps, other, orderId))).toBe('not-found')
    expect(await faultOf(demoCertify(deps, other, { orderId, passed: true }))).toBe('certify-over')
    expect(await demoCertifyView(deps, other, orderId)).toBeNull()
    expect(await demoCertifyView(deps, actor, orderId)).toMatchObject({ isOpen: true, name: '张*' })
  })

  it('tells what became of the pictures that were sent instead (IDV-3), and ends them when it passes', async () => {
    const places = await seedDepartments(deps)
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.guangzhouOwn })
    const [actor, other, third] = [await fresh(), await fresh(), await fresh()]
    const home = async (who: typeof actor) => {
      const [step, ...others] = (await applicantHome(deps, who, 'none')).steps
      if (!step || others.length > 0) throw new Error('not one step')
      const due = step.texts.some((text) => text.startsWith('预计在'))
      return { waiting: step.id, yours: isYours(step), href: step.href, due }
    }
    expect(await home(actor)).toMatchObject({ waiting: 'identity', yours: true })
    await openDraft(deps, actor, 'identity')
    expect(await identityView(deps, actor)).toMatchObject({ sent: null })
    const caseId = await submittedIdentity(deps, actor, '440100')
    const waits = { waiting: 'identityWaiting', yours: false, href: '/identity/pictures', due: true }
    expect(await home(actor)).toEqual(waits)
    expect(await identityView(deps, actor)).toMatchObject({ sent: { state: 'waiting', told: 'waiting' } })
    await claimCase(deps, reviewer, { caseId })
    expect(await identityView(deps, actor)).toMatchObject({ sent: { state: 'in_review', told: 'waiting' } })

    const refused = await submittedIdentity(deps, other, '440100')
    await claimCase(deps, reviewer, { caseId: refused })
    const { version } = await caseRow(deps, refused)
    await refuseCase(deps, reviewer, { caseId: refused, version, note: '不是本人', opinions: noOpinions })
    expect(await home(other)).toMatchObject({ waiting: 'identityRefused', yours: true, due: false })
    expect(await identityView(deps, other)).toMatchObject({ sent: { state: 'refused', told: 'refused' } })

    const untouched = await submittedIdentity(deps, third, '440100')
    const orderId = await begin(actor)
    await demoCertify(deps, actor, { orderId, passed: true })
    expect(await finishCertify(deps, actor, orderId)).toBe('passed')
    expect(await caseRow(deps, caseId)).toMatchObject({
      state: 'cancelled',
      openKey: null,
      claimedBy: null,
      decidedAt: deps.clock.now(),
    })
    expect(await eventsOf(deps, caseId)).toContain('case.cancelled')
    expect((await account(actor.id))?.identityMethod).toBe('alipay')
    // Nobody else's, and nothing that is decided.
    expect((await caseRow(deps, untouched)).state).toBe('waiting')
    expect((await caseRow(deps, refused)).state).toBe('refused')
  })

  it('is called back by nobody: the stand-in signs nothing', async () => {
    const fields = { sign: 'x', sign_type: 'RSA2', outer_order_no: await begin(await fresh()) }
    expect(await faultOf(acceptCertifyNotice(deps, null, fields))).toBe('certify-notice-unsigned')
  })

  it('is for mainland identity cards', async () => {
    const { actor } = await makeApplicant(deps, { verified: false, idType: 'tw_permit', number: '12345678' })
    expect(await faultOf(beginCertify(deps, actor))).toBe('certify-not-offered')
    expect(await identityView(deps, actor)).toMatchObject({ alipay: false })
  })

  it('has no stand-in outside the demo', async () => {
    const actor = await fresh()
    const orderId = await begin(actor)
    const real = { ...deps, env: { ...deps.env, demo: false } }
    expect(await faultOf(demoCertify(real, actor, { orderId, passed: true }))).toBe('not-found')
    expect(await demoCertifyView(real, actor, orderId)).toBeNull()
    const off = { ...deps, identity: null }
    expect(await faultOf(beginCertify(off, actor))).toBe('certify-not-offered')
  })
})
