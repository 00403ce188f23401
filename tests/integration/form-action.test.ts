import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { echoOf, keep, pageOfEcho } from '#lib/action/echo.ts'
import type { Form } from '#lib/action/form.ts'
import { type ActionSpec, formAction } from '#lib/action/form-action.ts'
import { anyone, requireApplicant, requireStaff } from '#lib/auth/actors.ts'
import { closeSession, openSession } from '#lib/auth/session-rows.ts'
import { notFound, refused, stale } from '#lib/domain/errors.ts'
import { issue, ok, refuse } from '#lib/domain/result.ts'
import { limitKey, take } from '#lib/limits.ts'
import { networkOf } from '#lib/network.ts'
import { makeApplicant, makeStaff, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

/** Next's side of an action: a jar of cookies per browser, and the two ways to leave. */
const next = vi.hoisted(() => ({
  jar: new Map<string, { value: string; options?: unknown }>(),
  address: '192.0.2.7',
}))
vi.mock('next/headers', () => ({
  cookies: async () => ({
    get: (name: string) => next.jar.get(name),
    set: (name: string, value: string, options?: unknown) => void next.jar.set(name, { value, options }),
    delete: (name: string) => void next.jar.delete(name),
  }),
  headers: async () => new Headers({ 'x-client-ip': next.address }),
}))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))
vi.mock('next/navigation', () => ({
  redirect: (to: string) => {
    throw new Error(`303 ${to}`)
  },
  notFound: () => {
    throw new Error('404')
  },
}))

const minute = 60_000
type Values = Readonly<Record<string, string>>

/** Where a posted form ends: `303 <address>`, `404`, or what was thrown on. */
async function post(action: (data: FormData) => Promise<void>, values: Values): Promise<string> {
  const data = new FormData()
  for (const [name, value] of Object.entries(values)) data.append(name, value)
  return action(data).then(
    () => 'nothing',
    (error: Error) => error.message,
  )
}
const echoIn = (answer: string) => /[?&]echo=([\w-]{43})/.exec(answer)?.[1] ?? 'none'

const sections = ['basic', 'scope']
const pageOf = (form: Form) => {
  if (!sections.includes(form.get('section'))) throw notFound()
  return `/collection/${form.get('section')}`
}
/** An action of a person on a page, that does what the test says. */
const action = (over: Partial<ActionSpec<{ readonly id: string } | null, Form, string>> = {}) =>
  formAction<{ readonly id: string } | null, Form, string>({
    actor: requireApplicant,
    page: pageOf,
    read: (form) => {
      pageOf(form)
      return ok(form)
    },
    run: async () => '/collection/education#main',
    then: (to) => to,
    ...over,
  })
const typed = { section: 'basic', address: '天河区体育西路 1 号' }
const wrong = [issue('email', 'email-format'), issue('address', 'too-long', { measured: 130, limit: 120 })]

describeEachEngine('a form action', (open) => {
  let deps: TestDeps
  let zhang: string
  let li: string
  let tokens: Map<string, string>

  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    next.jar = new Map()
    tokens = new Map()
    const made = [await makeApplicant(deps), await makeApplicant(deps)]
    for (const { actor } of made)
      tokens.set(actor.id, await openSession(deps, { accountId: actor.id, address: '', agent: '' }))
    ;[zhang, li] = made.map(({ actor }) => actor.id) as [string, string]
    signedIn(zhang)
  })
  const signedIn = (id: string | null) => {
    const token = id === null ? undefined : tokens.get(id)
    if (token) next.jar.set('sid', { value: token })
    else next.jar.delete('sid')
  }
  const rows = () => deps.store.read.select().from(deps.store.t.echo)

  it('that succeeds leads on and leaves nothing behind', async () => {
    expect(await post(action(), typed)).toBe('303 /collection/education#main')
    expect(await rows()).toEqual([])
    expect([...next.jar.keys()]).toEqual(['sid'])
  })

  it.each([
    ['while it is read', { read: () => refuse(...wrong) }],
    ['by the command', { run: async () => Promise.reject(refused(...wrong)) }],
  ])('refused %s leads back with everything typed and everything wrong', async (_, over) => {
    const answer = await post(action(over), typed)
    expect(answer).toMatch(/^303 \/collection\/basic\?echo=[\w-]{43}#errors$/)
    expect(await echoOf(echoIn(answer))).toEqual({
      id: echoIn(answer),
      page: '/collection/basic',
      ownerId: zhang,
      values: { section: ['basic'], address: [typed.address] },
      issues: wrong,
      notice: '',
    })
  })

  it('lets go of the echo it was filled from, in the browser it is of and in no other', async () => {
    const refusing = action({ read: () => refuse(...wrong) })
    const first = echoIn(await post(refusing, typed))
    const mark = next.jar.get('eb')
    if (!mark) throw new Error('no browser mark')
    for (const other of [undefined, { value: 'x'.repeat(43) }]) {
      if (other) next.jar.set('eb', other)
      else next.jar.delete('eb')
      await post(action(), { ...typed, filledFrom: first })
      expect(await rows()).toHaveLength(1)
    }
    next.jar.set('eb', mark)
    // Refused once more: what is kept now has everything the first had.
    const second = echoIn(await post(refusing, { ...typed, filledFrom: first }))
    expect((await rows()).map(({ id }) => id)).toEqual([second])
    // Neither somebody else in this browser, nor who cannot be known, nor a form too long to be kept takes it away.
    signedIn(li)
    await post(action(), { ...typed, filledFrom: second })
    signedIn(null)
    await post(action(), { ...typed, filledFrom: second })
    signedIn(zhang)
    await post(action(), { ...typed, filledFrom: second, address: '长'.repeat(70_000) })
    expect((await rows()).map(({ id }) => id)).toContain(second)
    await post(action(), { ...typed, filledFrom: second })
    expect((await rows()).map(({ id }) => id)).not.toContain(second)
  })

  it('that fails keeps the echo it was filled from', async () => {
    const kept = echoIn(await post(action({ read: () => refuse(...wrong) }), typed))
    const broken = action({ run: async () => Promise.reject(new Error('the store is away')) })
    expect(await post(broken, { ...typed, filledFrom: kept })).toBe('the store is away')
    expect(await rows()).toHaveLength(1)
  })

  it('keeps the echo apart from the query a page has already', async () => {
    const over = { page: () => '/review?tab=mine', read: () => refuse(issue(null, 'stale')) }
    expect(await post(action(over), typed)).toMatch(/^303 \/review\?tab=mine&echo=[\w-]{43}#errors$/)
  })

  it('that came too late keeps what was typed and says so', async () => {
    const answer = await post(action({ run: async () => Promise.reject(stale()) }), typed)
    expect(answer).toMatch(/^303 \/collection\/basic\?echo=.*#errors$/)
    expect(await echoOf(echoIn(answer))).toMatchObject({
      notice: 'stale',
      issues: [{ at: null, code: 'stale' }],
      values: { address: [typed.address] },
    })
  })

  it('on what is not there is a 404 without a trace', async () => {
    expect(await post(action({ run: async () => Promise.reject(notFound()) }), typed)).toBe('404')
    expect(await post(action(), { ...typed, section: 'elsewhere' })).toBe('404')
    expect(await post(action({ actor: requireStaff }), typed)).toBe('404')
    expect(await rows()).toEqual([])
  })

  it('of staff is a 404 for applicants and the other way round', async () => {
    const { actor } = await makeStaff(deps, { role: 'operator' })
    tokens.set(actor.id, await openSession(deps, { accountId: actor.id, address: '', agent: '' }))
    signedIn(actor.id)
    expect(await post(action(), typed)).toBe('404')
    expect(await post(action({ actor: requireStaff }), typed)).toBe('303 /collection/education#main')
  })

  it('that fails otherwise is not hidden', async () => {
    expect(
      await post(action({ run: async () => Promise.reject(new Error('the disk is full')) }), typed),
    ).toBe('the disk is full')
    expect(await rows()).toEqual([])
  })

  describe('after the session ended', () => {
    it('leads to sign-in and keeps the form for the person whose session it was', async () => {
      await closeSession(deps, tokens.get(zhang))
      const answer = await post(action(), typed)
      expect(answer).toMatch(/^303 \/login\?echo=[\w-]{43}$/)
      const id = echoIn(answer)
      // Not before somebody has signed in, and not for another one.
      expect(await echoOf(id)).toBeNull()
      signedIn(li)
      expect(await echoOf(id)).toBeNull()
      tokens.set(zhang, await openSession(deps, { accountId: zhang, address: '', agent: '' }))
      signedIn(zhang)
      expect(await pageOfEcho(id)).toBe(`/collection/basic?echo=${id}`)
      expect(await echoOf(id)).toMatchObject({
        ownerId: zhang,
        notice: 'signed-out',
        issues: [],
        values: { address: [typed.address] },
      })
    })

    it('also when it ended by itself', async () => {
      deps.clock.advance(31 * minute)
      expect(await post(action(), typed)).toMatch(/^303 \/login\?echo=/)
      expect(await rows()).toMatchObject([{ ownerId: zhang, notice: 'signed-out' }])
    })

    it('on a page that does not exist is a 404', async () => {
      signedIn(null)
      expect(await post(action(), { ...typed, section: 'elsewhere' })).toBe('404')
    })

    it.each(['no cookie', 'a cookie of no session'])(
      'and with %s left, keeps nothing: the next to sign in may be another person',
      async (left) => {
        next.jar.delete('sid')
        if (left !== 'no cookie') next.jar.set('sid', { value: 'x'.repeat(43) })
        expect(await post(action(), typed)).toBe('303 /login?done=left')
        expect(await rows()).toEqual([])
      },
    )

    it('keeps no secret', async () => {
      await closeSession(deps, tokens.get(zhang))
      const answer = await post(action({ secret: ['password'] }), { ...typed, password: 'correct horse' })
      const [row] = await rows()
      expect(JSON.parse(deps.keys.unseal(row?.valuesSealed ?? '', `echo:${echoIn(answer)}`))).toEqual({
        section: ['basic'],
        address: [typed.address],
      })
    })
  })

  it('never keeps a secret, and seals what it keeps', async () => {
    const over = { actor: anyone, read: () => refuse(...wrong), secret: ['password', 'code'] }
    const answer = await post(action(over), { ...typed, password: 'correct horse', code: '123456' })
    expect((await echoOf(echoIn(answer), '/collection/basic'))?.values).toEqual({
      section: ['basic'],
      address: [typed.address],
    })
    const stored = JSON.stringify(await rows())
    for (const text of ['correct horse', '123456', typed.address]) expect(stored).not.toContain(text)
  })

  it('refuses a form that is too long, whatever it would do, and keeps nothing of it', async () => {
    const ran: string[] = []
    const over = {
      read: (form: Form) => {
        ran.push('read')
        return ok(form)
      },
      run: async () => {
        ran.push('run')
        return '/'
      },
    }
    const long = { ...typed, note: '长'.repeat(70_000), after: 'x' }
    const answer = await post(action(over), long)
    expect(ran).toEqual([])
    expect(await echoOf(echoIn(answer))).toMatchObject({
      page: '/collection/basic',
      values: {},
      issues: [{ at: null, code: 'form-too-long' }],
    })
    await closeSession(deps, tokens.get(zhang))
    const late = await post(action(over), long)
    tokens.set(zhang, await openSession(deps, { accountId: zhang, address: '', agent: '' }))
    signedIn(zhang)
    expect(await echoOf(echoIn(late))).toMatchObject({ values: {}, notice: 'signed-out' })
  })

  describe('open to all', () => {
    const free = (over: Parameters<typeof action>[0] = {}) =>
      action({ actor: anyone, page: () => '/register', read: () => refuse(...wrong), ...over })

    it('leaves an echo for its own page alone, and none to come back to after signing in', async () => {
      const id = echoIn(await post(free(), typed))
      expect(await echoOf(id, '/register')).toMatchObject({
        ownerId: null,
        values: { address: [typed.address] },
      })
      for (const page of [undefined, '/login', '/collection/basic', '/register?a=1'])
        expect(await echoOf(id, page)).toBeNull()
      expect(await pageOfEcho(id)).toBeNull()
    })

    it('keeps no more than 8 KB of what was typed, and what is wrong all the same', async () => {
      const whole = echoIn(await post(free(), { ...typed, note: 'x'.repeat(7_000) }))
      expect((await echoOf(whole, '/register'))?.values).toHaveProperty('note')
      const id = echoIn(await post(free(), { ...typed, note: 'x'.repeat(9_000) }))
      expect(await echoOf(id, '/register')).toMatchObject({ values: {}, issues: wrong })
    })

    it('leaves three hundred echoes an hour and network, of however many browsers', async () => {
      const full = await Promise.all(
        Array.from({ length: 300 }, () =>
          deps.store.tx((q) =>
            take(
              q,
              deps.store.t,
              limitKey(deps, 'echo', networkOf(next.address)),
              { limit: 300, windowMs: 60 * minute },
              deps.clock.now(),
            ),
          ),
        ),
      )
      expect(full.every(Boolean)).toBe(true)
      next.jar.delete('eb')
      expect(await post(free(), typed)).toBe('303 /register#errors')
      expect(await rows()).toEqual([])
      // Who is signed in has limits of their own.
      expect(await post(action({ read: () => refuse(...wrong) }), typed)).toMatch(/echo=/)
      const here = next.address
      next.address = '192.0.2.8'
      expect(await post(free(), typed)).toMatch(/echo=/)
      next.address = here
      deps.clock.advance(60 * minute)
      expect(await post(free(), typed)).toMatch(/echo=/)
    })
  })

  describe('its echo', () => {
    const left = async (over: Parameters<typeof action>[0] = {}) =>
      echoIn(await post(action({ read: () => refuse(...wrong), ...over }), typed))

    it('is one browser’s', async () => {
      const id = await left()
      const mark = next.jar.get('eb')
      expect(mark?.options).toMatchObject({ httpOnly: true, sameSite: 'lax', path: '/' })
      for (const other of [undefined, 'b'.repeat(43), '', mark?.value.slice(1)]) {
        if (other === undefined) next.jar.delete('eb')
        else next.jar.set('eb', { value: other })
        expect(await echoOf(id)).toBeNull()
        expect(await pageOfEcho(id)).toBeNull()
      }
      next.jar.set('eb', { value: mark?.value ?? '' })
      expect(await echoOf(id)).not.toBeNull()
    })

    it('is one person’s, or of whoever sits at the browser where nobody was signed in', async () => {
      const id = await left()
      const free = await left({ actor: anyone })
      for (const [who, seen] of [
        [li, null],
        [null, null],
        [zhang, zhang],
      ] as const) {
        signedIn(who)
        expect((await echoOf(id))?.ownerId ?? null).toBe(seen)
        expect(await echoOf(free, '/collection/basic')).toMatchObject({ ownerId: null })
      }
    })

    it('keeps the mark a browser has, and gives a new one for a broken one', async () => {
      await left()
      const mark = next.jar.get('eb')?.value
      await left()
      expect(next.jar.get('eb')?.value).toBe(mark)
      next.jar.set('eb', { value: 'not a mark' })
      await left()
      expect(next.jar.get('eb')?.value).toMatch(/^[\w-]{43}$/)
      expect(next.jar.get('eb')?.value).not.toBe(mark)
    })

    it('lives 15 minutes', async () => {
      const id = await left()
      deps.clock.advance(15 * minute - 1)
      expect(await echoOf(id)).not.toBeNull()
      deps.clock.advance(1)
      expect(await echoOf(id)).toBeNull()
      expect(await pageOfEcho(id)).toBeNull()
    })

    it('is one of the last twenty of its browser', async () => {
      const ids: string[] = []
      for (let n = 0; n < 21; n++) {
        ids.push(await left())
        deps.clock.advance(1)
      }
      const mine = next.jar.get('eb')?.value ?? ''
      next.jar.delete('eb')
      const elsewhere = await left()
      expect(await echoOf(elsewhere)).not.toBeNull()
      next.jar.set('eb', { value: mine })
      const alive = await Promise.all(ids.map(async (id) => (await echoOf(id)) !== null))
      expect(alive).toEqual([false, ...Array.from({ length: 20 }, () => true)])
    })

    it('is not told by an unknown, doubled or absent id', async () => {
      const id = await left()
      for (const asked of [undefined, '', 'x'.repeat(43), [id, id], `${id} `])
        expect(await echoOf(asked)).toBeNull()
    })

    it('cannot be passed off as another one’s', async () => {
      const id = await left()
      const other = await left({ actor: anyone })
      const [row] = (await rows()).filter((one) => one.id === id)
      await deps.store.tx((q) =>
        q
          .update(deps.store.t.echo)
          .set({ valuesSealed: row?.valuesSealed ?? '' })
          .where(eq(deps.store.t.echo.id, other)),
      )
      await expect(echoOf(other, '/collection/basic')).rejects.toThrow()
    })
  })

  it('an echo can be kept by a route as well', async () => {
    const { Form: Kept } = await import('#lib/action/form.ts')
    const id = await keep({
      page: '/collection/basic',
      form: new Kept({}),
      secret: [],
      issues: [issue('slot:portrait', 'picture-none')],
      notice: '',
      ownerId: zhang,
    })
    expect(await echoOf(id)).toMatchObject({
      values: {},
      issues: [{ at: 'slot:portrait', code: 'picture-none' }],
    })
  })
})
