/** Barriers that axe knows, in the page as it stands. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type axe from 'axe-core'

/** As it is delivered: what `axe.source` holds is twice as long. */
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** What colours can break, and what a larger text can; everything else axe looks at is the same in every look. */
const looks = [
  {
    name: '高对比',
    attribute: 'data-contrast',
    value: 'high',
    rules: ['color-contrast', 'link-in-text-block'],
  },
  {
    name: '长辈版',
    attribute: 'data-size',
    value: 'large',
    rules: ['scrollable-region-focusable', 'target-size'],
  },
]

/** Puts axe into the page once: two thirds of a reading are its half a megabyte of source. */
async function bring(page: Page): Promise<void> {
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(source)
}

/** What axe finds, short enough to read in a report. */
async function found(page: Page, runOnly: axe.RunOnly): Promise<string[]> {
  await bring(page)
  // What passed is counted and left in the page.
  const options: axe.RunOptions = { runOnly, resultTypes: ['violations'] }
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(document, ${JSON.stringify(options)})`)
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`),
  )
}

/** Every rule on the page as it stands. */
export const barriers = (page: Page): Promise<string[]> => found(page, { type: 'tag', values: tags })

/** What 高对比 and 长辈版 break; drawn as the layout draws them from the cookies of their buttons. */
export async function barriersOfLooks(page: Page): Promise<string[]> {
  const html = page.locator('html')
  const all: string[] = []
  for (const { name, attribute, value, rules } of looks) {
    await html.evaluate((root, [key, on]) => root.setAttribute(key, on), [attribute, value] as const)
    all.push(...(await found(page, { type: 'rule', values: rules })).map((text) => `${name}: ${text}`))
    await html.evaluate((root, key) => root.removeAttribute(key), attribute)
  }
  return all
}
