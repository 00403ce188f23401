/** What one person says is theirs and another holds, and what registration got wrong: by hand, judged by two people (ACC-8, ACC-9). */
import type { Page } from '@playwright/test'
import { latestCase } from '#db/queries/cases.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { makeClaimant, newPhone } from '#tests/support/deps.ts'
import { cityOwn, pass, submitted } from './support/documents.ts'
import {
  askForCode,
  fillPerson,
  newPerson,
  register,
  sendRegistration,
  signIn,
  signOut,
  toRegistration,
  trySignIn,
} from './support/people.ts'
import { expect, type Service, test } from './support/seeded.ts'
import { choose, picture, upload } from './support/wizard.ts'

const heading = (page: Page, name: string | RegExp, level = 1) => page.getByRole('heading', { level, name })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const errors = (page: Page) => page.locator('#errors').getByRole('listitem')
const main = (page: Page) => page.getByRole('main')
const masked = (phone: string) => `${phone.slice(0, 3)}****${phone.slice(7)}`
const own = (page: Page) => page.getByRole('banner').getByRole('link', { name: /^当前用户/ })

const isOut = async (page: Page) => {
  await page.goto('/account')
  await expect(page).toHaveURL(/\/login/)
}
const cannotSignIn = async (page: Page, login: string, password: string) => {
  await page.goto('/login')
  await trySignIn(page, login, password)
  await expect(errors(page)).toContainText('登录信息不对')
}
const told = async (page: Page, title: string) => {
  await page.goto('/messages')
  await expect(heading(page, title, 2)).toBeVisible()
}

/** Consent and a picture in each slot; without script every upload draws the page anew, so that they come first. */
async function pictures(page: Page, slots: readonly string[]): Promise<void> {
  await press(page, '同意并继续')
  for (const slot of slots) await upload(page, slot, await picture.proof())
}
const idCard = ['证件人像面', '证件非人像面']
const face = [...idCard, '手持证件人像面']

/** 提交, and the number it got. */
async function send(page: Page): Promise<string> {
  await press(page, '提交')
  await expect(page.getByText('正在初审，之后由另一名工作人员复审。')).toBeVisible()
  const number = /受理编号 ([GS]\d{16})/.exec((await main(page).textContent()) ?? '')?.[1] ?? ''
  expect(number).not.toBe('')
  return number
}

async function sendAppeal(page: Page, story: string): Promise<string> {
  await pictures(page, face)
  await page.getByLabel('情况说明').fill(story)
  await page.getByLabel('所在省市').selectOption({ label: '广州市' })
  return send(page)
}

/** A reviewer at a case they found by its number. */
async function openCase(page: Page, service: Service, reviewer: Staff, number: string): Promise<void> {
  await service.enter(page.context(), reviewer)
  await page.goto(`/review?number=${number}`)
  await page.getByRole('link', { name: number }).click()
  await expect(heading(page, new RegExp(number))).toBeVisible()
}

async function idOf({ deps }: Service, personId: string, kind: 'appeal' | 'correction'): Promise<string> {
  return (await latestCase(deps.store.read, deps.store.t, personId, kind))?.id ?? ''
}

test('ACC-9: a number somebody else holds is claimed by pictures and granted by two people', async ({
  page,
  other,
  service,
}) => {
  const holder = await service.applicant('fresh')
  const person = { ...newPerson(), idNumber: holder.login }
  await toRegistration(page)
  await fillPerson(page, person)
  const code = await askForCode(page, person.phone)
  const claim = page.getByLabel('我要申诉：这个证件号码是我本人的')
  await expect(claim).toHaveCount(0)
  await sendRegistration(page, code, person.password)
  await expect(errors(page)).toHaveText([/这个证件号码已经注册.*请勾选“我要申诉”/])
  await claim.check()
  await sendRegistration(page, code, person.password)

  await expect(heading(page, '账户申诉')).toBeVisible()
  await expect(page.getByRole('navigation', { name: '主菜单' }).getByRole('link')).toHaveText(['账户申诉'])
  for (const path of ['/collection', '/identity', '/account/phone', '/account/correction'])
    expect((await page.goto(path))?.status(), path).toBe(404)
  await page.goto('/')
  await expect(main(page)).toContainText(person.idNumber.slice(-4))
  const number = await sendAppeal(page, '注册时发现证件号码已经被人注册')

  await service.enter(other.context(), holder.actor)
  await told(other, '证件号码被申诉')

  const [first, second] = [await service.reviewer(cityOwn), await service.reviewer(cityOwn)]
  await openCase(other, service, first, number)
  await expect(main(other)).toContainText('这个账户将被关闭，证件号码归申诉人的账户')
  await expect(main(other)).not.toContainText(holder.phone)
  await press(other, '领取')
  await choose(other, '审核意见 · 账户申诉', '通过')
  await press(other, '初审通过')
  await expect(other.getByText('初审已通过，由另一名工作人员复审。')).toBeVisible()
  await openCase(other, service, first, number)
  await expect(main(other)).toContainText('这一步需要由另一名工作人员办理')
  await expect(other.getByRole('button', { name: /领取|通过/ })).toHaveCount(0)
  await page.goto('/')
  await expect(page.getByText('初审已经通过，由另一名工作人员复审。')).toBeVisible()
  await openCase(other, service, second, number)
  await expect(main(other)).toContainText(/初审由 .+ 作出/)
  await press(other, '领取')
  await choose(other, '审核意见 · 账户申诉', '通过')
  await press(other, '审核通过')
  await expect(other.getByText('已审核通过。')).toBeVisible()

  await page.goto('/')
  await expect(heading(page, '欧阳**，您好')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: '实名认证' }).last()).toContainText('已认证')
  expect((await page.goto('/collection'))?.status()).toBe(200)
  await signOut(page)
  await signIn(page, person.idNumber, person.password)

  await service.enter(other.context(), holder.actor)
  await isOut(other)
  for (const login of [holder.login, holder.phone]) await cannotSignIn(other, login, holder.password)
})

test('ACC-9: a verified account is handed over to who is the same person', async ({ page, service }) => {
  const { deps } = service
  const holder = await service.applicant('approved')
  const password = '申诉的人 horse 42'
  const { actor, phone } = await makeClaimant(deps, { number: holder.login, name: holder.name, password })
  await service.enter(page.context(), actor)
  await page.goto('/')
  await expect(heading(page, '账户申诉')).toBeVisible()
  const caseId = await submitted(deps, actor, 'appeal')
  for (const _ of ['初审', '复审']) await pass(deps, await service.reviewer(cityOwn), caseId)
  await isOut(page)
  await cannotSignIn(page, holder.login, holder.password)
  await signIn(page, phone, password)
  await expect(heading(page, '信息采集已审核通过', 2)).toBeVisible()
  await told(page, '账户申诉通过')
})

test('ACC-9: a phone somebody else registered moves to who has proven it, and both know', async ({
  page,
  other,
  service,
}) => {
  const holder = await service.applicant('verified')
  const person = { ...newPerson(), phone: holder.phone }
  await toRegistration(page)
  await fillPerson(page, person)
  const code = await askForCode(page, person.phone)
  const release = page.getByLabel('手机号现在由我使用，请从原账户解除')
  await expect(release).toHaveCount(0)
  await sendRegistration(page, code, person.password)
  await expect(errors(page)).toHaveText([/这个手机号已经用于另一个账户/])
  await release.check()
  await sendRegistration(page, code, person.password)
  await expect(page.getByText('注册成功')).toBeVisible()
  await signOut(page)
  await signIn(page, holder.phone, person.password)

  await signIn(other, holder.login, holder.password)
  await told(other, '手机号已解除')
})

test('ACC-8: a lost phone is replaced by an appeal, which signs out everywhere', async ({
  page,
  service,
}) => {
  const person = await service.applicant('verified')
  const next = newPhone()
  await service.enter(page.context(), person.actor)
  await page.goto('/account/phone')
  await main(page).getByRole('link', { name: '账户申诉' }).click()
  await expect(heading(page, '第一步：验证新手机号', 2)).toBeVisible()
  await expect(page.getByText(`现在登记的手机号：${masked(person.phone)}`)).toBeVisible()
  await page.getByLabel('新手机号').fill(next)
  await page.getByLabel('短信验证码').fill(await askForCode(page, next))
  await press(page, '下一步')
  await expect(page.getByText(`新手机号 ${masked(next)} 已经验证。`)).toBeVisible()
  await sendAppeal(page, '原来的手机号今年三月已经停用')

  await page.goto('/account')
  await expect(main(page)).toContainText(masked(person.phone))
  const caseId = await idOf(service, person.actor.id, 'appeal')
  await pass(service.deps, await service.reviewer(cityOwn), caseId)
  await page.goto('/account/appeal')
  await expect(page.getByText('初审已经通过，由另一名工作人员复审。')).toBeVisible()
  await pass(service.deps, await service.reviewer('440000'), caseId)
  await isOut(page)
  await cannotSignIn(page, person.phone, person.password)
  await signIn(page, next, person.password)
  await page.goto('/account')
  await expect(main(page)).toContainText(masked(next))
})

/** 𬭊 by the picker: a dialog over the form with script, a page and back without. */
async function pickCharacter(page: Page, scripted: boolean): Promise<void> {
  await page.getByRole('button', { name: /^生僻字/ }).click()
  const place = scripted ? page.getByRole('dialog', { name: '生僻字' }) : main(page)
  await place.getByLabel('查找条件').fill('U+2CB4A')
  if (!scripted) await press(page, '查找')
  await place.getByRole('button', { name: '𬭊' }).click()
}

test('a wrong name is put right by two people, and stands in the header from then on', async ({
  page,
  scripted,
  service,
}) => {
  const person = await service.applicant('verified')
  await service.enter(page.context(), person.actor)
  await page.goto('/account')
  await page.getByRole('link', { name: '身份信息更正' }).click()
  await pictures(page, ['现有证件人像面', '现有证件非人像面', '更正证明'])
  const kind = page.getByLabel('姓名（登记有误，或已经依法更名）')
  const name = page.getByLabel('更正后的姓名')
  await expect(name).toBeVisible({ visible: !scripted })
  await kind.check()
  await name.fill('欧阳')
  await page.getByLabel('更正原因').fill('去年依法更名')
  await pickCharacter(page, scripted)
  await expect(name).toHaveValue('欧阳𬭊')
  await expect(kind).toBeChecked()
  await expect(page.getByLabel('更正原因')).toHaveValue('去年依法更名')
  await page.getByLabel('所在省市').selectOption({ label: '广州市' })
  await send(page)

  const caseId = await idOf(service, person.actor.id, 'correction')
  await pass(service.deps, await service.reviewer(cityOwn), caseId)
  await page.goto('/account/correction')
  await expect(page.getByText('初审已经通过，由另一名工作人员复审。')).toBeVisible()
  await expect(own(page)).toHaveText('当前用户：欧阳**')
  await pass(service.deps, await service.reviewer(cityOwn), caseId)
  await page.reload()
  await expect(page.getByText('上一次更正已经通过，姓名或证件号码已经更新。')).toBeVisible()
  await expect(own(page)).toHaveText('当前用户：欧阳*')
})

test('a correction that is refused at the second stage says why, and may be asked for again', async ({
  page,
  other,
  service,
}) => {
  const person = await service.applicant('verified')
  const caseId = await submitted(service.deps, person.actor, 'correction')
  await pass(service.deps, await service.reviewer(cityOwn), caseId)
  const why = '户口簿变更页上的姓名与申请的姓名不一致'
  await service.enter(other.context(), await service.reviewer(cityOwn))
  await other.goto(`/review/${caseId}`)
  await expect(main(other)).toContainText('欧阳𬭊新')
  await press(other, '领取')
  await press(other, '不予通过')
  await expect(errors(other)).toHaveCount(1)
  await other.getByLabel(/^不予通过的理由/).fill(why)
  await choose(other, '审核意见 · 身份信息更正', '通过')
  await press(other, '不予通过')
  await expect(errors(other)).toHaveText([/不能同时作不予通过的决定/])
  await expect(other.getByLabel(/^不予通过的理由/)).toHaveValue(why)
  await choose(other, '审核意见 · 身份信息更正', '有问题')
  await other.getByLabel('退回原因').selectOption({ label: '缺更名或换发证件的证明' })
  await other.getByLabel(/^说明/).fill('变更页上没有盖章')
  await press(other, '不予通过')
  await expect(other.getByText('已作出不予通过的决定。')).toBeVisible()
  await other.goto(`/review/${caseId}`)
  await expect(main(other)).toContainText('缺更名或换发证件的证明：变更页上没有盖章')
  await expect(main(other)).not.toContainText('未审核')

  await service.enter(page.context(), person.actor)
  await page.goto('/account/correction')
  await expect(page.getByText('上一次申请没有通过')).toBeVisible()
  await expect(main(page)).toContainText(why)
  await expect(own(page)).toHaveText('当前用户：欧阳**')
  await press(page, '再次申请更正')
  await expect(page.getByLabel('更正原因')).toHaveValue('')
  await expect(page.getByText('必须上传')).not.toHaveCount(0)
})

test('before 实名认证 what registration got wrong is put right at once, by the password', async ({
  page,
  service,
}) => {
  const person = await service.applicant('fresh')
  await service.enter(page.context(), person.actor)
  await page.goto('/account/correction')
  const name = page.getByLabel('真实姓名')
  await expect(name).toHaveValue(person.name)
  await name.fill('王𬭊')
  await page.getByLabel('当前密码').fill('not this one 42')
  await press(page, '保存修改')
  await expect(errors(page)).toHaveText([/当前密码不对/])
  await expect(name).toHaveValue('王𬭊')
  await expect(own(page)).toHaveText('当前用户：欧阳**')
  await page.getByLabel('当前密码').fill(person.password)
  await press(page, '保存修改')
  await expect(page.getByText('身份信息已经修改。')).toBeVisible()
  await expect(own(page)).toHaveText('当前用户：王*')
  await told(page, '身份信息已更正')
})

test('放弃申诉 closes the account of a claimant, and its phone is free', async ({ page, service }) => {
  const holder = await service.applicant('verified')
  const password = '申诉的人 horse 42'
  const { actor, phone } = await makeClaimant(service.deps, { number: holder.login, password })
  await service.enter(page.context(), actor)
  await page.goto('/')
  await press(page, '放弃申诉')
  await expect(heading(page, '会计人员统一服务')).toBeVisible()
  await isOut(page)
  await cannotSignIn(page, phone, password)
  // Nobody is asked whether the phone is theirs: nobody holds it.
  await register(page, { ...newPerson(), phone })
})
