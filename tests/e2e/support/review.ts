/** What a reviewer does by hand. */
import { expect, type Page } from '@playwright/test'
import { signIn } from './people.ts'
import { choose } from './wizard.ts'

export async function openAsReviewer(
  page: Page,
  reviewer: { login: string; password: string; totpSecret?: string },
  number: string,
): Promise<void> {
  await signIn(page, reviewer.login, reviewer.password, reviewer.totpSecret)
  await expect(page.getByRole('heading', { level: 1, name: '待办' })).toBeVisible()
  // A queue of many cases has several pages.
  await page.getByRole('textbox', { name: '查找' }).fill(number)
  await page.getByRole('button', { name: '查找', exact: true }).click()
  // Its link may stand in the queue before, and a click there would be overtaken by what was found.
  await page.getByRole('table', { name: '查找结果' }).getByRole('link', { name: number }).click()
  await expect(page.getByRole('heading', { level: 1, name: new RegExp(number) })).toBeVisible()
}

/** 有问题 with one finding: the reason, the row and the control it concerns, a note. */
export async function finding(
  page: Page,
  section: string,
  { reason, target, row, note }: { reason: string; target: string; row: string; note: string },
): Promise<void> {
  await choose(page, `审核意见 · ${section}`, '有问题')
  const place = page.getByRole('group', { name: `${section} 第 1 条意见`, exact: true })
  await place.getByLabel('退回原因').selectOption({ label: reason })
  const value = await place
    .locator(`optgroup[label="${row}"] option`, { hasText: target })
    .first()
    .getAttribute('value')
  await place.getByLabel('所指内容').selectOption(value)
  await place.getByLabel(/^说明/).fill(note)
}
