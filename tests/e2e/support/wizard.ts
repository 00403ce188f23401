/** The seven pages of the wizard, filled in by hand. */
import { expect, type Locator, type Page } from '@playwright/test'
import { jpegOfBytes, pngOfBytes } from '../../support/pictures.ts'

export const picture = {
  portrait: () => jpegOfBytes(295, 413, 10_240),
  proof: () => jpegOfBytes(800, 600, 20_481),
  pngProof: () => pngOfBytes(640, 480, 60_000),
}

/** The slot of this label: its heading, form and messages. */
export const slot = (page: Page, label: string): Locator =>
  page.getByRole('group', { name: label, exact: true })

/** Chooses a picture for a slot and sends it, whatever becomes of it. */
export async function send(page: Page, label: string, bytes: Buffer, name = 'picture.jpg'): Promise<void> {
  const place = slot(page, label)
  await place
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: name.endsWith('.png') ? 'image/png' : 'image/jpeg', buffer: bytes })
  const sent = page.waitForResponse(
    (response) => response.request().method() === 'POST' && response.url().includes('/files/'),
  )
  await place.getByRole('button', { name: /上传|更换/ }).click()
  await sent
  await page.waitForLoadState()
}

export async function upload(page: Page, label: string, bytes: Buffer, name?: string): Promise<void> {
  await send(page, label, bytes, name)
  await expect(slot(page, label).getByText(/^已上传/)).toBeVisible()
}

export const month = async (scope: Page | Locator, label: string, value: string): Promise<void> => {
  const group = scope.getByRole('group', { name: label, exact: true })
  if (value === '至今' || value === '在读') return group.getByLabel(value).check()
  const [year = '', number = ''] = value.split('-')
  await group.locator('input[name$=".year"]').fill(year)
  await group.locator('select[name$=".month"]').selectOption(number)
}

export const choose = (scope: Page | Locator, group: string, option: string) =>
  scope.getByRole('group', { name: group, exact: true }).getByLabel(option, { exact: true }).check()

export const next = async (page: Page, heading: string): Promise<void> => {
  await page.getByRole('button', { name: '保存并下一步' }).click()
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
}

/** 省 → 市 → 区县, with script or by the button that shows the next level. */
export async function chooseDepartment(page: Page, names: readonly string[]): Promise<void> {
  const group = page.getByRole('group', { name: '会计管理部门' })
  for (const [index, name] of names.entries()) {
    await group.locator('select').nth(index).selectOption({ label: name })
    if (index === names.length - 1) return
    const more = page.getByRole('button', { name: '显示下一级' })
    if (await more.isVisible()) await more.click()
    // A department that is proposed already shows them all.
    await expect(group.locator('select').nth(index + 1)).toBeVisible()
  }
}

export async function departmentPage(page: Page, names = ['广东省', '广州市', '天河区']): Promise<void> {
  await choose(page, '当前情况', '在职在岗')
  await page.getByLabel('户籍所在地').selectOption({ label: '广州市' })
  await chooseDepartment(page, names)
}

export async function basicPage(page: Page, { isMainland = true } = {}): Promise<void> {
  const consent = page.getByRole('button', { name: '同意并继续' })
  if (await consent.isVisible()) {
    await consent.click()
    await expect(consent).toBeHidden()
  }
  await upload(page, '证件照', await picture.portrait())
  await upload(page, '身份证明人像面', await picture.proof())
  await upload(page, '身份证明国徽面', await picture.pngProof(), 'back.png')
  if (isMainland) {
    await page.getByLabel('民族').selectOption({ label: '汉族' })
    await page.getByLabel('政治面貌').selectOption({ label: '群众' })
  }
  await page.getByLabel('居住地').selectOption({ label: '广州市' })
  await page.getByLabel('通讯地址').fill('广东省广州市天河区示例路 1 号 301 房')
}

interface School {
  /** 境内 unless said. */
  place?: string
  school: string
  level: string
  degree: string
  major?: string
  enrolled: string
  graduated: string
  diplomaNo?: string
  degreeNo?: string
}
export async function addEducation(page: Page, row: School): Promise<void> {
  await page.getByRole('button', { name: '新增' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '新增教育经历' })).toBeVisible()
  await choose(page, '办学地', row.place ?? '境内')
  await choose(page, '培养方式', '全日制')
  await page.getByLabel('学校名称').fill(row.school)
  await page.getByLabel('学历', { exact: true }).selectOption({ label: row.level })
  await page.getByLabel('学位', { exact: true }).selectOption({ label: row.degree })
  if (row.major) await page.getByLabel('所学专业').fill(row.major)
  await month(page, '入学时间', row.enrolled)
  await month(page, '毕业时间', row.graduated)
  if (row.diplomaNo) await page.getByLabel('学历证书编号').fill(row.diplomaNo)
  if (row.degreeNo) await page.getByLabel('学位证书编号').fill(row.degreeNo)
  await page.getByRole('button', { name: '保存', exact: true }).click()
}

export async function addEmployment(page: Page): Promise<void> {
  await page.getByRole('button', { name: '新增' }).click()
  await month(page, '工作开始时间', '2012-07')
  await month(page, '工作结束时间', '至今')
  await page.getByLabel('单位名称').fill('广州市示例商贸有限公司')
  await page.getByLabel('统一社会信用代码', { exact: true }).fill('91350100M000100Y43')
  await page.getByLabel('单位类型').selectOption({ label: '民营企业' })
  await page.getByLabel('所属行业').selectOption({ label: '批发和零售业' })
  await page.getByLabel('工作单位地址').fill('广东省广州市天河区示例路 2 号')
  await page.getByLabel('工作单位电话').fill('020-12345678')
  await choose(page, '是否有会计工作经历', '有')
  await month(page, '会计工作开始时间', '2012-07')
  await month(page, '会计工作结束时间', '至今')
  await page.getByLabel('从事会计工作').selectOption({ label: '出纳' })
  await page.getByLabel('会计专业职务（选填）', { exact: true }).selectOption({ label: '助理会计师' })
  await month(page, '会计专业职务聘任时间', '2015-03')
  await page.getByRole('button', { name: '保存', exact: true }).click()
}

export async function addQualification(page: Page): Promise<void> {
  await page.getByRole('button', { name: '新增' }).click()
  await page.getByLabel('资格类别').selectOption({ label: '会计专业技术资格' })
  await page.getByLabel('级别', { exact: true }).selectOption({ label: '初级' })
  await choose(page, '取得方式', '考试')
  await page.getByLabel('证书编号或批准文号').fill('44201400123456')
  await month(page, '取得时间', '2014-10')
  await page.getByLabel('发证机关').fill('广东省人力资源和社会保障厅')
  await page.getByRole('button', { name: '保存', exact: true }).click()
}

/** 提交 on 审核告知, and on until the machine checks have brought the case to this state. */
export async function sendCollection(page: Page, state: string): Promise<void> {
  await page.getByLabel('承诺所提供信息真实有效').check()
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await hasCome(page, state)
}

/** The page waits for the checks a while; somebody whose checks take longer looks again. */
export async function hasCome(page: Page, state: string): Promise<void> {
  const again = page.getByRole('link', { name: '刷新查看结果' })
  const there = page.getByRole('main').getByText(state).first()
  await expect(async () => {
    if (await again.isVisible()) await again.click()
    await expect(there).toBeVisible({ timeout: 4_000 })
  }).toPass({ timeout: 30_000 })
}
