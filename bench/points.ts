/** (a) to (h): what tracker 7 sets beside floors, at one size. */
import { paths } from '#lib/paths.ts'
import { reviewWords } from '#lib/text/review.ts'
import { formWith, type PageForm, PlainBrowser } from '#tests/support/plain-browser.ts'
import type { DeepPage } from './deep-page.ts'
import { warmUp } from './measure.ts'
import { department, type MadePerson, type People } from './people.ts'
import type { Point } from './point.ts'
import type { Bench } from './server.ts'
import type { Browsers } from './sign-in.ts'
import { type Letter, targets } from './targets.ts'

export const reviewer = `r${department}`

/** Who is needed for these points, so many requests each. */
export const peopleFor = (wanted: ReadonlySet<Letter>, requests: number) => ({
  drafts: [...'abc'].length + (wanted.has('d') ? warmUp + requests : 0),
  waiting: 1 + (wanted.has('g') ? warmUp + requests : 0),
})

interface Scene {
  readonly bench: Bench
  readonly browsers: Browsers
  readonly people: People
  readonly deep: DeepPage
  readonly picture: Buffer
}

const basic = paths.collectionStep('basic')
const outcome = paths.collectionStep('outcome')

function nth(people: readonly MadePerson[], index: number): MadePerson {
  const found = people[index]
  if (!found) throw new Error('too few people were made')
  return found
}

const must = (what: string, { status, location }: { status: number; location: string }, where: string) => {
  if (status !== 303 || !location.startsWith(where))
    throw new Error(`${what} answered ${status} ${location} instead of ${where}`)
  return ''
}

type Made = Omit<Point, 'name' | 'actor'>

async function wizardPage({ browsers, people }: Scene): Promise<Made> {
  const browser = await browsers.applicant(nth(people.drafts, 0).phone)
  return { ask: () => browser.page(basic) }
}

/** Another address each time, over the last one. */
async function save({ browsers, people }: Scene): Promise<Made> {
  const browser = await browsers.applicant(nth(people.drafts, 1).phone)
  const form = formWith(await browser.page(basic), basic, 'name="address"')
  let rev = Number(form.fields.get('rev'))
  return {
    writes: true,
    ask: async () => {
      const values = { address: `广州市天河区第 ${rev} 号`, rev: String(rev), intent: 'next' }
      rev += 1
      return must('the save', await browser.post(form, values), paths.collectionStep('education'))
    },
  }
}

/** Each in the place of the last. */
async function upload({ browsers, people, picture }: Scene): Promise<Made> {
  const browser = await browsers.applicant(nth(people.drafts, 2).phone)
  const form = formWith(await browser.page(basic), basic, 'type="file"', '/idFront"')
  const file = new Blob([new Uint8Array(picture)], { type: 'image/jpeg' })
  return {
    writes: true,
    ask: async () => must('the upload', await browser.post(form, { file }), `${basic}?done=uploaded`),
  }
}

interface Loaded {
  readonly browser: PlainBrowser
  readonly form: PageForm
}

/** What is made ready is used up, one by one. */
function stock(load: (index: number) => Promise<Loaded>) {
  const held: Loaded[] = []
  let made = 0
  return {
    ready: async (count: number) => {
      for (let one = 0; one < count; one += 1) {
        held.push(await load(made))
        made += 1
      }
    },
    take: () => {
      const found = held.shift()
      if (!found) throw new Error('nothing is ready')
      return found
    },
  }
}

async function submission({ browsers, people }: Scene): Promise<Made> {
  const { ready, take } = stock(async (index) => {
    const browser = await browsers.applicant(nth(people.drafts, 3 + index).phone)
    return { browser, form: formWith(await browser.page(outcome), outcome, 'name="declared"') }
  })
  return {
    writes: true,
    ready,
    ask: async () => {
      const { browser, form } = take()
      return must('the submission', await browser.post(form, { declared: '1' }), `${outcome}?done=submitted`)
    },
  }
}

/** Takes a case over; gives its page. */
async function claimed(browser: PlainBrowser, { caseId }: MadePerson): Promise<string> {
  const page = paths.reviewCase(caseId)
  const form = formWith(await browser.page(page), page, 'name="case"', `>${reviewWords.claim}<`)
  must('the claim', await browser.post(form), `${page}?done=claimed`)
  return browser.page(page)
}

async function reviewScreen({ browsers, people }: Scene): Promise<Made> {
  const browser = await browsers.staff(reviewer)
  const person = nth(people.waiting, 0)
  await claimed(browser, person)
  return { ask: () => browser.page(paths.reviewCase(person.caseId)) }
}

/** The form of a case with every section passed. */
function approval(html: string, page: string): Loaded['form'] {
  const { action, fields } = formWith(html, page, 'name="decision"', 'value="approve"')
  const verdicts = [...html.matchAll(/name="(verdict\.[a-z]+)"/g)].map(
    ([, name = '']) => [name, 'pass'] as const,
  )
  return { action, fields: new Map([...fields, ...verdicts, ['decision', 'approve']]) }
}

async function decision({ browsers, people }: Scene): Promise<Made> {
  const browser = await browsers.staff(reviewer)
  const { ready, take } = stock(async (index) => {
    const person = nth(people.waiting, 1 + index)
    return { browser, form: approval(await claimed(browser, person), paths.reviewCase(person.caseId)) }
  })
  const where = paths.review({ tab: 'mine', done: 'approved' })
  return {
    writes: true,
    ready,
    ask: async () => must('the decision', await browser.post(take().form), where),
  }
}

async function queue({ browsers }: Scene, filters: Record<string, string>): Promise<Made> {
  const browser = await browsers.staff(reviewer)
  return { ask: () => browser.page(paths.review(filters)) }
}

function home({ bench: { origin } }: Scene): Made {
  const browser = new PlainBrowser(() => origin)
  return { ask: () => browser.page(paths.home) }
}

export interface LetteredPoint extends Point {
  readonly letter: Letter
}

/** The points that are wanted, in order; (e) is two. */
export async function pointsOf(scene: Scene, wanted: ReadonlySet<Letter>): Promise<LetteredPoint[]> {
  const made: readonly [Letter, string, () => Promise<Made>][] = [
    ['a', '', () => wizardPage(scene)],
    ['b', '', () => save(scene)],
    ['c', '', () => upload(scene)],
    ['d', '', () => submission(scene)],
    ['e', ', page 1', () => queue(scene, { tab: 'free' })],
    ['e', ', page 500', () => queue(scene, { tab: 'free', after: scene.deep.after })],
    ['f', '', () => reviewScreen(scene)],
    ['g', '', () => decision(scene)],
    ['h', '', async () => home(scene)],
  ]
  const points: LetteredPoint[] = []
  for (const [letter, which, make] of made)
    if (wanted.has(letter))
      points.push({ letter, actor: `(${letter})`, name: targets[letter].what + which, ...(await make()) })
  return points
}
