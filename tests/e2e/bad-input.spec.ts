import type { Page } from '@playwright/test'
import { sectionById } from '#lib/sections/all.ts'
import { signIn } from './support/people.ts'
import { expect, type SeededApplicant, type SeededState, type Service, test } from './support/seeded.ts'
import { choose, chooseDepartment, hasCome, month } from './support/wizard.ts'

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const standing = (page: Page, step: string) =>
  page.getByRole('navigation', { name: '填写步骤' }).getByRole('link', { name: new RegExp(step) })

async function start(
  page: Page,
  service: Service,
  state: SeededState,
  path: string,
): Promise<SeededApplicant> {
  const person = await service.applicant(state)
  await service.enter(page.context(), person.actor)
  await page.goto(path)
  return person
}

test('COL-3: a save with errors keeps what was typed, names every error and leads to its control', async ({
  page,
  service,
}) => {
  await start(page, service, 'verified', '/collection')
  await press(page, '开始信息采集')
  // With script nothing waits for the answer, and who leaves before it may have begun nothing.
  await expect(heading(page, '会计管理部门')).toBeVisible()
  await page.goto('/collection/education')
  await press(page, '新增')
  await expect(heading(page, '新增教育经历')).toBeVisible()
  await choose(page, '办学地', '境内')
  await page.getByLabel('学校名称').fill('岭')
  await page.getByLabel('学历', { exact: true }).selectOption({ label: '大学本科' })
  await page.getByLabel('学位', { exact: true }).selectOption({ label: '学士' })
  await month(page, '入学时间', '2012-09')
  await month(page, '毕业时间', '2010-06')
  await page.getByLabel('学历证书编号').fill('10558 #2012')
  await press(page, '保存')

  const list = page.locator('#errors')
  await expect(list).toBeFocused()
  await expect(page).toHaveTitle(/^错误：/)
  await expect(list.getByRole('heading')).toHaveText('页面有 6 处需要修改')
  const sentences = [
    '请选择培养方式',
    '学校名称至少 2 个字，请填写完整',
    '请填写所学专业',
    '毕业时间不能早于入学时间，请核对两个时间',
    '学历证书编号只能有数字、字母和短横，请核对',
    '请填写学位证书编号',
  ]
  await expect(list.getByRole('link')).toHaveText(sentences)
  for (const sentence of sentences) {
    const link = list.getByRole('link', { name: sentence })
    const id = (await link.getAttribute('href'))?.slice(1) ?? 'none'
    await link.click()
    const control = page.locator(`[id="${id}"]`)
    await expect(control, sentence).toBeFocused()
    await expect(control, sentence).toHaveAttribute('aria-invalid', 'true')
    await expect(page.locator(`[id="${id}-error"]`), sentence).toContainText(sentence)
  }

  await expect(page.getByLabel('学校名称')).toHaveValue('岭')
  await expect(page.getByLabel('学历证书编号')).toHaveValue('10558 #2012')
  await expect(page.getByLabel('学历', { exact: true }).locator('option:checked')).toHaveText('大学本科')
  await expect(page.getByRole('group', { name: '办学地' }).getByLabel('境内')).toBeChecked()
  await expect(
    page.getByRole('group', { name: '毕业时间', exact: true }).locator('input[name$=".year"]'),
  ).toHaveValue('2010')

  // Mended, it is taken; nothing had to be typed again.
  await choose(page, '培养方式', '全日制')
  await page.getByLabel('学校名称').fill('岭南示例大学')
  await page.getByLabel('所学专业').fill('会计学')
  await month(page, '毕业时间', '2016-06')
  await page.getByLabel('学历证书编号').fill('105581201605001234')
  await page.getByLabel('学位证书编号').fill('1055842016001234')
  await press(page, '保存')
  await expect(page.getByRole('row', { name: /岭南示例大学/ })).toContainText('已填好')
})

test('COL-4: of two tabs the later save is told what differs, and wins when it is sent again', async ({
  page,
  context,
  service,
}) => {
  await start(page, service, 'draft', '/collection/education/row001')
  const other = await context.newPage()
  await other.goto('/collection/education/row001')
  await page.getByLabel('学校名称').fill('第一个标签页中学')
  await press(page, '保存并退出')
  await expect(page.getByText('已保存，可以随时回来接着填写。')).toBeVisible()

  await other.getByLabel('学校名称').fill('第二个标签页中学')
  await press(other, '保存')
  await expect(other.locator('#errors')).toContainText('这一页在别处修改过')
  const differs = other.getByRole('row', { name: /学校名称/ })
  await expect(differs).toContainText('第一个标签页中学')
  await expect(differs).toContainText('第二个标签页中学')
  await expect(other.getByRole('row')).toHaveCount(2)
  await expect(other.getByLabel('学校名称')).toHaveValue('第二个标签页中学')
  await page.goto('/collection/education')
  await expect(page.getByRole('row', { name: /第一个标签页中学/ })).toBeVisible()

  await press(other, '保存并退出')
  await expect(other.getByText('已保存，可以随时回来接着填写。')).toBeVisible()
  await page.goto('/collection/education')
  await expect(page.getByRole('row', { name: /第二个标签页中学/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /第一个标签页中学/ })).toHaveCount(0)
})

test('SEC-5: what is sent after the session ended waits for its owner to sign in again', async ({
  page,
  service,
}) => {
  const owner = await start(page, service, 'draft', '/collection/basic')
  const stranger = await service.applicant('draft')
  const typed = '广东省广州市天河区会话结束路 9 号'
  await page.getByLabel('通讯地址').fill(typed)
  await page.getByLabel('政治面貌').selectOption({ label: '中共党员' })
  await service.endSessions(owner.actor)
  await press(page, '保存并下一步')
  await expect(heading(page, '会计人员登录')).toBeVisible()
  await expect(page.getByRole('main')).toContainText('登录')
  const waiting = page.url()

  // Somebody else at the same browser sees none of it.
  await signIn(page, stranger.login, stranger.password, undefined, waiting)
  expect(await page.content()).not.toContain(typed)
  await page.goto('/collection/basic')
  expect(await page.content()).not.toContain(typed)
  await press(page, '退出')
  await expect(page.getByRole('banner').getByRole('link', { name: '登录' })).toBeVisible()

  await signIn(page, owner.login, owner.password, undefined, waiting)
  await expect(heading(page, '基本信息')).toBeVisible()
  await expect(
    page.getByText('登录已经恢复。您刚才填写的内容还在下面，但尚未保存，请核对后保存。'),
  ).toBeVisible()
  await expect(page.getByLabel('通讯地址')).toHaveValue(typed)
  await expect(page.getByLabel('政治面貌').locator('option:checked')).toHaveText('中共党员')
  const saved = page.url()
  await page.goto('/collection/basic')
  await expect(page.getByLabel('通讯地址')).toHaveValue('')
  await page.goto(saved)
  await press(page, '保存并退出')
  await expect(page.getByText('已保存，可以随时回来接着填写。')).toBeVisible()
  await page.goto('/collection/basic')
  await expect(page.getByLabel('通讯地址')).toHaveValue(typed)
})

test('submitting twice, by an impatient hand or from two tabs, makes one round', async ({
  page,
  context,
  service,
}) => {
  const { caseId } = await start(page, service, 'complete', '/collection/outcome')
  const before = await service.rounds(caseId)
  const other = await context.newPage()
  await other.goto('/collection/outcome')
  for (const tab of [page, other]) await tab.getByLabel('承诺所提供信息真实有效').check()
  await page.getByRole('button', { name: '提交', exact: true }).dblclick()
  await hasCome(page, '待审核')
  await press(other, '提交')
  await hasCome(other, '待审核')
  await expect(other.locator('#errors')).toHaveCount(0)
  expect(await service.rounds(caseId)).toHaveLength(before.length + 1)
  expect((await service.events(caseId)).filter((kind) => kind === 'case.submitted')).toHaveLength(
    before.length + 1,
  )
})

test('the back button after a save shows what was saved, and saving again from there is no conflict', async ({
  page,
  service,
}) => {
  await start(page, service, 'draft', '/collection/basic')
  await page.getByLabel('通讯地址').fill('广东省广州市天河区第一次保存路 1 号')
  await press(page, '上一步')
  await expect(heading(page, '采集须知')).toBeVisible()
  await page.goBack()
  await expect(heading(page, '基本信息')).toBeVisible()
  await expect(page.getByLabel('通讯地址')).toHaveValue('广东省广州市天河区第一次保存路 1 号')
  await page.getByLabel('通讯地址').fill('广东省广州市天河区第二次保存路 2 号')
  await press(page, '上一步')
  await expect(heading(page, '采集须知')).toBeVisible()
  await page.goto('/collection/basic')
  await expect(page.getByLabel('通讯地址')).toHaveValue('广东省广州市天河区第二次保存路 2 号')
})

test('fields a page does not have are dropped, whatever they are called', async ({ page, service }) => {
  const { caseId } = await start(page, service, 'draft', '/collection/basic')
  await page.locator('form:has([name=address])').evaluate((form) => {
    for (const name of [
      'departmentId',
      'birth',
      'name',
      '__proto__',
      'constructor',
      'toString',
      'values.address',
    ]) {
      const extra = document.createElement('input')
      extra.name = name
      extra.value = 'forged'
      form.append(extra)
    }
  })
  await page.getByLabel('通讯地址').fill('广东省广州市天河区示例路 18 号')
  await press(page, '保存并退出')
  await expect(page.getByText('已保存，可以随时回来接着填写。')).toBeVisible()
  const [row] = await service.rows(caseId, 'basic')
  expect(Object.keys(row?.values ?? {}).sort()).toEqual(Object.keys(sectionById('basic').fields).sort())
  expect(JSON.stringify(row)).not.toContain('forged')
})

test('EDU-2: periods that cross are named at both rows, each with the other’s number and months', async ({
  page,
  service,
}) => {
  await start(page, service, 'complete', '/collection/education/row002')
  await month(page, '入学时间', '2007-09')
  await press(page, '保存')
  const crossing = (position: number, start: string, end: string) =>
    `与第 ${position} 条（${start}至${end}）时间交叉，请修改其中一条；首尾同月不算交叉`
  await expect(page.locator('#errors').getByRole('link')).toHaveText([crossing(1, '2005年9月', '2008年6月')])
  await page.goto('/collection/education/row001')
  await press(page, '保存')
  await expect(page.locator('#errors').getByRole('link')).toHaveText([crossing(2, '2007年9月', '2012年6月')])

  await page.goto('/collection/education')
  await expect(page.getByRole('row', { name: /羊城示例中学/ })).toContainText('还有 1 处')
  await expect(page.getByRole('row', { name: /岭南示例大学/ })).toContainText('还有 1 处')
  await expect(standing(page, '教育经历')).toContainText('填写中')
  await press(page, '保存并下一步')
  const named = page.locator('#errors').getByRole('link')
  await expect(named).toHaveText(['第 1 条还有 1 处需要填写或修改', '第 2 条还有 1 处需要填写或修改'])
  await named.last().click()
  await expect(heading(page, '教育经历 2')).toBeVisible()

  // The last month of one may be the first of the next.
  await month(page, '入学时间', '2008-06')
  await press(page, '保存')
  await expect(page.getByRole('row', { name: /羊城示例中学/ })).toContainText('已填好')
  await expect(page.getByRole('row', { name: /岭南示例大学/ })).toContainText('已填好')
})

test('a row is removed only after it was asked about', async ({ page, service }) => {
  await start(page, service, 'complete', '/collection/education')
  const row = page.getByRole('row', { name: /羊城示例中学/ })
  const confirm = row.getByRole('button', { name: /确定删除/ })
  await expect(confirm).toBeHidden()
  await row.locator('summary').click()
  await expect(row.getByText('删除后，这一条和它的图片都不再保留。')).toBeVisible()
  await page.reload()
  await expect(row).toBeVisible()
  await row.locator('summary').press('Enter')
  await confirm.click()
  await expect(page.getByText('已删除。')).toBeVisible()
  await expect(row).toHaveCount(0)
  await expect(page.getByRole('row', { name: /岭南示例大学/ })).toBeVisible()
})

test('COL-2: 保存并退出 keeps what is half typed or wrong, also for another browser', async ({
  page,
  browser,
  service,
  baseURL,
  scripted,
}) => {
  const { actor } = await start(page, service, 'verified', '/collection')
  await press(page, '开始信息采集')
  await expect(heading(page, '会计管理部门')).toBeVisible()
  await choose(page, '当前情况', '在职在岗')
  await press(page, '保存并退出')
  await expect(page.getByText('已保存，可以随时回来接着填写。')).toBeVisible()
  await page.goto('/collection/education')
  await press(page, '新增')
  await page.getByLabel('学校名称').fill('没有填完的大学')
  await page
    .getByRole('group', { name: '入学时间', exact: true })
    .locator('input[name$=".year"]')
    .fill('二〇一')
  await press(page, '保存并退出')
  await expect(page.getByText('已保存，可以随时回来接着填写。')).toBeVisible()

  const elsewhere = await browser.newContext({ baseURL, javaScriptEnabled: scripted })
  await service.enter(elsewhere, actor)
  const there = await elsewhere.newPage()
  await there.goto('/')
  await there.getByRole('link', { name: '继续填写' }).click()
  await expect(heading(there, /会计管理部门|会计人员信息采集/)).toBeVisible()
  await there.goto('/collection/department')
  await expect(there.getByLabel('在职在岗')).toBeChecked()
  await there.goto('/collection/education')
  await there
    .getByRole('row', { name: /没有填完的大学/ })
    .getByRole('link', { name: /^编辑/ })
    .click()
  await expect(there.getByLabel('学校名称')).toHaveValue('没有填完的大学')
  await expect(
    there.getByRole('group', { name: '入学时间', exact: true }).locator('input[name$=".year"]'),
  ).toHaveValue('二〇一')
  await elsewhere.close()
})

test('SUB-3: a submission can be withdrawn and sent again until a reviewer has claimed it', async ({
  page,
  service,
}) => {
  const { caseId, number } = await start(page, service, 'submitted', '/collection/outcome')
  await press(page, '撤回')
  await expect(page.getByText('未提交').first()).toBeVisible()
  await page.goto('/collection/basic')
  await page.getByLabel('通讯地址').fill('广东省广州市天河区撤回以后路 3 号')
  const form = page.url()
  await press(page, '保存并退出')
  await page.waitForURL((url) => url.href !== form)
  await page.goto('/collection/outcome')
  await expect(page.getByRole('main')).toContainText('广东省广州市天河区撤回以后路 3 号')
  await page.getByLabel('承诺所提供信息真实有效').check()
  await press(page, '提交')
  await expect(page.getByText(`第 2 次提交：受理编号 ${number}`)).toBeVisible()

  // Claimed while the page was open: too late.
  await service.claim(await service.reviewer(), caseId)
  await press(page, '撤回')
  await expect(page.locator('#errors')).toContainText('审核人员已经领取，不能撤回，请等待审核结果')
  await expect(page.getByRole('button', { name: '撤回' })).toHaveCount(0)
  await page.goto('/collection/basic')
  await expect(heading(page, '审核告知')).toBeVisible()
})

test('SCO-2: another 采集范围 is judged at once on every later page', async ({ page, service }) => {
  await start(page, service, 'complete', '/collection/scope')
  for (const step of ['教育经历', '工作经历']) await expect(standing(page, step)).toContainText('已完成')
  await page.getByLabel(/^（四）/).check()
  await press(page, '保存并下一步')
  await expect(heading(page, '基本信息')).toBeVisible()
  for (const step of ['教育经历', '工作经历']) await expect(standing(page, step)).toContainText('填写中')
  for (const [step, says] of [
    ['education', '采集范围（四）要求具备博士学位'],
    ['employment', '采集范围都应当选（一）'],
  ] as const) {
    await page.goto(`/collection/${step}`)
    await press(page, '保存并下一步')
    await expect(page.locator('#errors')).toContainText(says)
  }
  await page.goto('/collection/outcome')
  await page.getByLabel('承诺所提供信息真实有效').check()
  await press(page, '提交')
  await expect(
    page.locator('#errors').getByRole('link', { name: '教育经历还有 1 处需要填写或修改' }),
  ).toHaveAttribute('href', '/collection/education')

  await page.goto('/collection/scope')
  await page.getByLabel(/^（一）/).check()
  await press(page, '保存并下一步')
  for (const step of ['教育经历', '工作经历']) await expect(standing(page, step)).toContainText('已完成')
})

test('DEP-1: 深圳市 stands on the first level beside the provinces', async ({ page, service }) => {
  await start(page, service, 'draft', '/collection/department')
  await expect(page.getByRole('group', { name: '会计管理部门' }).locator('select')).toHaveCount(3)
  await chooseDepartment(page, ['深圳市', '福田区'])
  await press(page, '保存并下一步')
  await expect(heading(page, '采集须知')).toBeVisible()
  await page.goto('/collection/department')
  const selects = page.getByRole('group', { name: '会计管理部门' }).locator('select')
  await expect(selects).toHaveCount(2)
  await expect(selects.nth(0).locator('option:checked')).toHaveText('深圳市')
  await expect(selects.nth(1).locator('option:checked')).toHaveText('福田区')
  await expect(page.getByText(/已选择：.*福田区/)).toBeVisible()

  // Half a choice is kept, and named.
  await selects.nth(0).selectOption({ label: '广东省' })
  await press(page, '保存并下一步')
  await expect(page.locator('#errors')).toContainText('会计管理部门还没有选到最后一级')
  await expect(selects.nth(0).locator('option:checked')).toHaveText('广东省')
})
