import { expect, test } from './support/seeded.ts'

const address = '广东省广州市天河区再试路 1 号'

test('a form that cannot be taken now stays with what was typed, and is sent again by a button', {
  tag: '@script',
}, async ({ page, service }) => {
  const { actor, caseId } = await service.applicant('complete')
  await service.enter(page.context(), actor)
  await page.goto('/collection/basic')
  await page.waitForLoadState('networkidle')
  let away = true
  await page.route('**/collection/basic*', (route) =>
    away && route.request().method() === 'POST'
      ? route.fulfill({
          status: 503,
          headers: { 'retry-after': '60' },
          contentType: 'text/html',
          body: 'away',
        })
      : route.fallback(),
  )
  await page.getByLabel('通讯地址').fill(address)
  const said = page.getByRole('alert').filter({ hasText: '系统暂时无法保存' })
  await page.getByRole('button', { name: '保存并下一步' }).click()
  await expect(said).toBeVisible()
  await expect(page.getByLabel('通讯地址')).toHaveValue(address)

  // Still away: it says so again, and nothing is lost by trying.
  await page.getByRole('button', { name: '再试一次' }).click()
  await expect(said).toBeVisible()
  await expect(page.getByLabel('通讯地址')).toHaveValue(address)

  away = false
  await page.getByRole('button', { name: '再试一次' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '教育经历' })).toBeVisible()
  await expect(said).toBeHidden()
  expect((await service.rows(caseId, 'basic'))[0]?.values.address).toBe(address)
})
