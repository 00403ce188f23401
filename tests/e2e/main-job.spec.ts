import { expect, test } from '@playwright/test'
import { demoAccount, newPerson, register, signIn, signOut, verifyIdentity } from './support/people.ts'
import {
  addEducation,
  addEmployment,
  addQualification,
  basicPage,
  departmentPage,
  next,
  picture,
  upload,
} from './support/wizard.ts'

test('the main job: register, identify, fill seven pages, submit, be returned, mend, be approved', async ({ page }) => {
  test.setTimeout(240_000)
  const person = newPerson()
  await register(page, person)
  await expect(page.getByRole('banner')).toContainText('欧阳**')
  await verifyIdentity(page)

  await page.goto('/collection')
  await page.getByRole('button', { name: '开始信息采集' }).click()
  await departmentPage(page)
  await next(page, '采集须知')
  await page.getByLabel('（一）会计人员（从事会计工作）').check()
  await next(page, '基本信息')
  await basicPage(page)
  await next(page, '教育经历')

  await addEducation(page, {
    school: '广州市示例高级中学',
    level: '高中',
    degree: '无',
    enrolled: '2005-09',
    graduated: '2008-06',
  })
  // EDU-5: no register knows it, so its certificate is asked for at once.
  await expect(page.locator('#errors')).toContainText('请上传学历（学位）证书')
  await upload(page, '学历（学位）证书', await picture.proof())
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: '教育经历' })).toBeVisible()
  await addEducation(page, {
    school: '岭南示例大学',
    level: '大学本科',
    degree: '学士',
    major: '会计学',
    enrolled: '2008-09',
    graduated: '2012-06',
    diplomaNo: '105581201205001234',
    degreeNo: '1055842012001234',
  })
  await expect(page.getByRole('row', { name: /岭南示例大学/ })).toContainText('已填好')
  await next(page, '工作经历')

  await addEmployment(page)
  await expect(page.locator('#errors')).toContainText('请上传统一社会信用代码证明')
  await upload(page, '统一社会信用代码证明', await picture.proof())
  await upload(page, '聘任证明', await picture.proof())
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await upload(page, '会计专业工作简历表', await picture.proof())
  await next(page, '专业技术资格')
  await addQualification(page)
  await next(page, '审核告知')

  await expect(page.getByRole('main')).toContainText('岭南示例大学')
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await expect(page.locator('#errors')).toContainText('承诺所提供信息真实有效')
  await page.getByLabel('承诺所提供信息真实有效').check()
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await expect(page.getByText('待审核').first()).toBeVisible()
  const number = (await page.getByText(/受理编号 C\d+/).first().textContent())?.match(/C\d+/)?.[0] ?? ''
  expect(number).toMatch(/^C\d{16}$/)
  await signOut(page)

  const reviewer = await demoAccount('reviewer', { department: '广东省广州市天河区' })
  await signIn(page, reviewer.login, reviewer.password, reviewer.totpSecret)
  await expect(page.getByRole('heading', { level: 1, name: '待办' })).toBeVisible()
  await page.getByRole('row', { name: new RegExp(number) }).getByRole('link').first().click()
})
