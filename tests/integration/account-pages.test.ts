import { eq } from 'drizzle-orm'
import { beforeEach, expect, it, vi } from 'vitest'
import ClosePage from '#app/(account)/account/close/page.tsx'
import ExportPage from '#app/(account)/account/export/page.tsx'
import AccountOverviewPage from '#app/(account)/account/page.tsx'
import { submitPassword } from '#app/(account)/account/password/actions.ts'
import PasswordPage from '#app/(account)/account/password/page.tsx'
import { submitPhone } from '#app/(account)/account/phone/actions.ts'
import PhonePage from '#app/(account)/account/phone/page.tsx'
import { endDevice } from '#app/(account)/account/sessions/actions.ts'
import SessionsPage from '#app/(account)/account/sessions/page.tsx'
import { submitRecovery } from '#app/(public)/forgot-password/actions.ts'
import ForgotPasswordPage from '#app/(public)/forgot-password/page.tsx'
import LoginPage from '#app/(public)/login/page.tsx'
import { keep } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { sentCode } from '#tests/support/codes.ts'
import { makeApplicant, makeStaff, newPhone, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { jar, posted, type ShownPage, shown } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)
vi.mock('#lib/auth/next-auth.ts', () => ({
  startSession: async () => undefined,
  endSession: async () => undefined,
}))

const echoIn = (address: string) => new URL(address.slice(4), 'http://x').searchParams.get('echo') ?? ''

describeEachEngine('the pages of 我的账户 and who opens them (ACC-8)', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open(), { env: { CAPTCHA_FIXED: '12345' } })
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
  })
  const enter = async (accountId: string) =>
    void jar.set('sid', {
      value: await openSession(deps, { accountId, address: '192.0.2.7', agent: 'Chrome/1 Windows' }),
    })

  const pages: readonly [ShownPage, string][] = [
    [AccountOverviewPage, '我的账户'],
    [PasswordPage, '修改密码'],
    [PhonePage, '更换手机号'],
    [SessionsPage, '登录设备与记录'],
    [ExportPage, '导出本人信息'],
    [ClosePage, '注销账户'],
  ]
  const opened = async () => {
    const found: string[] = []
    for (const [page, title] of pages)
      if ((await shown(page)).includes(`<h1 class="text-h1">${title}</h1>`)) found.push(title)
    return found
  }

  it('an applicant opens all, staff what concerns them, a claimant their devices', async () => {
    const { actor } = await makeApplicant(deps)
    await enter(actor.id)
    expect(await opened()).toEqual(pages.map(([, title]) => title))
    const { account } = deps.store.t
    await deps.store.tx((q) => q.update(account).set({ status: 'claiming' }).where(eq(account.id, actor.id)))
    expect(await opened()).toEqual(['我的账户', '登录设备与记录'])
    expect(await shown(PasswordPage)).toBe('404')
    await enter((await makeStaff(deps, { role: 'operator' })).actor.id)
    expect(await opened()).toEqual(['我的账户', '修改密码', '登录设备与记录', '导出本人信息'])
    expect(await shown(ClosePage)).toBe('404')
    expect(await shown(PasswordPage)).toContain('动态验证码')
    jar.clear()
    expect(await opened()).toEqual([])
    expect(await shown(AccountOverviewPage)).toBe('303 /login')
  })

  it('the overview shows name, number and phone masked, and lists what can be done', async () => {
    const { actor, number } = await makeApplicant(deps, {
      name: '欧阳明',
      phone: '13812345678',
      verified: false,
    })
    await enter(actor.id)
    const page = await shown(AccountOverviewPage)
    for (const shownThere of ['欧阳*', '138****5678', '未认证', '1 台设备已登录', '/account/close'])
      expect(page).toContain(shownThere)
    for (const hidden of [number, '13812345678', '欧阳明']) expect(page).not.toContain(hidden)
  })

  it('a refused password comes back with its issue and without the passwords', async () => {
    const { actor } = await makeApplicant(deps, { password: 'correct horse 42' })
    await enter(actor.id)
    const typed = {
      currentPassword: 'wrong secret',
      newPassword: 'another horse 1',
      newPasswordAgain: 'another horse 1',
    }
    const to = await posted(submitPassword, typed)
    expect(to).toMatch(/^303 \/account\/password\?echo=[\w-]{43}#errors$/)
    const page = await shown(PasswordPage, { echo: echoIn(to) })
    expect(page).toContain('当前密码不对')
    expect(page).not.toContain('horse')
    expect(await posted(submitPassword, { ...typed, currentPassword: 'correct horse 42' })).toBe(
      '303 /account/password?done=1#main',
    )
    expect(await shown(PasswordPage, { done: '1' })).toContain('密码已经修改')
  })

  it('an echo of another page is none of these', async () => {
    const { actor } = await makeApplicant(deps)
    await enter(actor.id)
    const issues = [{ at: 'x', code: 'code-wrong' }]
    const echo = await keep({
      page: '/collection/basic',
      form: new Form({}),
      secret: [],
      issues,
      notice: '',
      ownerId: actor.id,
    })
    expect(await shown(PasswordPage, { echo })).not.toContain('id="errors"')
  })

  it('sends a code to either phone and offers to release one that is held, to its holder alone', async () => {
    const { actor, phone } = await makeApplicant(deps)
    const other = await makeApplicant(deps)
    await enter(actor.id)
    const captcha = async () => {
      const page = await shown(PhonePage)
      return { captcha: '12345', captchaToken: /name="captchaToken" value="([^"]+)"/.exec(page)?.[1] ?? '' }
    }
    const form = { newPhone: other.phone, codeNew: '', codeOld: '' }
    const toNew = await posted(submitPhone, { ...form, ...(await captcha()), intent: 'code-new' })
    expect(toNew).toMatch(/^303 \/account\/phone\?echo=[\w-]{43}#codeNew$/)
    const afterNew = await shown(PhonePage, { echo: echoIn(toNew) })
    expect(afterNew).toContain(`value="${other.phone}"`)
    expect(afterNew).not.toContain('手机号现在由我使用')
    const toOld = await posted(submitPhone, { ...form, ...(await captcha()), intent: 'code-old' })
    expect(toOld).toMatch(/#codeOld$/)
    expect(await shown(PhonePage, { echo: echoIn(toOld) })).not.toContain(phone)

    const browser = jar.get('eb')?.value ?? ''
    deps.clock.advance(1000)
    const codeNew = await sentCode(deps, other.phone, 'phone-new', browser)
    const codeOld = await sentCode(deps, phone, 'phone-old', browser)
    const held = await posted(submitPhone, { ...form, codeNew, codeOld, intent: 'change' })
    const page = await shown(PhonePage, { echo: echoIn(held) })
    expect(page).toContain('登记在另一个账户')
    expect(page).toContain('手机号现在由我使用')
    expect(page).not.toContain(codeNew)
    expect(await posted(submitPhone, { ...form, codeNew, codeOld, release: '1', intent: 'change' })).toBe(
      '303 /account/phone?done=1#main',
    )
    await enter(other.actor.id)
    expect(await shown(PhonePage)).toContain('现在没有登记手机号')
    expect(
      await posted(submitPhone, { newPhone: newPhone(), ...(await captcha()), intent: 'code-old' }),
    ).toBe('404')
  })

  it('ends a device of one’s own from its list', async () => {
    const { actor } = await makeApplicant(deps)
    await enter(actor.id)
    await enter(actor.id)
    const session = /name="session" value="([0-9a-f]{64})"/.exec(await shown(SessionsPage))?.[1] ?? ''
    expect(await posted(endDevice, { session: 'x' })).toBe('404')
    expect(await posted(endDevice, { session })).toBe('303 /account/sessions?done=ended#main')
    expect(await shown(SessionsPage, { done: 'ended' })).not.toContain('name="session"')
  })

  it('找回密码 leads to sign-in, signs nobody in, and a refusal keeps all but secrets', async () => {
    const person = await makeApplicant(deps, { name: '欧阳明' })
    const form = {
      idNumber: person.number,
      name: person.name,
      phone: person.phone,
      code: '123456',
      newPassword: 'another horse 1',
      newPasswordAgain: 'another horse 1',
    }
    const to = await posted(submitRecovery, form)
    expect(to).toMatch(/^303 \/forgot-password\?echo=[\w-]{43}#errors$/)
    const page = await shown(ForgotPasswordPage, { echo: echoIn(to) })
    expect(page).toContain('填写的信息与注册时的不一致')
    expect(page).toContain(`value="${person.number}"`)
    for (const hidden of ['horse', '123456']) expect(page).not.toContain(hidden)
    const code = await sentCode(deps, person.phone, 'recover', jar.get('eb')?.value)
    expect(await posted(submitRecovery, { ...form, code })).toBe('303 /login?done=reset')
    expect(jar.has('sid')).toBe(false)
    expect(await shown(LoginPage, { done: 'reset' })).toContain('密码已重置')
    expect(await shown(LoginPage)).toContain('href="/forgot-password"')
    await enter(person.actor.id)
    expect(await shown(ForgotPasswordPage)).toBe('303 /')
  })
})
