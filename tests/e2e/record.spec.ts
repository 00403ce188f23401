/** 我的会计人员信息: from home to the paper, and the paper verified by somebody who is signed out. */
import type { Page } from '@playwright/test'
import { expect, test } from './support/seeded.ts'

const main = (page: Page) => page.getByRole('main')

test('an approved person has the 登记表 made, prints it, and an employer verifies its code', async ({
  page,
  other,
  service,
}) => {
  const person = await service.applicant('approved', { name: '欧阳示例' })
  await service.enter(page.context(), person.actor)
  await page.goto('/')
  await main(page).getByRole('link', { name: '我的会计人员信息' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '我的会计人员信息' })).toBeVisible()
  await expect(main(page)).toContainText('广东省广州市天河区')
  await expect(main(page)).toContainText(person.number)
  await expect(main(page)).not.toContainText(person.login)
  await main(page).getByRole('link', { name: '打印登记表' }).first().click()
  await expect(page).toHaveURL(/\/record\/form$/)
  const make = () => page.getByRole('button', { name: '生成登记表' }).click()
  await make()
  await expect(page).toHaveURL(/\/record\/form\/\w{16}\?done=made/)
  const code = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  for (const there of ['欧阳示例', person.login, '岭南示例大学', code.slice(0, 4)])
    await expect(main(page)).toContainText(there)
  const pdf = await page.request.get(`/record/form/${code}/pdf`)
  expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf'])
  // Pressed once more it is the same paper.
  await page.goto('/record/form')
  await make()
  await expect(page).toHaveURL(new RegExp(`/record/form/${code}`))

  await other.goto('/')
  await other.getByRole('contentinfo').getByRole('link', { name: '查验证明' }).click()
  const ask = async (typed: string) => {
    await other.getByLabel('查验码').fill(typed)
    await other.getByRole('button', { name: '查验' }).click()
  }
  await ask('7K3M')
  await expect(other.locator('#errors')).toContainText('查验码是 16 位字母和数字')
  await ask((code.match(/.{4}/g) ?? []).join('-').toLowerCase())
  await expect(main(other)).toContainText('与现在登记的信息一致')
  await expect(main(other)).toContainText('欧阳**')
  await expect(main(other)).not.toContainText('欧阳示例')
  await expect(other.locator('meta[name=robots]')).toHaveAttribute('content', /noindex/)
  await other.getByRole('link', { name: '查验另一份' }).click()
  await ask(`${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`)
  await expect(main(other)).toContainText('没有这份证明')
})
