import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { walks } from '../e2e/support/places.ts'
import { expect, test } from '../e2e/support/seeded.ts'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** What a larger text or other colours can break; everything else axe looks at is the same in every look. */
const lookRules = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size']
const looks = [
  { name: '长辈版', attribute: 'data-size', value: 'large' },
  { name: '高对比', attribute: 'data-contrast', value: 'high' },
]

/** What axe finds, short enough to read in a report. */
async function found(page: Page, choose: (builder: AxeBuilder) => AxeBuilder) {
  // Without frames the legacy mode looks at the same, and opens no second page for it.
  const { violations } = await choose(new AxeBuilder({ page }).setLegacyMode(true)).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`),
  )
}

for (const [name, walk] of Object.entries(walks)) {
  test(`no barrier that axe knows: ${name}`, async ({ page, service }) => {
    test.setTimeout(300_000)
    for await (const where of walk(page, service)) {
      expect.soft(await found(page, (axe) => axe.withTags(tags)), where).toEqual([])
      // As the layout draws it from the cookies (every-page.spec.ts sets them by their buttons).
      const html = page.locator('html')
      for (const { name, attribute, value } of looks) {
        await html.evaluate((root, [key, on]) => root.setAttribute(key, on), [attribute, value] as const)
        expect.soft(await found(page, (axe) => axe.withRules(lookRules)), `${where}, ${name}`).toEqual([])
        await html.evaluate((root, key) => root.removeAttribute(key), attribute)
      }
    }
  })
}

test('axe would notice: a control without a name and grey on white', async ({ page }) => {
  await page.goto('/login')
  await page.locator('#main').evaluate((main) => {
    main.append(document.createElement('select'))
    const faint = document.createElement('p')
    faint.textContent = '看不清的字'
    faint.style.color = 'silver'
    main.append(faint)
  })
  expect((await found(page, (axe) => axe.withTags(tags))).map((text) => text.split(' ')[0])).toEqual(
    expect.arrayContaining(['select-name', 'color-contrast']),
  )
})
