import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { walks } from '../e2e/support/places.ts'
import { expect, test } from '../e2e/support/seeded.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds, short enough to read in a report. */
async function found(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`),
  )
}

const looks = [
  { look: 'normal', cookies: {} },
  { look: '长辈版', cookies: { size: 'large' } },
  { look: '高对比', cookies: { contrast: 'high' } },
]

for (const [name, walk] of Object.entries(walks)) {
  test(`no barrier that axe knows: ${name}`, async ({ page, service, baseURL }) => {
    test.setTimeout(240_000)
    for await (const where of walk(page, service)) {
      const address = page.url().replace(/#.*/, '')
      for (const { look, cookies } of looks) {
        await page.context().clearCookies({ name: /^(size|contrast)$/ })
        await page
          .context()
          .addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: baseURL ?? '' })))
        await page.goto(address)
        expect.soft(await found(page), `${where}, ${look}`).toEqual([])
      }
      await page.context().clearCookies({ name: /^(size|contrast)$/ })
    }
  })
}
