/**
 * Every page in every state that looks different, and every dialog. Each walk stops at one place after another and names
 * it; what is done there is up to the caller, who may reload but not leave a mark on the data.
 */
import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { generateSync } from 'otplib'
import { payOrderByNumber } from '#db/queries/payments.ts'
import { acceptPaymentNotice } from '#lib/commands/accept-payment-notice.ts'
import { beginPayment } from '#lib/commands/begin-payment.ts'
import { inviteOperator } from '#lib/commands/invite-operator.ts'
import { issueReceipt } from '#lib/commands/issue-receipt.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { registerForExam } from '#lib/commands/register-for-exam.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { saveExamSession } from '#lib/commands/save-exam-session.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawExam } from '#lib/commands/withdraw-exam.ts'
import { addDays, dayOf } from '#lib/domain/days.ts'
import { sampleRows } from '#lib/readers/sample.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { approve } from '#tests/support/claims.ts'
import { enteredPenalty, entryOf } from '#tests/support/conduct.ts'
import { makeStaff } from '#tests/support/deps.ts'
import { candidate, openExam } from '#tests/support/exam-candidates.ts'
import { siteIn, typedSession } from '#tests/support/exams.ts'
import { cityOwn, pass, refuse, submitted } from './documents.ts'
import { attached, drafted, registered, usual } from './drafts.ts'
import { trainees } from './rosters.ts'
import { expect, type Service } from './seeded.ts'
import { picture, send, slot } from './wizard.ts'

export type Walk = (page: Page, service: Service) => AsyncGenerator<string>

/** Does what leads to another address, and waits until the browser stands there: until then the page before is still shown. */
const leads = async (page: Page, act: () => Promise<void>) => {
  const before = page.url()
  await act()
  await expect(page).not.toHaveURL(before)
  await page.waitForLoadState()
}

const submit = async (page: Page, name: string | RegExp) => {
  await leads(page, () => page.getByRole('button', { name, exact: true }).click())
  await expect(page.locator('#errors')).toBeVisible()
}

async function* signedOut(page: Page): AsyncGenerator<string> {
  await page.goto('/')
  yield 'home, signed out'
  await page.goto('/help')
  yield 'help'
  await page.goto(`/help?q=${encodeURIComponent('收不到验证码')}`)
  yield 'help, searched'
  await page.goto(`/help?q=${encodeURIComponent('量子力学')}`)
  yield 'help, nothing found'
  await page.goto('/help/registration#number-taken')
  yield 'a topic of help, at a question'
  await page.goto('/characters')
  yield 'rare characters'
  await page.goto('/characters?q=yan')
  yield 'rare characters, found'
  await page.goto(`/characters?q=${encodeURIComponent('？！')}`)
  yield 'rare characters, not understood'
  await page.goto('/awards')
  yield 'awards made public'
  await page.goto('/exams')
  yield 'exams, signed out'
  await page.goto('/templates')
  yield 'templates'
  await page.goto('/templates/resume')
  yield 'the empty 简历表'
  await page.goto('/no/such/page')
  yield 'not found'
  await page.goto('/login')
  yield 'sign-in'
  await submit(page, '登录')
  yield 'sign-in with errors'
  await page.goto('/register')
  yield 'registration'
  await submit(page, '注册')
  yield 'registration with errors'
  await page.goto('/login')
  await page.getByRole('link', { name: '忘记密码' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '找回密码' })).toBeVisible()
  yield 'a forgotten password'
  await submit(page, '确认重置密码')
  yield 'a forgotten password with errors'
  for (const done of ['reset', 'closed']) {
    await page.goto(`/login?done=${done}`)
    yield `sign-in, ${done}`
  }
}

async function* unverified(page: Page, service: Service): AsyncGenerator<string> {
  const fresh = await service.applicant('fresh')
  await service.enter(page.context(), fresh.actor)
  await page.goto('/')
  yield 'home, not verified'
  await page.goto('/identity')
  yield 'identity'
  await page.getByRole('button', { name: '支付宝实名认证' }).click()
  await page.waitForURL('**/identity/certify/**')
  yield 'the stand-in of the provider'
  const provider = page.url()
  await page.getByRole('link', { name: '用手机扫码' }).click()
  await expect(page.getByRole('img', { name: /二维码/ })).toBeVisible()
  yield 'the QR code of the provider'
  await page.goto(provider)
  await page.getByRole('button', { name: '拒绝' }).click()
  await page.waitForURL(/\/identity(\?|#|$)/)
  yield 'identity after a refusal'
  await page.goto('/identity/pictures')
  yield 'identity pictures before consent'
  await page.getByRole('button', { name: '同意并继续' }).click()
  await expect(page.getByLabel('所在省市')).toBeVisible()
  yield 'identity pictures'
  await submit(page, /^提交/)
  yield 'identity pictures with errors'
  const waiting = await service.applicant('identity')
  await service.enter(page.context(), waiting.actor)
  await page.goto('/identity/pictures')
  yield 'identity pictures, sent'
}

async function* fillingIn(page: Page, service: Service): AsyncGenerator<string> {
  const verified = await service.applicant('verified')
  await service.enter(page.context(), verified.actor)
  for (const path of ['/', '/identity', '/collection']) {
    await page.goto(path)
    yield `verified: ${path}`
  }
  await page.getByRole('button', { name: '开始信息采集' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '会计管理部门' })).toBeVisible()
  yield 'department, empty'
  await submit(page, '保存并下一步')
  yield 'department with errors'
  await submit(page, '按我的情况推荐')
  yield 'department, not yet proposed'
  await page.getByRole('group', { name: '当前情况', exact: true }).getByLabel('在校学生').check()
  await page.getByLabel('工作单位或学校所在地').selectOption({ label: '深圳市' })
  await page.getByRole('button', { name: '按我的情况推荐' }).click()
  await expect(page.getByText('深圳市是计划单列市')).toBeVisible()
  yield 'department, proposed'
  for (const step of [
    'scope',
    'materials',
    'basic',
    'education',
    'employment',
    'qualifications',
    'outcome',
  ]) {
    await page.goto(`/collection/${step}`)
    yield `${step}, empty`
  }
  await page.goto('/collection/scope')
  await submit(page, '保存并下一步')
  yield 'scope with errors'
  for (const section of ['education', 'employment', 'qualifications']) {
    await page.goto(`/collection/${section}`)
    await page.getByRole('button', { name: '新增' }).click()
    await expect(page.getByRole('heading', { level: 1, name: /^新增/ })).toBeVisible()
    yield `a new row of ${section}`
    await submit(page, '保存')
    yield `a new row of ${section} with errors`
    await page.goto(`/collection/${section}`)
    await submit(page, '保存并下一步')
    yield `${section} with errors`
  }

  const draft = await service.applicant('draft')
  await service.enter(page.context(), draft.actor)
  for (const path of ['/', '/collection', '/collection/basic']) {
    await page.goto(path)
    yield `draft: ${path}`
  }
  await send(page, '身份证明人像面', Buffer.from('no picture'))
  await expect(page.locator('#errors')).toBeVisible()
  yield 'a refused picture'
  await page.goto('/collection/basic')
  await submit(page, '保存并下一步')
  yield 'basic with errors'

  const complete = await service.applicant('complete')
  await service.enter(page.context(), complete.actor)
  for (const path of [
    'department',
    'basic',
    'education',
    'education/row002',
    'education/row002?view=1',
    'employment',
    'employment/row002',
    'resume',
    'qualifications',
    'outcome',
  ]) {
    await page.goto(`/collection/${path}`)
    yield `complete: ${path}`
  }
  await submit(page, '提交')
  yield 'outcome with errors'
}

async function* afterwards(page: Page, service: Service): AsyncGenerator<string> {
  for (const state of ['submitted', 'returned', 'approved'] as const) {
    const person = await service.applicant(state)
    await service.enter(page.context(), person.actor)
    for (const path of ['/', '/collection', '/collection/outcome', `/cases/${person.caseId}/print`]) {
      await page.goto(path)
      yield `${state}: ${path.replace(person.caseId, '…')}`
    }
    if (state === 'returned')
      for (const path of ['basic', 'education', 'education/row002']) {
        await page.goto(`/collection/${path}`)
        yield `returned: ${path}`
      }
  }
}

/** What a register is asked, does not confirm, and is answered. */
async function* checked(page: Page, service: Service): AsyncGenerator<string> {
  const { deps } = service
  const education = sampleRows('education').slice(1)
  const answers = { ...usual, education }
  const { actor: waiting, caseId: asked } = await drafted(service, answers)
  // Its checks are not due yet.
  const later = { ...deps, clock: { now: () => new Date(Date.now() + 3_600_000) } }
  await submitCase(later, waiting, { caseId: asked, declared: true })
  await service.enter(page.context(), waiting)
  await page.goto('/collection/outcome')
  await expect(page.getByText('核验中').first()).toBeVisible()
  yield 'being checked: outcome'
  await page.goto('/')
  yield 'being checked: home'

  const person = await drafted(service, answers)
  const { diplomaNo = '', school = '', level = '' } = education[0]?.values ?? {}
  const held = { name: person.name, number: person.number, school, level, graduated: '2011-06', diplomaNo }
  await registered(service, 'education', held)
  await submitCase(deps, person.actor, { caseId: person.caseId, declared: true })
  await expect.poll(async () => (await caseRow(deps, person.caseId)).state).toBe('returned')
  await service.enter(page.context(), person.actor)
  for (const path of ['/', '/collection/outcome', '/collection/education', '/collection/education/row002']) {
    await page.goto(path)
    yield `returned by a check: ${path}`
  }
  for (const slot of ['diploma', 'degreeCertificate', 'chsiReport'])
    await attached(service, person.actor, {
      caseId: person.caseId,
      section: 'education',
      rowId: 'row002',
      slot,
    })
  await page.goto('/collection/outcome')
  yield 'returned by a check, proven: outcome'
  await submitCase(deps, person.actor, { caseId: person.caseId, declared: true })
  await expect.poll(async () => (await caseRow(deps, person.caseId)).state).toBe('waiting')
  await service.enter(page.context(), await service.reviewer())
  await page.goto(`/review/${person.caseId}`)
  yield 'a case whose check was answered'
}

async function* reviewing(page: Page, service: Service): AsyncGenerator<string> {
  const reviewer = await service.reviewer()
  const [free, claimed, again, approved] = [
    await service.applicant('submitted'),
    await service.applicant('submitted'),
    await service.mended(),
    await service.applicant('approved'),
  ]
  await service.claim(reviewer, claimed.caseId)
  await service.enter(page.context(), reviewer)
  for (const tab of ['free', 'mine', 'overdue', 'returned', 'done']) {
    await page.goto(`/review?tab=${tab}`)
    yield `queue: ${tab}`
  }
  await page.goto(`/review?number=${free.number}`)
  yield 'queue: a number'
  await page.goto('/review?number=C0000000000000000')
  yield 'queue: no such number'
  await page.goto('/review?checks=agree')
  yield 'queue: what may be passed together'
  await page.goto(`/review/${free.caseId}`)
  yield 'a case nobody has claimed'
  await page.goto(`/review/${free.caseId}?full=1`)
  yield 'a case with full numbers'
  await page.goto(`/review/${claimed.caseId}`)
  yield 'a case of one’s own'
  await page.getByRole('group', { name: '审核意见 · 基本信息', exact: true }).getByLabel('有问题').check()
  await submit(page, '退回')
  yield 'a case of one’s own with errors'
  await page.goto(`/review/${claimed.caseId}/pictures`)
  yield 'pictures of a case'
  await page.goto(`/review/${claimed.caseId}/pictures/frame?picture=2&zoom=2&turn=90`)
  yield 'pictures of a case, as they stand beside the form'
  await page.goto(`/review/${claimed.caseId}/forward`)
  yield 'passing a case on'
  await submit(page, '确认转办')
  yield 'passing a case on with errors'
  await page.goto(`/review/${again.caseId}`)
  yield 'a second round'
  await page.goto(`/review/${approved.caseId}`)
  yield 'a decided case'
}

async function* account(page: Page, service: Service): AsyncGenerator<string> {
  const person = await service.applicant('approved')
  await service.enter(page.context(), person.actor)
  await page.goto('/account')
  yield 'my account'
  for (const [path, button] of [
    ['password', '修改密码'],
    ['phone', '更换手机号'],
    ['export', '导出'],
    ['close', '注销账户'],
  ] as const) {
    await page.goto(`/account/${path}`)
    yield `my account: ${path}`
    await submit(page, button)
    yield `my account: ${path} with errors`
  }
  await page.goto('/account/sessions')
  yield 'my account: devices and sign-ins'
  await page.goto('/messages')
  await expect(page.getByText('未读', { exact: true }).first()).toBeVisible()
  yield 'messages, unread'
  const { actor: quiet } = await service.applicant('fresh')
  await service.enter(page.context(), quiet)
  await page.goto('/messages')
  await expect(page.getByText('还没有消息')).toBeVisible()
  yield 'no messages'
  const reviewer = await service.reviewer()
  await service.enter(page.context(), reviewer)
  for (const path of ['/account', '/account/password', '/account/sessions', '/account/export']) {
    await page.goto(path)
    yield `staff: ${path}`
  }
}

async function* staff(page: Page, service: Service): AsyncGenerator<string> {
  const { actor: manager } = await makeStaff(service.deps, { role: 'manager', departmentId: '440106' })
  const { actor: member } = await makeStaff(service.deps, {
    role: 'reviewer',
    departmentId: '440106',
    name: '江审核',
  })
  await service.enter(page.context(), manager)
  await page.goto('/staff')
  yield 'staff'
  await page.getByLabel('登录名或姓名').fill('没有这个人')
  await page.getByRole('button', { name: '查找' }).click()
  await expect(page.getByText('没有找到这位人员')).toBeVisible()
  yield 'staff: nobody found'
  await page.goto('/staff/invite')
  yield 'inviting'
  await submit(page, '生成邀请链接')
  yield 'inviting with errors'
  await page.getByLabel('姓名').fill('新审核')
  await page.getByLabel('审核员').check()
  await page.getByRole('button', { name: '生成邀请链接' }).click()
  await expect(page.getByText('链接已生成')).toBeVisible()
  yield 'inviting: the link'
  await page.goto('/staff?tab=open')
  yield 'staff: open invitations'
  // In a district where nobody ever is on leave, whatever other tests do.
  const { actor: alone } = await makeStaff(service.deps, { role: 'manager', departmentId: '440118' })
  await service.enter(page.context(), alone)
  await page.goto('/staff?state=away')
  await expect(page.getByText('没有符合条件的人员')).toBeVisible()
  yield 'staff: nobody of a state'
  await service.enter(page.context(), manager)
  await page.goto(`/staff/${member.id}`)
  yield 'a member of staff'
  await submit(page, '增加权限')
  yield 'a member of staff with errors'
  await page.getByLabel('请假至').fill('x')
  await submit(page, '开始请假')
  yield 'the leave of a member of staff with errors'
  await page.goto(`/staff/${manager.id}`)
  yield 'oneself among the staff'
  const { actor: beside, login: neighbour } = await makeStaff(service.deps, {
    role: 'reviewer',
    departmentId: '440104',
    name: '邻审核',
  })
  await service.enter(page.context(), member)
  await page.goto('/account/leave')
  yield 'leave'
  await submit(page, '开始请假')
  yield 'leave with errors'
  await page.getByLabel('请假至').fill(addDays(dayOf(new Date()), 7))
  // By the login: the list is of the nearest, and other tests make many.
  await page.getByLabel('代审人的登录名').fill(neighbour)
  await page.getByRole('button', { name: '开始请假' }).click()
  await expect(page.getByRole('button', { name: '结束请假' })).toBeVisible()
  yield 'leave, with a deputy'
  await page.goto('/review')
  await expect(page.getByText('您在请假中')).toBeVisible()
  yield 'queue of who is on leave'
  await service.enter(page.context(), beside)
  await page.goto('/review')
  await expect(page.getByText('您正在代审')).toBeVisible()
  yield 'queue of a deputy'
  await service.enter(page.context(), manager)
  await page.goto(`/staff/${beside.id}`)
  yield 'a deputy, as who looks after the place sees them'
  const { actor: city } = await makeStaff(service.deps, { role: 'manager', departmentId: '440100' })
  await service.enter(page.context(), city)
  await page.goto('/figures')
  yield 'figures of a city'
  await page.goto('/departments?under=440100')
  yield 'departments of a city'
  await page.goto('/departments/440106')
  yield 'a department'
  await page.getByLabel('审核时限').fill('61')
  await submit(page, '保存修改')
  yield 'a department with errors'
  await page.goto('/departments/440106/close')
  yield 'closing a department'
  await submit(page, '撤销并入所选部门')
  yield 'closing a department with errors'
  await service.enter(page.context(), manager)
  await page.goto('/account/factor')
  yield 'authenticator and recovery codes'
  await submit(page, '更换身份验证器')
  yield 'authenticator and recovery codes with errors'

  await page.context().clearCookies()
  const { token } = await inviteOperator(service.deps, null, { name: '唐宁' })
  await page.goto(`/invitations/${token}`)
  yield 'an invitation'
  await submit(page, '完成设置')
  yield 'an invitation with errors'
  const said = (await page.getByRole('main').textContent()) ?? ''
  const secret = (/((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})/.exec(said)?.[1] ?? '').replaceAll(' ', '')
  await page.getByLabel('登录名').fill(`walk-${randomUUID().slice(0, 4)}-${randomUUID().slice(0, 4)}`)
  await page.getByLabel('密码', { exact: true }).fill('correct horse 42')
  await page.getByLabel('确认密码').fill('correct horse 42')
  await page.getByLabel('动态验证码').fill(generateSync({ strategy: 'totp', secret }))
  await page.getByRole('button', { name: '完成设置' }).click()
  await expect(page.getByRole('heading', { level: 2, name: '恢复码' })).toBeVisible()
  yield 'recovery codes, shown once'
  await page.getByRole('link', { name: '继续', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: '人员管理' })).toBeVisible()
  yield 'staff, as an operator sees them'
  await page.goto('/figures?months=3&sort=people')
  yield 'figures of the whole country'
  await page.goto(`/invitations/${token}`)
  yield 'a link that is over'
}

async function* claims(page: Page, service: Service): AsyncGenerator<string> {
  const agreed = async (label: string) => {
    await page.getByRole('button', { name: '同意并继续' }).click()
    await expect(page.getByLabel(label)).toBeVisible()
  }
  const fresh = await service.applicant('fresh')
  await service.enter(page.context(), fresh.actor)
  await page.goto('/account/correction')
  yield 'correction before the identity check'
  await submit(page, '保存修改')
  yield 'correction before the identity check with errors'
  const verified = await service.applicant('verified')
  await service.enter(page.context(), verified.actor)
  await page.goto('/account/correction')
  yield 'correction before consent'
  await agreed('更正原因')
  yield 'correction'
  await submit(page, '提交')
  yield 'correction with errors'
  await page.goto('/account/appeal')
  yield 'appeal for a lost phone, first step'
  await submit(page, '下一步')
  yield 'appeal for a lost phone, first step with errors'
  await service.losePhone(verified.actor)
  await page.goto('/account/appeal')
  yield 'appeal for a lost phone before consent'
  await agreed('情况说明')
  yield 'appeal for a lost phone'
  await service.enter(page.context(), await service.claimant())
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1, name: '账户申诉' })).toBeVisible()
  yield 'appeal for a number before consent'
  await agreed('情况说明')
  yield 'appeal for a number'
  await submit(page, '提交')
  yield 'appeal for a number with errors'
}

/** Cases that two people judge, as both sides see them. */
async function* twoStages(page: Page, service: Service): AsyncGenerator<string> {
  const { deps } = service
  const [first, second] = [await service.reviewer(cityOwn), await service.reviewer(cityOwn)]
  const claimant = await service.claimant()
  const appeal = await submitted(deps, claimant, 'appeal')
  await service.enter(page.context(), claimant)
  await page.goto('/')
  await expect(page.getByText('正在初审')).toBeVisible()
  yield 'an appeal, sent'
  await service.enter(page.context(), first)
  await page.goto(`/review/${appeal}`)
  yield 'an appeal at the first stage'
  await service.claim(first, appeal)
  await page.reload()
  yield 'an appeal at the first stage, one’s own'
  await submit(page, '不予通过')
  yield 'an appeal at the first stage with errors'
  await pass(deps, first, appeal)
  await page.goto(`/review/${appeal}`)
  await expect(page.getByRole('button', { name: '领取' })).toHaveCount(0)
  yield 'an appeal at the second stage, to who judged the first'
  await page.goto('/review')
  yield 'queue with a second stage'
  await service.enter(page.context(), second)
  await service.claim(second, appeal)
  await page.goto(`/review/${appeal}`)
  yield 'an appeal at the second stage'
  await submit(page, '审核通过')
  yield 'an appeal at the second stage with errors'

  const { actor } = await service.applicant('verified')
  const correction = await submitted(deps, actor, 'correction')
  await page.goto(`/review/${correction}`)
  yield 'a correction at the first stage'
  await service.enter(page.context(), actor)
  await page.goto('/account/correction')
  yield 'correction, sent'
  await refuse(deps, second, correction, '户口簿变更页上的姓名与申请的姓名不一致')
  await page.reload()
  await expect(page.getByText('上一次申请没有通过')).toBeVisible()
  yield 'correction, refused'
}

async function* auditing(page: Page, service: Service): AsyncGenerator<string> {
  const seen = await service.applicant('submitted')
  const reviewer = await service.reviewer()
  await service.claim(reviewer, seen.caseId)
  const { actor: auditor } = await makeStaff(service.deps, { role: 'auditor', departmentId: '440106' })
  await service.enter(page.context(), auditor)
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1, name: '审计日志' })).toBeVisible()
  yield 'the audit log'
  await submit(page, /^查看记录$/)
  yield 'the audit log, no such login'
  await page.goto(`/audit?account=${reviewer.id}`)
  await expect(page.getByText('领取').first()).toBeVisible()
  yield 'what a member of staff did'
  await page.goto(`/audit?account=${reviewer.id}&from=2020-01-01&to=soon`)
  yield 'what a member of staff did, with errors'
  await page.goto('/audit/people')
  yield 'who saw a person'
  await submit(page, '查找')
  yield 'who saw a person with errors'
  await page.getByLabel('姓名或证件号码').fill('没有这个人')
  await page.getByRole('button', { name: '查找' }).click()
  await expect(page.getByText('没有找到，或不在您的审计范围内')).toBeVisible()
  yield 'who saw a person: nobody found'
  await page.getByLabel('姓名或证件号码').fill(seen.number)
  await page.getByRole('button', { name: '查找' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^谁看过/ })).toBeVisible()
  yield 'who saw this person'
}

async function* exporting(page: Page, service: Service): AsyncGenerator<string> {
  await service.applicant('submitted')
  const { actor: manager } = await makeStaff(service.deps, { role: 'manager', departmentId: '440106' })
  await service.enter(page.context(), manager)
  await page.goto('/')
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '数据导出' }).click()
  await page.waitForURL('**/exports')
  yield 'no exports'
  await page.goto('/exports/new?kind=people')
  yield 'a new export'
  await page.getByLabel('导出完整的姓名、证件号码和手机号').check()
  await submit(page, '开始导出')
  yield 'a new export with errors'
  await page.goto('/exports/new?kind=cases')
  yield 'a new export of months'
  await page.getByRole('button', { name: '开始导出' }).click()
  await expect(page.getByText('已开始生成')).toBeVisible()
  const isDone = async () => {
    await page.goto('/exports')
    return page.getByRole('button', { name: '下载' }).count()
  }
  await expect.poll(isDone).toBe(1)
  yield 'an export, done'
}

/** 信息变更: the record, its draft, a row of it, and what was sent. */
async function* changing(page: Page, service: Service): AsyncGenerator<string> {
  const beforehand = await service.applicant('submitted')
  await service.enter(page.context(), beforehand.actor)
  await page.goto('/changes/basic')
  yield 'nothing to change yet'
  const person = await service.applicant('approved')
  await service.enter(page.context(), person.actor)
  for (const path of [
    '/changes/basic',
    '/changes/employment',
    '/changes/scope',
    '/changes/basic?tab=records',
  ]) {
    await page.goto(path)
    yield path
  }
  await page.goto('/changes/education')
  await page.getByRole('button', { name: '变更 教育经历 2' }).click()
  await expect(page.getByLabel('学校名称')).toBeVisible()
  // As somebody comes to it by its address: a save puts the focus at the content.
  await page.goto(new URL(page.url()).pathname)
  yield 'a row of a change'
  await page.getByLabel('学校名称').fill('暨南示例大学')
  await leads(page, () => page.getByRole('button', { name: '保存', exact: true }).click())
  yield 'a change, before it is sent'
  await submit(page, '提交变更')
  yield 'a change with errors'
  await page.goto('/changes/education')
  yield 'a change not sent yet'
  await page.goto('/changes/education/edit')
  await page.getByLabel('承诺所提供信息真实有效').check()
  await page.getByRole('button', { name: '提交变更' }).click()
  await expect(page.getByText('变更已提交')).toBeVisible()
  yield 'a change under review'
  await leads(page, () => page.getByRole('link', { name: '变更记录' }).click())
  yield 'changes that were sent'
  await leads(page, () => page.getByRole('table').getByRole('link', { name: /^详情/ }).click())
  yield 'details of a change'
}

/** 继续教育: before a record, the empty ledger, a claim on its way, and what it became. */
async function* learning(page: Page, service: Service): AsyncGenerator<string> {
  const { deps } = service
  const beforehand = await service.applicant('submitted')
  await service.enter(page.context(), beforehand.actor)
  for (const path of ['/education-credits', '/education-credits/new']) {
    await page.goto(path)
    yield `before a record: ${path}`
  }
  const { actor } = await service.applicant('approved')
  await service.enter(page.context(), actor)
  await page.goto('/education-credits')
  yield 'a year without credits'
  await page.goto('/education-credits/new')
  yield 'a claim, not begun'
  await page.getByRole('button', { name: '申请学分' }).click()
  await expect(page.getByLabel('学分形式')).toBeVisible()
  await page.goto('/education-credits/new')
  yield 'a claim, empty'
  await submit(page, '保存')
  yield 'a claim with errors'
  const sender = (await service.applicant('approved')).actor
  const caseId = await submitted(deps, sender, 'credit')
  await service.enter(page.context(), sender)
  await page.goto('/education-credits/new')
  yield 'a claim, sent'
  await page.goto('/education-credits')
  yield 'a year with a claim under review'
  const reviewer = await service.reviewer()
  await service.claim(reviewer, caseId)
  await service.enter(page.context(), reviewer)
  await page.goto(`/review/${caseId}`)
  await expect(page.getByText('申请的学分与当年学分')).toBeVisible()
  yield 'a claim, reviewed'
  await approve(deps, reviewer, caseId)
  await service.enter(page.context(), sender)
  const year = String(new Date().getFullYear() - 1)
  for (const path of ['/education-credits', '/education-credits/print']) {
    await page.goto(`${path}?year=${year}`)
    await expect(page.getByText('全省会计信息化研讨会').first()).toBeVisible()
    yield `a year with credits: ${path}`
  }
}

/** 属地关系调转: before a record, the application, on its way, at either department's desk, returned, and done. */
async function* transferring(page: Page, service: Service): AsyncGenerator<string> {
  const { deps } = service
  await service.enter(page.context(), (await service.applicant('submitted')).actor)
  for (const path of ['/transfers', '/transfers/new']) {
    await page.goto(path)
    yield `before a record: ${path}`
  }
  await service.enter(page.context(), (await service.applicant('approved')).actor)
  await page.goto('/transfers')
  yield 'no transfer yet'
  await page.getByRole('button', { name: '调转申请' }).click()
  await expect(page.getByText('调转原因').first()).toBeVisible()
  await page.goto('/transfers/new')
  yield 'a transfer, empty'
  await submit(page, '保存')
  yield 'a transfer with errors'
  const sender = (await service.applicant('approved')).actor
  const caseId = await submitted(deps, sender, 'transfer')
  const look = async function* (what: string, paths: readonly string[]) {
    await service.enter(page.context(), sender)
    for (const path of paths) {
      await page.goto(path)
      yield `${what}: ${path.startsWith('/transfers/0') ? 'details' : path}`
    }
  }
  yield* look('a transfer, sent', ['/transfers', '/transfers/new', `/transfers/${caseId}`])
  const [first, second] = [await service.reviewer(), await service.reviewer('440305')]
  await service.claim(first, caseId)
  await service.enter(page.context(), first)
  await page.goto(`/review/${caseId}`)
  await expect(page.getByRole('button', { name: '确认调出' })).toBeVisible()
  yield 'a transfer, at the department that is left'
  await approve(deps, first, caseId)
  yield* look('a transfer, confirmed', ['/transfers'])
  await pass(deps, second, caseId)
  yield* look('a transfer, done', ['/transfers', `/transfers/${caseId}`])
}

/** 奖惩: nothing yet, an award on its way, a penalty entered, decided and objected to; and what the office sees of it. */
async function* conducting(page: Page, service: Service): AsyncGenerator<string> {
  const { deps } = service
  await service.enter(page.context(), (await service.applicant('submitted')).actor)
  for (const path of ['/conduct', '/conduct/award']) {
    await page.goto(path)
    yield `before a record: ${path}`
  }
  const person = await service.applicant('approved')
  await service.enter(page.context(), person.actor)
  await page.goto('/conduct')
  yield 'nothing entered'
  await page.goto('/conduct/award')
  await page.getByRole('button', { name: '申报奖励' }).click()
  await page.goto('/conduct/award')
  yield 'an award, empty'
  await submit(page, '保存')
  yield 'an award with errors'

  const [enterer, decider, judge] = [
    await service.reviewer(),
    await service.reviewer(),
    await service.reviewer(),
  ]
  await service.enter(page.context(), enterer)
  await page.goto('/conduct/penalties/new')
  yield 'a penalty: the person'
  await submit(page, '查找')
  yield 'a penalty: the person, with errors'
  await page.getByLabel('证件号码').fill(person.login)
  await page.getByLabel('姓名').fill(person.name)
  await page.getByRole('button', { name: '查找', exact: true }).click()
  await expect(page.getByLabel('处罚种类')).toBeVisible()
  yield 'a penalty: the decision'
  await submit(page, '下一步：核对')
  yield 'a penalty: the decision, with errors'
  const decidedOn = dayOf(deps.clock.now())
  const penaltyId = await enteredPenalty(
    deps,
    enterer,
    { number: person.login, name: person.name },
    { decidedOn },
  )
  await page.goto(`/review/${penaltyId}`)
  yield 'a penalty, seen by who entered it'
  await service.claim(decider, penaltyId)
  await service.enter(page.context(), decider)
  await page.goto(`/review/${penaltyId}`)
  yield 'a penalty, judged'
  await approve(deps, decider, penaltyId)
  await page.goto('/conduct/entries')
  yield 'entries of a subtree'
  const { id } = await entryOf(deps, penaltyId)
  const objectionId = await openDraft(deps, person.actor, 'objection', id)
  await service.enter(page.context(), person.actor)
  await page.goto('/conduct/objection')
  yield 'an objection, empty'
  const form = { get: () => '决定书写的是另一个单位，本人当时不在该单位任职' }
  await saveEntry(deps, person.actor, {
    caseId: objectionId,
    section: 'objection',
    rowId: 'main',
    rev: 0,
    form,
  })
  await submitCase(deps, person.actor, { caseId: objectionId, declared: true })
  for (const path of ['/conduct', '/conduct/objection']) {
    await page.goto(path)
    yield `a penalty that is objected to: ${path}`
  }
  await service.enter(page.context(), judge)
  await page.goto(`/review/${objectionId}`)
  yield 'an objection, for who may judge it'
}

/** 我的会计人员信息: before a record and with one, its papers, and what their codes say to whoever asks. */
async function* registeredPerson(page: Page, service: Service): AsyncGenerator<string> {
  await service.enter(page.context(), (await service.applicant('returned')).actor)
  await page.goto('/record')
  yield 'the record, before there is one'
  const person = await service.applicant('approved')
  await submitted(service.deps, person.actor, 'transfer')
  await service.enter(page.context(), person.actor)
  await page.goto('/record')
  await expect(page.getByText('暂不能办理').first()).toBeVisible()
  yield 'the record, with a transfer under review'
  await page.goto('/record/form')
  yield 'papers, none yet'
  const code = await issueReceipt(service.deps, person.actor, { kind: 'record' })
  await page.goto('/record/form')
  yield 'papers'
  await page.goto(`/record/form/${code}?done=made`)
  yield 'a paper'
  await page.goto('/verify')
  yield 'verifying'
  await submit(page, '查验')
  yield 'verifying with errors'
  await page.goto(`/verify/${code}`)
  await expect(page.getByText('与现在登记的信息一致').first()).toBeVisible()
  yield 'a paper, verified'
  await page.goto('/verify/7K3MQ9XA20BCDEFG')
  yield 'no such paper'
}

/** 继续教育名单: none yet, what was wrong with a file, what one says, and what became of it; and the rules of the province. */
async function* enrolling(page: Page, service: Service): AsyncGenerator<string> {
  const person = await service.applicant('approved')
  const { actor: manager } = await makeStaff(service.deps, { role: 'manager', departmentId: '440000' })
  const { actor: reviewer } = await makeStaff(service.deps, { role: 'reviewer', departmentId: '440106' })
  await service.enter(page.context(), reviewer)
  await page.goto('/rosters')
  yield 'lists of trainees'
  await submit(page, '上传并核对')
  yield 'lists of trainees with errors'
  const upload = async (...lines: string[]) => {
    await page.goto('/rosters')
    await page.getByLabel('名单文件（CSV）').setInputFiles(trainees(...lines))
    await page.getByRole('button', { name: '上传并核对' }).click()
    await page.waitForURL(/\/rosters\/[0-9a-f-]{36}/)
  }
  await upload(`${person.login},${person.name},面授培训,准则培训班,2,2026-09`, 'x,y,z,,,')
  yield 'a list, checked'
  await page.getByRole('button', { name: '确认登记' }).click()
  const isEntered = async () => {
    await page.goto(new URL(page.url()).pathname)
    return page.getByText('登记已经完成').count()
  }
  await expect.poll(isEntered).toBe(1)
  yield 'a list, entered'
  await upload('x,y,z,,,')
  yield 'a list, nothing good'
  await page.getByRole('button', { name: '放弃' }).click()
  await expect(page.getByText('没有登记任何内容')).toBeVisible()
  await page.goto(new URL(page.url()).pathname)
  yield 'a list, dropped'
  await page.goto('/rosters')
  yield 'lists of trainees that were uploaded'
  await page.goto('/templates')
  yield 'templates, as staff see them'
  await service.enter(page.context(), manager)
  await page.goto('/departments/440000')
  yield 'a province with its rules'
  await page.getByLabel('每年学分').fill('10')
  await submit(page, '保存规则')
  yield 'a province with its rules, with errors'
}

/** 考试安排: a session that nobody else sees, a province and a 报考点 of it; and the dates everybody sees. */
async function* arranging(page: Page, service: Service): AsyncGenerator<string> {
  const { actor: operator } = await makeStaff(service.deps, { role: 'operator', departmentId: null })
  const { actor: manager } = await makeStaff(service.deps, { role: 'manager', departmentId: '440000' })
  await service.enter(page.context(), operator)
  await page.goto('/exam-sessions/new')
  yield 'a new session of an exam'
  await submit(page, '保存')
  yield 'a new session of an exam, with errors'
  // Saved again as it is, it is the same one.
  const typed = { ...typedSession, year: '2035' }
  const { id } = await saveExamSession(service.deps, operator, { sessionId: null, version: 0, typed })
  const siteId = await siteIn(service.deps, operator, id, '440000')
  await page.goto('/exam-sessions')
  yield 'sessions of exams'
  await page.goto(`/exam-sessions/${id}`)
  yield 'a session of an exam'
  await page.getByLabel('每科考试费（元）').fill('-1')
  await submit(page, '保存修改')
  yield 'a session of an exam, with errors'
  await service.enter(page.context(), manager)
  await page.goto(`/exam-sessions/${id}`)
  yield 'a session of an exam, for a province'
  await page.goto(`/exam-sessions/${id}/provinces/440000`)
  yield 'a province and its 报考点'
  await submit(page, '增加报考点')
  yield 'a province and its 报考点, with errors'
  await page.goto(`/exam-sessions/${id}/provinces/440000/sites/${siteId}`)
  yield 'a 报考点'
  await page.getByLabel('名额').fill('x')
  await submit(page, '保存修改')
  yield 'a 报考点, with errors'
  await page.goto('/exams/calendar')
  yield 'dates of registration in every province'
}

/** 考试报名: before a record, not met, the choice, its confirmation, sent, taken back, and at a reviewer's desk. */
async function* sitting(page: Page, service: Service): AsyncGenerator<string> {
  const { deps } = service
  // Nobody else's, in whatever order walks are made.
  const exam = await openExam(deps, { year: 2040 })
  const here = `/exams/${exam.sessionId}`
  await service.enter(page.context(), (await service.applicant('submitted')).actor)
  for (const path of ['/exams', here]) {
    await page.goto(path)
    yield `before a record: ${path === here ? 'an exam' : path}`
  }
  await service.enter(page.context(), (await service.applicant('approved', { rows: 'student' })).actor)
  await page.goto(here)
  yield 'an exam whose conditions are not met'
  await service.enter(page.context(), (await service.applicant('approved')).actor)
  await page.goto('/exams')
  yield 'exams'
  await page.goto(here)
  yield 'an exam, open'
  await submit(page, '下一步：核对报名信息')
  yield 'an exam, chosen with errors'
  await page.getByLabel('报考点', { exact: true }).selectOption({ index: 1 })
  await page.getByRole('button', { name: '下一步：核对报名信息' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '核对报名信息' })).toBeVisible()
  yield 'a registration to be confirmed'
  await submit(page, '提交报名')
  yield 'a registration to be confirmed, with errors'
  await page.getByLabel('本人已阅读并承诺').check()
  await page.getByRole('button', { name: '提交报名' }).click()
  await expect(page.getByText('报名已提交。')).toBeVisible()
  yield 'a registration, sent'
  await page.goto('/exams')
  yield 'exams with a registration'
  await page.goto(here)
  await page.locator('summary', { hasText: '撤回报名' }).click()
  await page.getByRole('button', { name: '确定撤回' }).click()
  await expect(page.getByText('报名已撤回。')).toBeVisible()
  yield 'a registration, taken back'
  const { actor } = await candidate(deps, '440106', { way: 'review' })
  const { sessionId, siteId } = exam
  const choice = { sessionId, siteId, subjects: ['senior_practice'], declared: true }
  const { caseId } = await registerForExam(deps, actor, choice)
  await service.enter(page.context(), actor)
  await page.goto(here)
  yield 'a registration that a person judges'
  await service.enter(page.context(), await service.reviewer())
  await page.goto(`/review/${caseId}`)
  await expect(page.getByRole('heading', { name: '报考条件' })).toBeVisible()
  yield 'a registration, reviewed'
}

/** 缴费: begun, cancelled, asked about, paid; and money that has to go back. */
async function* paying(page: Page, service: Service): AsyncGenerator<string> {
  const { deps } = service
  const exam = await openExam(deps, { year: 2040 })
  const admitted = async () => {
    const { actor } = await candidate(deps, '440106')
    const choice = { ...exam, subjects: ['senior_practice'], declared: true }
    return { actor, ...(await registerForExam(deps, actor, choice)) }
  }
  const { actor } = await admitted()
  await service.enter(page.context(), actor)
  await page.goto(`/exams/${exam.sessionId}`)
  yield 'a registration to be paid'
  await page.getByRole('button', { name: '支付宝缴费' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '支付（演示）' })).toBeVisible()
  yield 'the cashier of the demonstration'
  await page.getByRole('button', { name: '取消' }).click()
  await expect(page.getByRole('link', { name: '前往支付宝付款' })).toBeVisible()
  yield 'an order that is open'
  await page.getByRole('button', { name: '查询缴费结果' }).click()
  await expect(page.getByText('还没有查到这笔缴费')).toBeVisible()
  yield 'an order that nobody has paid'
  await page.getByRole('link', { name: '前往支付宝付款' }).click()
  await page.getByRole('button', { name: '支付成功' }).click()
  await expect(page.getByText('缴费已经确认，报名完成。')).toBeVisible()
  yield 'an order that is paid'
  await page.goto(`/exams/${exam.sessionId}`)
  yield 'a registration that is paid'
  await page.goto(`/exams/${exam.sessionId}/form`)
  yield 'a registration to be printed'
  await page.getByRole('button', { name: '生成报名信息表' }).click()
  await expect(page.getByRole('link', { name: '下载 PDF' })).toBeVisible()
  yield 'a registration on paper'
  const second = await admitted()
  const { number } = await beginPayment(deps, second.actor, second)
  const order = await payOrderByNumber(deps.store.read, deps.store.t, number ?? '')
  await withdrawExam(deps, second.actor, second)
  const notice = order && (await deps.payment?.till?.pay(order))
  await acceptPaymentNotice(deps, null, notice ?? {})
  await service.enter(page.context(), second.actor)
  await page.goto(`/exams/${exam.sessionId}`)
  yield 'a payment that has to go back'
  const { actor: manager } = await makeStaff(deps, { role: 'manager', departmentId: '440000' })
  await service.enter(page.context(), manager)
  await page.goto('/exam-sessions/refunds')
  yield 'payments that have to go back'
  await page.goto(`/exam-sessions/refunds/${number}`)
  yield 'one payment that has to go back'
  await submit(page, '登记已退款')
  yield 'one payment that has to go back, with errors'
  await page.goto('/exam-entries')
  yield 'exams that have lists of registrations'
  await page.goto(`/exam-sessions/${exam.sessionId}/entries`)
  yield 'registrations in a province'
  await service.enter(page.context(), (await makeStaff(deps, { role: 'operator', departmentId: null })).actor)
  await page.goto(`/exam-sessions/${exam.sessionId}/entries`)
  yield 'registrations in every province'
}

export const walks: Readonly<Record<string, Walk>> = {
  'signed out': signedOut,
  'before the identity check': unverified,
  'filling in': fillingIn,
  'after submission': afterwards,
  'checked by a machine': checked,
  reviewing,
  account,
  staff,
  claims,
  'judged by two people': twoStages,
  auditing,
  exporting,
  changing,
  transferring,
  learning,
  conducting,
  sitting,
  paying,
  'on record': registeredPerson,
  enrolling,
  arranging,
}

/** What only script opens, over the page it belongs to. */
async function* cropping(page: Page, service: Service): AsyncGenerator<string> {
  await service.enter(page.context(), (await service.applicant('draft')).actor)
  await page.goto('/collection/basic')
  const place = slot(page, '证件照')
  await place
    .locator('input[type=file]')
    .setInputFiles({ name: 'me.jpg', mimeType: 'image/jpeg', buffer: await picture.proof() })
  await expect(place.getByRole('application', { name: '裁剪框' })).toBeVisible()
  yield 'the frame a portrait is cut by'
}

async function* sessionEnd(page: Page, service: Service): AsyncGenerator<string> {
  const { actor } = await service.applicant('verified')
  await page.clock.install()
  await service.enter(page.context(), actor, 1 / 20)
  await page.goto('/account')
  await expect(page.getByRole('alertdialog', { name: '登录即将结束' })).toBeVisible()
  yield 'the session ends soon'
  await page.clock.fastForward(5 * 60_000)
  await expect(page.getByRole('alertdialog', { name: '登录已经结束' })).toBeVisible()
  yield 'the session is over'
}

async function* characters(page: Page): AsyncGenerator<string> {
  await page.goto('/register')
  await page.getByLabel('真实姓名').fill('王')
  await page.getByRole('button', { name: '生僻字' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  yield 'rare characters, over a form'
}

export const dialogs: Readonly<Record<string, Walk>> = {
  'the crop frame': cropping,
  'the end of a session': sessionEnd,
  'rare characters': characters,
}
