import { generateSync } from 'otplib'
import { beforeEach, expect, it, vi } from 'vitest'
import { submitSignIn } from '#app/(public)/login/actions.ts'
import LoginPage from '#app/(public)/login/page.tsx'
import { applicantPage, holderPage, personPage, signedInPage, staffPage } from '#lib/auth/pages.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { makeApplicant, makeStaff, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { ended, jar, posted, shown } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

const asked = vi.hoisted(() => ({ path: '' }))
vi.mock('next/headers', async () => ({
  ...(await import('#tests/support/next-side.ts')).headersSide,
  headers: async () => new Headers({ 'x-client-ip': '192.0.2.7', 'x-path': asked.path }),
}))
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)
vi.mock('#lib/auth/next-auth.ts', () => ({ startSession: async () => undefined }))

const password = 'correct horse 42'
const evil = ['//evil.example', '/\\evil.example', 'https://evil.example/', '/%2f/../..//evil.example']

describeEachEngine('a page that needs signing in (SEC-5)', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open(), { env: { CAPTCHA_FIXED: '12345' } })
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
    asked.path = ''
  })
  const hidden = (page: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1]
  const captcha = async () => ({
    captcha: '12345',
    captchaToken: hidden(await shown(LoginPage), 'captchaToken') ?? '',
  })

  it('names itself to sign-in, whoever it is for', async () => {
    asked.path = '/collection/education/row002'
    for (const page of [applicantPage, personPage, holderPage, signedInPage, staffPage])
      expect(await ended(page())).toBe('303 /login?next=%2Fcollection%2Feducation%2Frow002')
  })

  it('is come back to after signing in, also over a wrong password', async () => {
    const { phone } = await makeApplicant(deps, { password })
    const next = '/collection/education/row002'
    const page = await shown(LoginPage, { next })
    expect(hidden(page, 'next')).toBe(next)
    const to = await posted(submitSignIn, { login: phone, password: 'wrong', next, ...(await captcha()) })
    expect(to).toMatch(/^303 \/login\?echo=/)
    const again = await shown(LoginPage, {
      echo: new URL(to.slice(4), 'http://x').searchParams.get('echo') ?? '',
    })
    expect(hidden(again, 'next')).toBe(next)
    expect(await posted(submitSignIn, { login: phone, password, next, ...(await captcha()) })).toBe(
      `303 ${next}`,
    )
  })

  it('is come back to by staff too, if it is theirs', async () => {
    const { login, totpSecret } = await makeStaff(deps, { role: 'operator', password })
    const signIn = async (next: string) => {
      deps.clock.advance(60_000)
      const epoch = Math.floor(deps.clock.now().getTime() / 1000)
      const totp = generateSync({ strategy: 'totp', secret: totpSecret, epoch })
      return posted(submitSignIn, { login, password, totp, next, ...(await captcha()) })
    }
    expect(await signIn('/staff/invite')).toBe('303 /staff/invite')
    expect(await signIn('/collection/basic')).toBe('303 /review')
    expect(await signIn('')).toBe('303 /review')
  })

  it('never leads off the site', async () => {
    const { phone } = await makeApplicant(deps, { password })
    for (const next of evil) {
      expect(hidden(await shown(LoginPage, { next }), 'next'), next).toBeUndefined()
      expect(await posted(submitSignIn, { login: phone, password, next, ...(await captcha()) }), next).toBe(
        '303 /',
      )
    }
  })

  it('is gone to at once by who is signed in meanwhile', async () => {
    const { actor } = await makeApplicant(deps)
    jar.set('sid', { value: await openSession(deps, { accountId: actor.id, address: '', agent: '' }) })
    expect(await shown(LoginPage, { next: '/collection/basic' })).toBe('303 /collection/basic')
    for (const next of [undefined, ...evil]) expect(await shown(LoginPage, { next })).toBe('303 /')
  })
})
