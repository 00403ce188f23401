/** What is compared between the sizes: the queue, searches, figures and departments, each with what has to be found out first. */
import { paths } from '#lib/paths.ts'
import { reviewWords } from '#lib/text/review.ts'
import { formWith, type PlainBrowser } from '#tests/support/plain-browser.ts'
import { rowsOf } from './measure.ts'
import type { Point } from './point.ts'
import type { Bench } from './server.ts'
import type { Browsers } from './sign-in.ts'

const unescaped = (text: string) => text.replaceAll('&amp;', '&')
const nextOf = (html: string) => {
  const links = [...html.matchAll(/href="(\/review\?[^"]*after=[^"]*)"/g)].map(([, href = '']) =>
    unescaped(href),
  )
  return links.at(-1) ?? null
}

/** The address so many pages behind the first. */
async function deepOf(browser: PlainBrowser, first: string, pages: number): Promise<string> {
  let at = first
  for (let page = 0; page < pages; page += 1) {
    const next = nextOf(await browser.page(at))
    if (next === null) throw new Error(`${first} has ${page + 1} pages only`)
    at = next
  }
  return at
}

/** The page a search leads to: what was typed is kept for it (SEC-4). */
async function searchOf(browser: PlainBrowser, search: string): Promise<string> {
  const page = paths.review()
  const { location } = await browser.post(formWith(await browser.page(page), page, 'name="search"'), {
    search,
  })
  return location.replace(/#.*$/, '')
}

/** Whose name finds fewest people: a common one finds more in a larger country. */
async function rarestOf(browser: PlainBrowser, { seeded }: Bench) {
  const found: { rows: number; one: (typeof seeded.applicants)[number] }[] = []
  for (const one of seeded.applicants) {
    if (one.caseNumber === '' || one.departmentId !== '440106' || one.fate === 'withdrawn') continue
    const rows = rowsOf(await browser.page(await searchOf(browser, one.name)))
    if (rows > 0) found.push({ rows, one })
  }
  const [rarest] = found.toSorted((a, b) => a.rows - b.rows)
  if (!rarest) throw new Error('nobody is found by name')
  return rarest.one
}

const tabs = ['free', 'mine', 'soon', 'overdue', 'returned', 'decided'] as const
/** So many pages in, by who looks; there are as many at every size. */
const deep = { reviewer: { free: 6, decided: 40 }, manager: { free: 8, decided: 50 } } as const

/** The queue of one actor, and everything they look for in it. */
async function queuePoints(
  bench: Bench,
  browsers: Browsers,
  caseId: string,
  who: keyof typeof deep,
  login: string,
): Promise<Point[]> {
  const browser = await browsers.staff(login)
  const actor = `${who} ${login}`
  const at = (name: string, path: string): Point => ({ actor, name, ask: () => browser.page(path) })
  const tab = (one: string) => paths.review({ tab: one })
  const rarest = await rarestOf(browser, bench)
  const review = paths.reviewCase(caseId)
  return [
    ...tabs.map((one) => at(`tab ${one}, page 1`, tab(one))),
    at(`tab free, page ${deep[who].free + 1}`, await deepOf(browser, tab('free'), deep[who].free)),
    at(
      `tab decided, page ${deep[who].decided + 1}`,
      await deepOf(browser, tab('decided'), deep[who].decided),
    ),
    at('tab free, checks agree', paths.review({ tab: 'free', checks: 'agree' })),
    at('search by case number', paths.review({ number: rarest.caseNumber })),
    at('search by name', await searchOf(browser, rarest.name)),
    at('search by document', await searchOf(browser, rarest.number)),
    at('search by phone', await searchOf(browser, rarest.phone)),
    at('a case to review', review),
    {
      actor,
      name: 'claim a case and give it back (2 posts, 2 pages)',
      ask: async () => {
        const claimed = await browser.post(
          formWith(await browser.page(review), review, 'name="case"', `>${reviewWords.claim}<`),
        )
        const html = await browser.page(review)
        const given = await browser.post(formWith(html, review, 'name="case"', `>${reviewWords.release}<`))
        if (claimed.status !== 303 || given.status !== 303)
          throw new Error('the case was not claimed and given back')
        return html
      },
    },
  ]
}

/** `caseId`: of one that waits. */
export async function growthPoints(bench: Bench, browsers: Browsers, caseId: string): Promise<Point[]> {
  const reviewer = await queuePoints(bench, browsers, caseId, 'reviewer', 'r440106')
  const manager = await queuePoints(bench, browsers, caseId, 'manager', 'm440000')
  const [province, country] = [await browsers.staff('m440100'), await browsers.staff('seed-operator')]
  const viewer = await browsers.staff('v440000')
  const figures = (browser: PlainBrowser, actor: string, name: string, department: string): Point => ({
    actor,
    name: `figures of a ${name}`,
    ask: () => browser.page(paths.figures({ department })),
  })
  return [
    ...reviewer,
    ...manager,
    figures(province, 'manager m440100', 'county', '440106'),
    figures(province, 'manager m440100', 'city', '440100'),
    figures(viewer, 'viewer v440000', 'province', '440000'),
    figures(country, 'operator', 'country', ''),
    { actor: 'operator', name: 'departments, first level', ask: () => country.page(paths.departments()) },
    {
      actor: 'operator',
      name: 'departments of a city',
      ask: () => country.page(paths.departments({ under: '440100' })),
    },
  ]
}
