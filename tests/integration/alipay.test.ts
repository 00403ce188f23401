import { and, eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { accountById } from '#db/queries/accounts.ts'
import { certifyOrderById } from '#db/queries/certify.ts'
import { alipayIdentity } from '#lib/adapters/alipay.ts'
import { acceptCertifyNotice } from '#lib/commands/accept-certify-notice.ts'
import { beginCertify } from '#lib/commands/begin-certify.ts'
import { demoCertify } from '#lib/commands/demo-certify.ts'
import { finishCertify } from '#lib/commands/finish-certify.ts'
import { pollCertify } from '#lib/commands/poll-certify.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { certifyView, demoCertifyView, identityView } from '#lib/views/identity.ts'
import { type AlipayGateway, newGatewayKeys, startAlipayGateway } from '#tests/support/alipay-gateway.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { submittedIdentity } from '#tests/support/cases.ts'
import { makeApplicant, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

const minute = 60_000
const unavailable = ['refused', 'certify-unavailable']

describeEachEngine('支付宝实名认证 (IDV-2)', (open) => {
  let gateway: AlipayGateway
  let deps: TestDeps
  let notes: string[] = []
  beforeAll(async () => {
    gateway = await startAlipayGateway()
    const made = testDeps(await open(), { env: { ...gateway.env } })
    const { identity: settings, origin } = made.env
    if (settings.provider !== 'alipay') throw new Error('not the provider of this test')
    const identity = alipayIdentity({
      settings,
      returnUrl: `${origin}/identity`,
      notifyUrl: `${origin}/identity/alipay/callback`,
      clock: made.clock,
      note: (line) => notes.push(line),
    })
    deps = { ...made, identity }
    await seedDepartments(deps)
  })
  afterEach(() => {
    gateway.mode = 'answers'
    notes = []
  })
  afterAll(() => gateway.stop())

  const fresh = () => makeApplicant(deps, { verified: false })
  const outer = (orderId: string) => orderId.replaceAll('-', '')
  const stateOf = async ({ id }: Applicant) =>
    (await accountById(deps.store.read, deps.store.t, deps.keys, id))?.identityState
  const eventsOf = async ({ id }: Applicant) => {
    const { t, read } = deps.store
    const rows = await read.select({ kind: t.event.kind }).from(t.event).where(eq(t.event.personId, id))
    return rows.map(({ kind }) => kind).sort()
  }
  const ordersOf = async ({ id }: Applicant) => {
    const { t, read } = deps.store
    return read.select().from(t.certifyOrder).where(eq(t.certifyOrder.accountId, id))
  }
  const notify = (fields: Record<string, string>, signedBy?: string) =>
    acceptCertifyNotice(deps, null, gateway.notice(fields, signedBy))

  it('sends the person to Alipay and believes what Alipay says when it is asked', async () => {
    const { actor, name, number } = await fresh()
    const { orderId, certifyUrl } = await beginCertify(deps, actor)
    const order = gateway.settle(outer(orderId), 'pending')
    expect(order.person).toMatchObject({ cert_name: name, cert_no: number })
    expect((await certifyOrderById(deps.store.read, deps.store.t, orderId))?.providerRef).toBe(
      order.certifyId,
    )

    const address = new URL(certifyUrl)
    expect(address.href.startsWith(gateway.url)).toBe(true)
    expect(address.searchParams.get('return_url')).toBe(`${deps.env.origin}/identity`)
    expect(address.searchParams.get('timestamp')).toBe('2026-11-21 10:00:00')
    expect(decodeURIComponent(certifyUrl)).not.toContain(number)
    expect(decodeURIComponent(certifyUrl)).not.toContain(name)
    expect(await (await fetch(certifyUrl)).text()).toContain(order.certifyId)
    expect(await certifyView(deps, actor, orderId)).toMatchObject({ certifyUrl, leftMs: 15 * minute })

    expect(await finishCertify(deps, actor, orderId)).toBe('pending')
    gateway.settle(outer(orderId), 'passed')
    expect(await stateOf(actor)).toBe('none')
    expect(await finishCertify(deps, actor, orderId)).toBe('passed')
    expect(await stateOf(actor)).toBe('verified')
    expect(await identityView(deps, actor)).toMatchObject({ verified: true, method: 'alipay', order: null })
    expect(await certifyView(deps, actor, orderId)).toMatchObject({ certifyUrl: null })
    expect(gateway.refusedSignatures).toBe(0)
    expect(notes).toEqual([])
  })

  it('changes nothing by the return address alone: pages only read', async () => {
    const { actor } = await fresh()
    const { orderId } = await beginCertify(deps, actor)
    gateway.settle(outer(orderId), 'passed')
    expect(await identityView(deps, actor)).toMatchObject({
      verified: false,
      order: { id: orderId, open: true },
    })
    await certifyView(deps, actor, orderId)
    expect(await stateOf(actor)).toBe('none')
    expect(await eventsOf(actor)).toEqual(['certify.begun'])
  })

  it('leaves who is refused where they were', async () => {
    const { actor } = await fresh()
    const { orderId } = await beginCertify(deps, actor)
    gateway.settle(outer(orderId), 'refused')
    expect(await finishCertify(deps, actor, orderId)).toBe('failed')
    gateway.settle(outer(orderId), 'passed')
    expect(await finishCertify(deps, actor, orderId)).toBe('failed')
    expect(await stateOf(actor)).toBe('none')
    expect(await eventsOf(actor)).toEqual(['certify.begun', 'certify.failed'])
  })

  it('takes a no without a reason for not yet, and ends it when the person gives up', async () => {
    const { actor } = await fresh()
    const { orderId } = await beginCertify(deps, actor)
    gateway.settle(outer(orderId), 'no')
    expect(await finishCertify(deps, actor, orderId)).toBe('pending')
    expect(await finishCertify(deps, actor, orderId, { giveUp: true })).toBe('failed')
    const again = await beginCertify(deps, actor)
    expect(again.orderId).not.toBe(orderId)
    gateway.settle(outer(again.orderId), 'passed')
    expect(await finishCertify(deps, actor, again.orderId, { giveUp: true })).toBe('passed')
    expect(await stateOf(actor)).toBe('verified')
  })

  it('has one order, and one name for it, however many clicks begin it at once', async () => {
    const { actor } = await fresh()
    const begun = await Promise.all([1, 2, 3, 4].map(() => beginCertify(deps, actor)))
    expect(new Set(begun.map(({ orderId }) => orderId)).size).toBe(1)
    // By now the store has its connections, so that the clicks of these do meet.
    for (let times = 0; times < 5; times += 1) {
      const { actor: another } = await fresh()
      await Promise.all([1, 2, 3, 4].map(() => beginCertify(deps, another)))
      expect(await ordersOf(another)).toHaveLength(1)
    }
    const [order, ...more] = await ordersOf(actor)
    expect(more).toEqual([])
    const before = gateway.asked.length
    expect((await beginCertify(deps, actor)).orderId).toBe(order?.id)
    expect(gateway.asked.length).toBe(before)
  })

  it('says within about three seconds that Alipay does not answer, and announces the same order at the next click', async () => {
    const { actor, name, number } = await fresh()
    for (const mode of ['down', 'slow', 'unsigned', 'forged', 'busy'] as const) {
      gateway.mode = mode
      const started = performance.now()
      expect([mode, ...(await outcomeOf(beginCertify(deps, actor)))]).toEqual([mode, ...unavailable])
      expect(performance.now() - started).toBeLessThan(4_000)
    }
    expect(notes).toHaveLength(5)
    expect(notes.join()).not.toContain(number)
    expect(notes.join()).not.toContain(name)
    const [order, ...more] = await ordersOf(actor)
    expect(more).toEqual([])
    expect(order?.providerRef).toBe('')
    expect(await identityView(deps, actor)).toMatchObject({ order: null })
    expect(await certifyView(deps, actor, order?.id ?? '')).toMatchObject({ certifyUrl: null })
    expect(await finishCertify(deps, actor, order?.id ?? '')).toBe('pending')
    gateway.mode = 'answers'
    expect((await beginCertify(deps, actor)).orderId).toBe(order?.id)
  })

  it('says so where Alipay does not take the order', async () => {
    const { actor } = await fresh()
    gateway.mode = 'declines'
    expect(await outcomeOf(beginCertify(deps, actor))).toEqual(['refused', 'certify-declined'])
    expect(notes.join()).toContain('40004 CERT_NAME_INVALID')
  })

  it('passes nobody by an answer that Alipay did not sign', async () => {
    const { actor } = await fresh()
    const { orderId } = await beginCertify(deps, actor)
    for (const mode of ['unsigned', 'forged', 'altered', 'doubled', 'down', 'busy'] as const) {
      gateway.mode = mode
      expect([mode, ...(await outcomeOf(finishCertify(deps, actor, orderId)))]).toEqual([
        mode,
        ...unavailable,
      ])
    }
    expect(await stateOf(actor)).toBe('none')
    gateway.mode = 'other'
    expect(await finishCertify(deps, actor, orderId)).toBe('failed')
    expect(await stateOf(actor)).toBe('none')
  })

  it('asks by its own order, whatever a waiting page does, and once in two seconds', async () => {
    const { actor } = await fresh()
    const { actor: other } = await fresh()
    const { orderId } = await beginCertify(deps, actor)
    expect(await outcomeOf(pollCertify(deps, other, orderId))).toEqual(['not-found'])
    expect(await pollCertify(deps, actor, orderId)).toBe('pending')
    gateway.settle(outer(orderId), 'passed')
    expect(await pollCertify(deps, actor, orderId)).toBe('pending')
    deps.clock.advance(2_000)
    expect(await pollCertify(deps, actor, orderId)).toBe('passed')
    expect(await pollCertify(deps, actor, orderId)).toBe('passed')
    expect(await stateOf(actor)).toBe('verified')
  })

  it('is called back as often as Alipay likes, and verifies once', async () => {
    const { actor } = await fresh()
    const { orderId } = await beginCertify(deps, actor)
    const { certifyId } = gateway.settle(outer(orderId), 'passed')
    const named = { outer_order_no: outer(orderId), certify_id: certifyId }
    await Promise.all([notify(named), notify(named), finishCertify(deps, actor, orderId)])
    await notify({ biz_content: JSON.stringify(named) })
    expect(await stateOf(actor)).toBe('verified')
    expect(await eventsOf(actor)).toEqual(['certify.begun', 'identity.verified'])
  })

  it('finds the order in the content of a notice too', async () => {
    const { actor } = await fresh()
    const { orderId } = await beginCertify(deps, actor)
    gateway.settle(outer(orderId), 'passed')
    await notify({ biz_content: JSON.stringify({ outer_order_no: outer(orderId) }) })
    expect(await stateOf(actor)).toBe('verified')
  })

  it('refuses a notice that Alipay did not sign for us, and one that was changed', async () => {
    const { actor } = await fresh()
    const { orderId } = await beginCertify(deps, actor)
    gateway.settle(outer(orderId), 'passed')
    const named = { outer_order_no: outer(orderId) }
    const right = gateway.notice(named)
    const { sign: _sign, ...unsigned } = right
    const before = gateway.asked.length
    for (const fields of [
      {},
      unsigned,
      gateway.notice(named, newGatewayKeys().alipay.privateKey),
      { ...right, passed: 'T' },
      { ...right, sign_type: 'RSA' },
      { ...right, sign_type: 'none' },
      gateway.notice({ ...named, app_id: '2021000000000002' }),
    ])
      expect(await outcomeOf(acceptCertifyNotice(deps, null, fields))).toEqual([
        'refused',
        'certify-notice-unsigned',
      ])
    expect(gateway.asked.length).toBe(before)
    expect(await stateOf(actor)).toBe('none')
    await acceptCertifyNotice(deps, null, right)
    expect(await stateOf(actor)).toBe('verified')
  })

  it('asks about the order a notice names, believes nothing else of it, and touches nobody else', async () => {
    const [{ actor }, { actor: other }] = [await fresh(), await fresh()]
    const { orderId } = await beginCertify(deps, actor)
    const { orderId: others } = await beginCertify(deps, other)
    gateway.settle(outer(orderId), 'passed')
    await notify({ outer_order_no: outer(others), passed: 'T' })
    expect([await stateOf(actor), await stateOf(other)]).toEqual(['none', 'none'])
    // Two names that are not one order.
    const { certifyId } = gateway.settle(outer(others), 'passed')
    await notify({ outer_order_no: outer(orderId), certify_id: certifyId })
    expect([await stateOf(actor), await stateOf(other)]).toEqual(['none', 'none'])
    await notify({ outer_order_no: outer(others) })
    expect([await stateOf(actor), await stateOf(other)]).toEqual(['none', 'verified'])
  })

  it('has nothing to do for an order it does not know, and wants to be called again where Alipay does not answer', async () => {
    const strange = ['0'.repeat(32), 'ZGYD2026', '', '\u0000']
    for (const outer_order_no of strange) await notify({ outer_order_no })
    await notify({ biz_content: 'not json' })
    const { actor } = await fresh()
    const { orderId } = await beginCertify(deps, actor)
    gateway.settle(outer(orderId), 'passed')
    gateway.mode = 'down'
    expect(await outcomeOf(notify({ outer_order_no: outer(orderId) }))).toEqual(unavailable)
    expect(await stateOf(actor)).toBe('none')
    gateway.mode = 'answers'
    await notify({ outer_order_no: outer(orderId) })
    expect(await stateOf(actor)).toBe('verified')
  })

  it('leaves who was verified by documents meanwhile as they are', async () => {
    const { actor } = await fresh()
    const { orderId } = await beginCertify(deps, actor)
    const { t } = deps.store
    await deps.store.tx((q) =>
      q
        .update(t.account)
        .set({ identityState: 'verified', identityMethod: 'documents', identityAt: deps.clock.now() })
        .where(and(eq(t.account.id, actor.id))),
    )
    gateway.settle(outer(orderId), 'passed')
    expect(await finishCertify(deps, actor, orderId)).toBe('passed')
    expect(await identityView(deps, actor)).toMatchObject({ verified: true, method: 'documents' })
    expect(await eventsOf(actor)).toEqual(['certify.begun', 'certify.passed'])
    expect(await outcomeOf(beginCertify(deps, actor))).toEqual(['refused', 'identity-already-verified'])
  })

  it('ends the pictures that were sent instead, when a notice says that it passed', async () => {
    const { actor } = await fresh()
    const caseId = await submittedIdentity(deps, actor, '440100')
    const { orderId } = await beginCertify(deps, actor)
    gateway.settle(outer(orderId), 'passed')
    await notify({ outer_order_no: outer(orderId) })
    expect((await caseRow(deps, caseId)).state).toBe('cancelled')
    expect(await stateOf(actor)).toBe('verified')
  })

  it('does not verify an account that is no longer active', async () => {
    const { actor } = await fresh()
    const { orderId } = await beginCertify(deps, actor)
    const { t } = deps.store
    await deps.store.tx((q) =>
      q.update(t.account).set({ status: 'closed' }).where(eq(t.account.id, actor.id)),
    )
    gateway.settle(outer(orderId), 'passed')
    await notify({ outer_order_no: outer(orderId) })
    expect(await stateOf(actor)).toBe('none')
  })

  it('ends an order after fifteen minutes, unless it had passed by then', async () => {
    const [{ actor: late }, { actor: quick }] = [await fresh(), await fresh()]
    const { orderId } = await beginCertify(deps, late)
    const { orderId: passed } = await beginCertify(deps, quick)
    gateway.settle(outer(passed), 'passed')
    deps.clock.advance(15 * minute)
    expect(await certifyView(deps, late, orderId)).toMatchObject({ certifyUrl: null })
    expect(await identityView(deps, late)).toMatchObject({ order: { id: orderId, open: false } })
    expect(await finishCertify(deps, late, orderId)).toBe('failed')
    expect(await finishCertify(deps, quick, passed)).toBe('passed')
    expect(await stateOf(quick)).toBe('verified')
    expect((await beginCertify(deps, late)).orderId).not.toBe(orderId)
  })

  it('begins ten orders an hour for one person, and no more', async () => {
    const { actor } = await fresh()
    const round = async () => {
      const { orderId } = await beginCertify(deps, actor)
      await finishCertify(deps, actor, orderId, { giveUp: true })
    }
    for (let times = 0; times < 10; times += 1) await round()
    expect(await outcomeOf(round())).toEqual(['refused', 'certify-too-many'])
    deps.clock.advance(60 * minute)
    expect(await outcomeOf(round())).toEqual(['done'])
  })

  it('has no stand-in beside it, demo or not', async () => {
    const { actor } = await fresh()
    const { orderId } = await beginCertify(deps, actor)
    for (const demo of [true, false]) {
      const there = { ...deps, env: { ...deps.env, demo } }
      expect(await outcomeOf(demoCertify(there, actor, { orderId, passed: true }))).toEqual(['not-found'])
      expect(await demoCertifyView(there, actor, orderId)).toBeNull()
    }
  })

  it('shows nobody another person’s order', async () => {
    const [{ actor }, { actor: other }] = [await fresh(), await fresh()]
    const { orderId } = await beginCertify(deps, actor)
    expect(await certifyView(deps, other, orderId)).toBeNull()
    expect(await outcomeOf(finishCertify(deps, other, orderId, { giveUp: true }))).toEqual(['not-found'])
    expect(await certifyView({ ...deps, identity: null }, actor, orderId)).toBeNull()
    const off = { ...deps, identity: null }
    expect(await outcomeOf(acceptCertifyNotice(off, null, {}))).toEqual(['not-found'])
    expect(await outcomeOf(finishCertify(off, actor, orderId))).toEqual(['not-found'])
  })
})
