/** What the places of a walk are held to, each read in one go: a walk stops at some 160 of them. */
import type { Page, Response } from '@playwright/test'
import { expect } from './seeded.ts'

export const wide = { width: 1280, height: 720 }
export const phone = { width: 360, height: 720 }

/** Headings of the first level, controls nobody can tell what they are for, ids given twice, pixels too wide. */
export const read = (page: Page) =>
  page.evaluate(() => {
    // A box in a table is told by its row and column; to who only hears it, it says so itself.
    const controls = [
      ...document.querySelectorAll(
        'input:not([type=hidden], td [type=checkbox][aria-label]), select, textarea',
      ),
    ]
    const unnamed = controls.filter(
      (one) =>
        !(
          one instanceof HTMLInputElement ||
          one instanceof HTMLSelectElement ||
          one instanceof HTMLTextAreaElement
        ) || ![...(one.labels ?? [])].some((label) => label.textContent?.trim()),
    )
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    const root = document.scrollingElement ?? document.documentElement
    return {
      headings: document.querySelectorAll('h1').length,
      unnamed: unnamed.map((one) => one.outerHTML),
      twice: ids.filter((id, index) => ids.indexOf(id) !== index),
      tooWide: Math.max(0, root.scrollWidth - root.clientWidth),
    }
  })

/** What `read` says of a page with nothing to complain of. */
export const plain = { headings: 1, unnamed: [], twice: [], tooWide: 0 }

/** Pixels by which the page is wider than the window, as it stands and in 长辈版. */
export const tooWide = (page: Page) =>
  page.evaluate(() => {
    const root = document.scrollingElement ?? document.documentElement
    const width = () => Math.max(0, root.scrollWidth - root.clientWidth)
    const normal = width()
    document.documentElement.setAttribute('data-size', 'large')
    const large = width()
    document.documentElement.removeAttribute('data-size')
    return { normal, large }
  })

export const fitting = { normal: 0, large: 0 }

/**
 * What would not work where no script runs: buttons that send nothing, controls that cannot be seen, forms that go
 * nowhere, links without an address.
 */
export const dead = (page: Page) =>
  page.evaluate(() => {
    const all = <T extends Element>(selector: string) => [...document.querySelectorAll<T>(selector)]
    const isSeen = (one: Element) => one.checkVisibility({ visibilityProperty: true })
    // What a fold opens, or a choice in the same part of a form, needs no script.
    const isFolded = (one: Element) => one.closest('details:not([open])') !== null
    const isChosen = (one: Element) =>
      one.closest(':has(input[type=radio])')?.matches(':not(:has(form)):not(form)') ?? false
    const isWithinReach = (one: Element) => isSeen(one) || isFolded(one) || isChosen(one)
    const buttons = all<HTMLButtonElement>('button').filter((one) => isWithinReach(one) && !one.disabled)
    const fields = all<HTMLInputElement>('input:not([type=hidden]), select, textarea')
    const forms = all<HTMLFormElement>('form').filter(
      (form) => !form.getAttribute('action') && !form.querySelector('input[name^="$ACTION"]'),
    )
    const broken = [
      ...buttons.filter(({ type, form }) => type !== 'submit' || form === null),
      ...fields.filter((one) => !isWithinReach(one) || one.form === null),
      ...forms.filter(({ elements }) => elements.length > 0),
      ...all('a:not([href])').filter(isSeen),
    ]
    return broken.map(({ outerHTML }) => outerHTML.slice(0, 200))
  })

const bare = (address: string) => address.split('#')[0]

/** Status and caching of the page a browser stands on: as it got it, or asked for once more where script moved it there. */
export function answers(page: Page): () => Promise<{ status: number; cache: string | undefined }> {
  let last: Response | null = null
  page.on('response', (response) => {
    if (response.frame() === page.mainFrame() && response.request().isNavigationRequest()) last = response
  })
  return async () => {
    const got = last
    if (got && bare(got.url()) === bare(page.url()))
      return { status: got.status(), cache: got.headers()['cache-control'] }
    const again = await page.request.get(page.url())
    return { status: again.status(), cache: again.headers()['cache-control'] }
  }
}

/**
 * By keyboard alone: the first stop of a page leads past its head. A page that was moved to softly has no first stop, nor
 * has one that was looked at before.
 */
export async function skips(page: Page, where: string): Promise<void> {
  const fresh = await page.evaluate(
    () =>
      performance.getEntriesByType('navigation')[0]?.name === location.href &&
      location.hash === '' &&
      !('axe' in window),
  )
  const skip = page.getByRole('link', { name: '跳到正文' })
  if (!fresh || (await skip.count()) === 0) return
  await page.keyboard.press('Tab')
  await expect.soft(skip, where).toBeFocused()
  await page.keyboard.press('Enter')
  await expect.soft(page.locator('#main'), where).toBeFocused()
}

/** Paper has the page alone. */
export async function printsAlone(page: Page, where: string): Promise<void> {
  await page.emulateMedia({ media: 'print' })
  const beside = await page.evaluate(() =>
    [...document.querySelectorAll('nav, body > div > header, footer, aside')]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }))
      .map(({ tagName }) => tagName),
  )
  expect.soft(beside, `${where}: on paper`).toEqual([])
  await page.emulateMedia({ media: null })
}

const bodySize = (page: Page) =>
  page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize))

/** 长辈版 is a form: the page stays where it is, and its text grows. */
export async function enlarges(page: Page, where: string): Promise<void> {
  const place = () => new URL(page.url()).pathname + new URL(page.url()).search
  const [address, before] = [place(), await bodySize(page)]
  await page.getByRole('button', { name: '长辈版' }).click()
  await expect(page.getByRole('button', { name: '标准版' })).toBeVisible()
  expect.soft(place(), where).toBe(address)
  expect.soft(await bodySize(page), `${where}: 长辈版`).toBeGreaterThan(before)
  expect.soft(await page.locator('html').getAttribute('data-size'), where).toBe('large')
  await page.context().clearCookies({ name: 'size' })
}
