import { generateSync } from 'otplib'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, it, vi } from 'vitest'
import { confirm, finish } from '#app/(account)/account/factor/actions.ts'
import FactorPage from '#app/(account)/account/factor/page.tsx'
import MemberPage from '#app/(operator)/staff/[accountId]/page.tsx'
import { give, invite, renew, revoke, search } from '#app/(operator)/staff/actions.ts'
import InvitePage from '#app/(operator)/staff/invite/page.tsx'
import StaffPage from '#app/(operator)/staff/page.tsx'
import { accept } from '#app/(public)/invitations/[token]/actions.ts'
import InvitationPage from '#app/(public)/invitations/[token]/page.tsx'
import { openSession } from '#lib/auth/session-rows.ts'
import { inviteOperator } from '#lib/commands/invite-operator.ts'
import { newSecret, secretId } from '#lib/ids.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { ended, jar, posted } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

const next = vi.hoisted(() => ({ signsIn: '' }))
vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)
vi.mock('#lib/auth/next-auth.ts', () => ({
  startSession: async ({ accountId }: { accountId: string }) => {
    next.signsIn = accountId
  },
}))

const searchOf = (answer: string) =>
  Promise.resolve(Object.fromEntries(new URL(answer.slice(4), 'http://a').searchParams))
const html = async (page: Promise<React.ReactNode>) => renderToStaticMarkup(await page)
/** Every error a page shows at a control or in its list, once. */
const errors = (page: string) => [
  ...new Set([...page.matchAll(/<a href="#([\w-]+)" class="font-medium text-bad/g)].map(([, at]) => at)),
]
const linkIn = (page: string) => /http:\/\/[\w.:]+\/invitations\/([\w-]{43})/.exec(page)?.[1] ?? ''
const secretIn = (page: string) =>
  /<code[^>]*>([A-Z2-7 ]{39})<\/code>/.exec(page)?.[1]?.replaceAll(' ', '') ?? ''
const codesIn = (page: string) =>
  [...page.matchAll(/<code[^>]*>([A-Z2-9]{5}-[A-Z2-9]{5})<\/code>/g)].map(([, code]) => code)

const ticketIn = (page: string) => /name="ticket" value="([^"]+)"/.exec(page)?.[1] ?? ''

describeEachEngine('the pages of staff accounts (ACC-10)', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
    await seedDepartments(deps)
    return () => deps.store.close()
  })
  const signIn = async (accountId: string) =>
    void jar.set('sid', { value: await openSession(deps, { accountId, address: '', agent: '' }) })
  const codeOf = (secret: string) =>
    generateSync({ strategy: 'totp', secret, epoch: Math.floor(deps.clock.now().getTime() / 1000) })
  const invitation = (token: string, answer = '303 /') =>
    html(InvitationPage({ params: Promise.resolve({ token }), searchParams: searchOf(answer) }))
  const staff = (answer = '303 /') => html(StaffPage({ searchParams: searchOf(answer) }))
  const member = (accountId: string, answer = '303 /') =>
    html(MemberPage({ params: Promise.resolve({ accountId }), searchParams: searchOf(answer) }))
  const factor = (answer = '303 /') => html(FactorPage({ searchParams: searchOf(answer) }))
  const echoes = async () => JSON.stringify(await deps.store.read.select().from(deps.store.t.echo))

  it('lead an invited person from the link to their recovery codes, and keep its secret nowhere', async () => {
    const { token } = await inviteOperator(deps, null, { name: '唐宁' })
    const page = await invitation(token)
    expect(page).toContain('唐宁，请设置您的登录方式')
    expect(page).toContain('aria-label="身份验证器二维码"')
    expect(page).not.toContain('style=')
    const totp = codeOf(secretIn(page))
    const ticket = ticketIn(page)
    const typed = { token, ticket, login: 'Tang', password: 'short', passwordAgain: 'short', totp }
    const back = await posted(accept, typed)
    expect(back).toMatch(new RegExp(`^303 /invitations/${token}\\?echo=[\\w-]{43}#errors$`))
    const again = await invitation(token, back)
    expect(errors(again)).toEqual(['password'])
    expect(again).toContain('value="Tang"')
    expect(again).not.toContain('value="short"')
    expect(secretIn(again)).toBe(secretIn(page))
    expect(await echoes()).not.toContain(token)

    const word = 'correct horse 42'
    const on = await posted(accept, { ...typed, password: word, passwordAgain: word })
    expect(on).toMatch(/^303 \/account\/factor\?echo=[\w-]{43}#main$/)
    await signIn(next.signsIn)
    const shown = codesIn(await factor(on))
    expect(shown).toHaveLength(10)
    // There were none before.
    expect(await factor(on)).not.toContain('以前的恢复码')
    for (const code of shown) expect(await echoes()).not.toContain(code)
    expect(codesIn(await factor())).toEqual([])
    await signIn((await makeStaff(deps, { role: 'operator' })).actor.id)
    expect(codesIn(await factor(on))).toEqual([])
  })

  it('say the same of every link that lets nobody in, before and after a form is posted to it', async () => {
    const { token } = await inviteOperator(deps, null, { name: '唐宁' })
    const { token: old } = await inviteOperator(deps, null, { name: '唐宁' })
    const operator = await makeStaff(deps, { role: 'operator' })
    await signIn(operator.actor.id)
    expect(await posted(revoke, { invitation: secretId(token), account: '' })).toBe(
      '303 /staff?tab=open&done=revoked#main',
    )
    jar.delete('sid')
    deps.clock.advance(72 * 3_600_000)
    const pages = await Promise.all([token, old, newSecret(), 'x'].map((one) => invitation(one)))
    expect(new Set(pages).size).toBe(1)
    expect(pages[0]).toContain('链接已失效，请向邀请人索要新的链接。')
    expect(pages[0]).not.toContain('<form')
    for (const one of [token, old, newSecret()]) {
      const back = await posted(accept, { token: one, login: 'a' })
      expect(await invitation(one, back)).toBe(pages[0])
    }
  })

  it('show a made link once, to who made it', async () => {
    const manager = await makeStaff(deps, { role: 'manager', departmentId: '440100' })
    await signIn(manager.actor.id)
    const form = (answer = '303 /') => html(InvitePage({ searchParams: searchOf(answer) }))
    const page = await form()
    const options = [...page.matchAll(/<select[^>]*name="department\.(\d)"/g)].map(([, level]) => level)
    expect(options).toEqual(['1', '2', '3'])
    expect(page).toMatch(/<option value="440100" selected="">/)
    expect(page).not.toContain('平台运维')
    expect(errors(await form(await posted(invite, { name: '', turn: 't' })))).toEqual(['name', 'role'])

    const typed = { name: '新审核', role: 'reviewer', 'department.1': '440000', 'department.2': '440100' }
    const levels = await form(await posted(invite, { ...typed, intent: 'levels' }))
    expect(errors(levels)).toEqual([])
    expect(levels).toContain('value="新审核"')
    const on = await posted(invite, { ...typed, turn: 't' })
    const made = await form(on)
    expect(made).toContain('新审核本人')
    expect(made).not.toContain('value="新审核"')
    expect(await invitation(linkIn(made))).toContain('审核员 · 广东省广州市')
    expect(await echoes()).not.toContain(linkIn(made))
    expect(linkIn(await form())).toBe('')
    expect(await staff('303 /staff?tab=open')).toContain('新审核')
  })

  it('list the staff, find one of them, and keep names out of addresses', async () => {
    const manager = await makeStaff(deps, { role: 'manager', departmentId: '440100', name: '梁志强' })
    await makeStaff(deps, { role: 'reviewer', departmentId: '440106', name: '何静' })
    await signIn(manager.actor.id)
    const all = await staff()
    for (const name of ['梁志强', '何静', '审核员 · 广东省广州市天河区']) expect(all).toContain(name)
    const on = await posted(search, { search: '何静' })
    expect(on).toMatch(/^303 \/staff\?echo=[\w-]{43}#main$/)
    const found = await staff(on)
    expect(found).toContain('何静')
    expect(found).not.toContain('梁志强')
    expect(await staff(await posted(search, { search: '没有' }))).toContain('没有找到这位人员')
  })

  it('of one member offer what may be done, and nothing for oneself', async () => {
    const manager = await makeStaff(deps, { role: 'manager', departmentId: '440100' })
    const one = await makeStaff(deps, { role: 'reviewer', departmentId: '440106', name: '何静' })
    const { id: account } = one.actor
    await signIn(manager.actor.id)
    expect(await member(manager.actor.id)).not.toContain('停用账户')
    expect(await member(manager.actor.id)).toContain('权限和状态由上级部门管理')
    const operator = await makeStaff(deps, { role: 'operator' })
    await signIn(operator.actor.id)
    expect(await member(operator.actor.id)).toContain('权限和状态由其他平台运维人员管理')
    await signIn(manager.actor.id)
    const page = await member(account)
    for (const word of ['结束权限', '增加权限', '重新设置登录方式', '停用账户']) expect(page).toContain(word)
    const back = await posted(give, { account, role: 'reviewer', until: 'x' })
    expect(errors(await member(account, back))).toEqual(['department', 'until'])
    const typed = {
      account,
      role: 'viewer',
      'department.1': '440000',
      'department.2': '440100',
      until: '2026-12-31',
    }
    const given = await member(account, await posted(give, typed))
    expect(given).toContain('统计查看员')
    expect(given).toContain('2026年12月31日')
    const link = linkIn(await member(account, await posted(renew, { account, turn: 't' })))
    expect(await invitation(link)).toContain('重新设置登录方式')
    expect(await member(account)).toContain('撤销这个链接')
    expect(await posted(give, { account: 'x' })).toBe('404')
  })

  it('are no pages of who looks after nobody, and none at all of applicants', async () => {
    const manager = await makeStaff(deps, { role: 'manager', departmentId: '440100' })
    const reviewer = await makeStaff(deps, { role: 'reviewer', departmentId: '440106' })
    const applicant = await makeApplicant(deps)
    const pages = () =>
      Promise.all([
        ended(staff()),
        ended(html(InvitePage({ searchParams: searchOf('303 /') }))),
        ended(member(manager.actor.id)),
      ])
    for (const { actor } of [reviewer, applicant]) {
      await signIn(actor.id)
      expect(await pages()).toEqual(['404', '404', '404'])
      expect(await posted(invite, { name: 'x', turn: 't' })).toBe('404')
    }
    expect(await ended(factor())).toBe('404')
    jar.delete('sid')
    expect(await pages()).toEqual(['303 /login', '303 /login', '303 /login'])
  })

  it('change an authenticator in two steps, and show new recovery codes once', async () => {
    const password = 'correct horse 42'
    const { actor, totpSecret } = await makeStaff(deps, { role: 'auditor', password })
    await signIn(actor.id)
    expect(await factor()).toContain('还有 0 个恢复码可以使用。')
    expect(errors(await factor(await posted(confirm, { intent: 'factor' })))).toEqual([
      'currentPassword',
      'totp',
    ])
    const on = await posted(confirm, {
      intent: 'factor',
      currentPassword: password,
      totp: codeOf(totpSecret),
    })
    const page = await factor(on)
    const secret = secretIn(page)
    expect(secret).toHaveLength(32)
    const ticket = ticketIn(page)
    const back = await posted(finish, { ticket, totp: '' })
    expect(errors(await factor(back))).toEqual(['totp'])
    expect(secretIn(await factor(back))).toBe(secret)
    expect(await posted(finish, { ticket, totp: codeOf(secret) })).toBe(
      '303 /account/factor?done=replaced#main',
    )
    expect(secretIn(await factor(back))).toBe('')
    deps.clock.advance(30_000)
    const codes = await posted(confirm, { intent: 'codes', currentPassword: password, totp: codeOf(secret) })
    expect(codesIn(await factor(codes))).toHaveLength(10)
    expect(await factor(codes)).toContain('以前的恢复码已经失效')
    expect(await factor()).toContain('还有 10 个恢复码可以使用。')
  })
})
