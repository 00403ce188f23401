import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { askCertify, restartCertify, startCertify } from '#app/(applicant)/identity/actions.ts'
import CertifyPage from '#app/(applicant)/identity/alipay/[order]/page.tsx'
import { POST as askState } from '#app/(applicant)/identity/alipay/[order]/state/route.ts'
import { POST as callBack } from '#app/(applicant)/identity/alipay/callback/route.ts'
import IdentityPage from '#app/(applicant)/identity/page.tsx'
import { openSession } from '#lib/auth/session-rows.ts'
import { identityOf } from '#lib/deps.ts'
import { type AlipayGateway, startAlipayGateway } from '#tests/support/alipay-gateway.ts'
import { makeApplicant, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { ended, jar } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)

const shown = async (page: Promise<React.ReactNode>) => renderToStaticMarkup(await page)
const outer = (order: string) => order.replaceAll('-', '')

describeEachEngine('pages and addresses of 支付宝实名认证 (IDV-2)', (open) => {
  let gateway: AlipayGateway
  let deps: TestDeps
  let personId: string
  beforeAll(async () => {
    gateway = await startAlipayGateway()
    deps = testDeps(await open(), { env: { ...gateway.env } })
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
  })
  beforeEach(async () => {
    gateway.mode = 'answers'
    jar.clear()
    personId = (await makeApplicant(deps, { verified: false })).actor.id
    await signIn(personId)
  })
  afterAll(() => gateway.stop())

  const signIn = async (accountId: string) =>
    void jar.set('sid', { value: await openSession(deps, { accountId, address: '', agent: '' }) })
  const post = (action: (data: FormData) => Promise<void>, order = '') => {
    const data = new FormData()
    data.append('order', order)
    return ended(action(data))
  }
  const begin = async () =>
    /^303 \/identity\/alipay\/([\da-f-]{36})$/.exec(await post(startCertify))?.[1] ?? ''
  const qrPage = (order: string) => shown(CertifyPage({ params: Promise.resolve({ order }) }))
  const identityPage = (search = {}) => shown(IdentityPage({ searchParams: Promise.resolve(search) }))
  const state = async (order: string) => {
    const answer = await askState(new Request('http://x', { method: 'POST' }), {
      params: Promise.resolve({ order }),
    })
    return { status: answer.status, ...(await answer.json()) }
  }
  const called = async (fields: Readonly<Record<string, string>>, more = {}) => {
    const body = new URLSearchParams(fields).toString()
    const headers = { 'content-length': String(Buffer.byteLength(body)), ...more }
    const answer = await callBack(new Request('http://x', { method: 'POST', body, headers }))
    return `${answer.status} ${await answer.text()}`
  }

  it('lead to a page of ours first, with the way to Alipay as code and as link, and no form that posts there', async () => {
    const order = await begin()
    const page = await qrPage(order)
    expect(page).toContain('<h1 class="text-h1">支付宝实名认证</h1>')
    expect(page).toMatch(/<svg role="img" aria-label="支付宝实名认证二维码/)
    expect(page).toContain('10:15 之前有效')
    expect(
      page.match(new RegExp(`<a href="${gateway.url}[^"]*"[^>]*>在本机打开支付宝</a>`, 'g')),
    ).toHaveLength(1)
    expect(page).not.toContain('style=')
    expect(page).not.toMatch(/<form[^>]*action="http/)
    expect(await identityPage()).toContain(`href="/identity/alipay/${order}"`)
    expect(await post(startCertify)).toBe(`303 /identity/alipay/${order}`)
  })

  it('say in words that Alipay does not answer', async () => {
    gateway.mode = 'down'
    const to = await post(startCertify)
    const echo = /^303 \/identity\?echo=([\w-]{43})#errors$/.exec(to)?.[1]
    expect(await identityPage({ echo })).toContain('支付宝暂时没有回应，请稍后再试，或使用线上实名认证')
  })

  it('are shown to their owner alone', async () => {
    const order = await begin()
    await signIn((await makeApplicant(deps, { verified: false })).actor.id)
    expect(await ended(qrPage(order))).toBe('404')
    expect(await state(order)).toEqual({ status: 404 })
    jar.clear()
    expect(await ended(qrPage(order))).toBe('303 /login')
    expect(await state(order)).toEqual({ status: 401 })
  })

  it('tell a page that waits how the order stands, also while Alipay does not answer', async () => {
    const order = await begin()
    expect(await state(order)).toEqual({ status: 200, state: 'pending' })
    gateway.settle(outer(order), 'passed')
    deps.clock.advance(3_000)
    gateway.mode = 'down'
    expect(await state(order)).toEqual({ status: 200, state: 'pending' })
    gateway.mode = 'answers'
    deps.clock.advance(3_000)
    expect(await state(order)).toEqual({ status: 200, state: 'passed' })
    expect(await identityPage()).toContain('实名认证已经完成')
    expect(await qrPage(order)).not.toContain('<svg role="img"')
  })

  it('come back from Alipay to a page that says what is still to be asked', async () => {
    const order = await begin()
    gateway.settle(outer(order), 'passed')
    // Whatever the return address carries.
    expect(await identityPage({ passed: 'T', certify_id: 'x' })).toContain('查询认证结果')
    expect(await post(askCertify, order)).toBe('303 /identity')
    expect(await identityPage()).toContain('实名认证已经完成')
  })

  it('begin anew, unless it had passed after all', async () => {
    const order = await begin()
    gateway.settle(outer(order), 'no')
    const next = /alipay\/([\da-f-]{36})$/.exec(await post(restartCertify, order))?.[1] ?? ''
    expect(next).not.toBe(order)
    expect(await qrPage(order)).toContain('这次认证已经结束或超过 15 分钟')
    gateway.settle(outer(next), 'passed')
    expect(await post(restartCertify, next)).toBe('303 /identity')
    expect(await identityPage()).toContain('实名认证已经完成')
  })

  it('answer Alipay’s server in its words, without a session', async () => {
    const order = await begin()
    jar.clear()
    gateway.settle(outer(order), 'passed')
    const notice = gateway.notice({ outer_order_no: outer(order), subject: '中文 & = %41+' })
    expect(await called({ ...notice, passed: 'T' })).toBe('403 fail')
    expect(await called({})).toBe('403 fail')
    gateway.mode = 'down'
    expect(await called(notice)).toBe('200 fail')
    gateway.mode = 'answers'
    expect(await called(notice, { 'content-length': String(64 * 1024 + 1) })).toBe('413 fail')
    expect(await called(notice)).toBe('200 success')
    expect(await called(notice)).toBe('200 success')
    expect(await called(gateway.notice({ outer_order_no: 'unknown' }))).toBe('200 success')
    await signIn(personId)
    expect(await identityPage()).toContain('实名认证已经完成')
    const off = { ...deps, identity: null }
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(off))
    expect(await called(notice)).toBe('404 fail')
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
  })

  it('keep the short way of the demonstration: its stand-in is a page of ours', async () => {
    const env = { ...deps.env, identity: { provider: 'demo' } as const }
    const demo = { ...deps, env, identity: identityOf(env, deps.store, deps.clock) }
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(demo))
    const order = /^303 \/identity\/certify\/([\da-f-]{36})$/.exec(await post(startCertify))?.[1] ?? ''
    expect(await qrPage(order)).toContain(`href="${deps.env.origin}/identity/certify/${order}"`)
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
  })
})
