/** What a row is told of without being refused, and a return that is mended: seen where one goes by (EDU-6, SUB-4). */
import type { Page } from '@playwright/test'
import { expect, test } from './support/seeded.ts'
import { addEducation } from './support/wizard.ts'

const heading = (page: Page, name: string, level = 1) => page.getByRole('heading', { level, name })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const main = (page: Page) => page.getByRole('main')
const fits = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
const sizes = [
  { width: 1280, height: 900 },
  { width: 360, height: 740 },
] as const

test('EDU-6: a doctor’s degree of 大学本科 with a number of another year is told of in the list and before it is sent', async ({
  page,
  service,
}) => {
  const person = await service.applicant('complete')
  await service.enter(page.context(), person.actor)
  await page.goto('/collection/education')
  await expect(page.getByRole('link', { name: /^请再核对/ })).toHaveCount(0)
  await addEducation(page, {
    school: '岭南示例学院',
    level: '大学本科',
    degree: '博士',
    major: '会计学',
    enrolled: '2012-09',
    graduated: '2016-06',
    diplomaNo: '105581201505001234',
    degreeNo: '1055842016001234',
  })
  const row = page.getByRole('row', { name: /岭南示例学院/ })
  await expect(row).toContainText('已填好')
  const lines = [
    '学历证书编号里的年份是 2015，毕业时间是 2016 年，请再核对一次；确认无误可以继续',
    '学位证书编号里的级别与所选学位不同，请再核对一次；确认无误可以继续',
    '这个学历通常不授予所选学位，请再核对一次；确认无误可以继续',
  ]
  for (const size of sizes) {
    await page.setViewportSize(size)
    await page.goto('/collection/education')
    expect(await fits(page), `list ${size.width}`).toBe(true)
    await row.getByRole('link', { name: /^请再核对\s*教育经历 3$/ }).click()
    for (const line of lines) await expect(main(page)).toContainText(line)
    await page.goto('/collection/outcome')
    expect(await fits(page), `outcome ${size.width}`).toBe(true)
    for (const line of lines) await expect(main(page)).toContainText(line)
    await page.getByRole('link', { name: '教育经历 · 教育经历 3' }).click()
    await expect(heading(page, '教育经历 3')).toBeVisible()
  }
  await page.goto('/collection/outcome')
  await page.getByLabel('承诺所提供信息真实有效').check()
  await press(page, '提交')
  await expect(
    main(page)
      .getByText(/第 2 次提交|提交：受理编号/)
      .first(),
  ).toBeVisible()
})

test('SUB-4: 审核告知 tells what of a return is mended, and at the end that it can be sent', async ({
  page,
  service,
}) => {
  const person = await service.applicant('returned')
  await service.enter(page.context(), person.actor)
  await page.goto('/collection/outcome')
  await expect(main(page)).toContainText('下一步：按退回意见修改，然后重新提交')
  await expect(main(page).getByText('本页已修改', { exact: true })).toHaveCount(0)
  await page.goto('/collection/basic')
  await page.getByLabel('通讯地址').fill('广东省广州市天河区新示例路 7 号')
  await press(page, '保存并下一步')
  await page.goto('/collection/outcome')
  await expect(main(page).getByText('本页已修改', { exact: true })).toHaveCount(1)
  await expect(main(page)).toContainText('下一步：按退回意见修改，然后重新提交')
  await page.goto('/collection/education/row002')
  await page.getByLabel('学历证书编号').fill('100001201205000124')
  await press(page, '保存')
  await expect(heading(page, '教育经历')).toBeVisible()
  for (const size of sizes) {
    await page.setViewportSize(size)
    await page.goto('/collection/outcome')
    expect(await fits(page), `${size.width}`).toBe(true)
    await expect(main(page)).toContainText(
      '下一步：有退回意见的页面都已修改。请核对下面的信息，勾选承诺后提交。',
    )
    await expect(main(page)).not.toContainText('按退回意见修改，然后重新提交')
  }
})

test('QUA-2: a new qualification asks for no proof before it is said how it was obtained', async ({
  page,
  service,
}) => {
  const person = await service.applicant('complete')
  await service.enter(page.context(), person.actor)
  for (const size of sizes) {
    await page.setViewportSize(size)
    await page.goto('/collection/qualifications')
    await press(page, '新增')
    await expect(heading(page, '新增专业技术资格')).toBeVisible()
    await expect(main(page)).toContainText('保存后，这里会列出这一条需要上传的证明材料。')
    await expect(main(page)).not.toContainText('必须上传')
  }
  await press(page, '保存')
  const errors = page.locator('#errors')
  await expect(errors).toContainText('请选择资格类别')
  await expect(errors).not.toContainText('请上传')
})
