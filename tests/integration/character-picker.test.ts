import { beforeEach, describe, expect, it, test, vi } from 'vitest'
import { toCharacters } from '#app/_form/to-characters.ts'
import { pickCharacter } from '#app/(public)/characters/actions.ts'
import { GET as options } from '#app/(public)/characters/options/route.ts'
import { echoOf, keep } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { paths } from '#lib/paths.ts'
import { makeApplicant, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { jar } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)

async function pick(values: Readonly<Record<string, string>>): Promise<string> {
  const data = new FormData()
  for (const [name, value] of Object.entries(values)) data.append(name, value)
  return pickCharacter(data).then(
    () => 'nothing',
    (error: Error) => error.message,
  )
}
const echoIn = (answer: string) =>
  new URL(answer.replace(/^303 /, ''), 'http://x').searchParams.get('echo') ?? ''
const form = new Form({
  idNumber: ['440106199003071012'],
  name: ['张'],
  password: ['correct horse 42'],
})

describeEachEngine('a picked character (ACC-4)', (open) => {
  let deps: TestDeps

  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
  })
  const signedIn = async () => {
    const { actor } = await makeApplicant(deps)
    const token = await openSession(deps, { accountId: actor.id, address: '', agent: '' })
    jar.set('sid', { value: token })
    return actor.id
  }
  const asked = async () => echoIn(await toCharacters('register', form, ['password']))

  it('comes behind the name, with all the rest of the form but its secrets', async () => {
    const first = await pick({ page: 'register', echo: await asked(), character: '䶮' })
    expect(first).toMatch(/^303 \/register\?echo=[\w-]{43}#name$/)
    const kept = await echoOf(echoIn(first), paths.register)
    expect(kept).toMatchObject({ ownerId: null, issues: [], page: paths.register })
    expect(kept?.values).toEqual({ idNumber: ['440106199003071012'], name: ['张䶮'] })
    const second = await pick({ page: 'register', echo: echoIn(first), character: '\u{30EDD}' })
    expect((await echoOf(echoIn(second), paths.register))?.values.name).toEqual(['张䶮\u{30EDD}'])
  })

  it('comes into a field that was left empty or not sent', async () => {
    const echo = echoIn(await toCharacters('register', new Form({}), []))
    const to = await pick({ page: 'register', echo, character: '䶮' })
    expect((await echoOf(echoIn(to), paths.register))?.values).toEqual({ name: ['䶮'] })
  })

  it('goes back to a page of a person for that person alone', async () => {
    const owner = await signedIn()
    const echo = echoIn(await toCharacters('correction', form, ['password'], owner))
    const to = await pick({ page: 'correction', echo, character: '䶮' })
    expect(to).toMatch(/^303 \/account\/correction\?echo=[\w-]{43}#newName$/)
    expect(await echoOf(echoIn(to), paths.accountCorrection)).toMatchObject({
      ownerId: owner,
      values: { newName: ['䶮'] },
    })
    await signedIn()
    expect(await pick({ page: 'correction', echo, character: '䶮' })).toBe('303 /characters?page=correction')
    jar.delete('sid')
    expect(await pick({ page: 'correction', echo, character: '䶮' })).toBe('303 /characters?page=correction')
  })

  it('is not lost with a form that is gone, another browser’s, or of another page', async () => {
    const gone = '303 /characters?page=register&q=yan&n=2'
    const wish = { page: 'register', character: '䶮', q: 'yan', n: '2' }
    expect(await pick({ ...wish, echo: 'x'.repeat(43) })).toBe(gone)
    const echo = await asked()
    expect(await pick({ ...wish, page: 'forgot-password', echo })).toBe(
      '303 /characters?page=forgot-password&q=yan&n=2',
    )
    const owner = await signedIn()
    const other = { page: '/account', form, secret: [], issues: [], notice: '', ownerId: owner } as const
    expect(await pick({ ...wish, echo: await keep(other) })).toBe(gone)
    const own = jar.get('eb')
    jar.set('eb', { value: 'c'.repeat(43) })
    expect(await pick({ ...wish, echo })).toBe(gone)
    if (own) jar.set('eb', own)
    deps.clock.advance(16 * 60_000)
    expect(await pick({ ...wish, echo })).toBe(gone)
  })

  test.each([
    { page: 'https://example.org', character: '䶮' },
    { page: '/account', character: '䶮' },
    { page: '', character: '䶮' },
    { page: 'register', character: '䶮䶮' },
    { page: 'register', character: '<script>' },
    { page: 'register', character: '\u202E' },
    { page: 'register', character: '' },
  ])('is not there when forged: %j', async (values) =>
    expect(await pick({ ...values, echo: await asked() })).toBe('404'),
  )
})

describe('the options of the popover', () => {
  const ask = (query: string) => options(new Request(`http://127.0.0.1/characters/options${query}`))

  it('are what the page shows, for any cache to keep', async () => {
    const answer = ask(`?${new URLSearchParams({ q: '龙天' })}`)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=3600')
    expect(await answer.json()).toMatchObject({ total: 2, next: null, unknown: [] })
  })
  it('are none where nothing is asked', async () =>
    expect(await ask('').json()).toMatchObject({ total: 0, characters: [] }))
})
