/** The one error channel: what a refused POST leaves, for this browser and 15 minutes (house.md, the echo). */
import { cookies } from 'next/headers'
import { cache } from 'react'
import { dropEcho, type Echo, keepEcho, readEcho } from '#db/queries/echoes.ts'
import { client } from '#lib/auth/client.ts'
import { viewer } from '#lib/auth/session.ts'
import { deps } from '#lib/deps.ts'
import { keptMinutes } from '#lib/domain/lifetimes.ts'
import type { Issue } from '#lib/domain/result.ts'
import { newSecret } from '#lib/ids.ts'
import { hour, limitKey, take } from '#lib/limits.ts'
import { networkOf } from '#lib/network.ts'
import { Form } from './form.ts'

export type { Echo }

const browserCookie = 'eb'
const life = keptMinutes * 60_000

/** This browser's own mark, if it has one already. */
export async function knownBrowser(): Promise<string | null> {
  const known = (await cookies()).get(browserCookie)?.value
  return known && /^[\w-]{43}$/.test(known) ? known : null
}

/** This browser's own mark, made when first needed. Only actions and route handlers may call it. */
export async function browserMark(): Promise<string> {
  const known = await knownBrowser()
  if (known) return known
  const jar = await cookies()
  const made = newSecret()
  const { env } = await deps()
  jar.set(browserCookie, made, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: env.origin.startsWith('https:'),
    maxAge: 365 * 24 * 3600,
  })
  return made
}

/** How much an echo may hold that belongs to nobody, and how many of them one network may leave in an hour. */
const openCap = 8 * 1024
const openPerHour = { limit: 300, windowMs: hour }

export interface KeptOpen {
  readonly page: string
  readonly form: Form
  readonly secret: readonly string[]
  readonly issues: readonly Issue[]
}
export interface Kept extends KeptOpen {
  readonly notice: '' | 'stale' | 'signed-out'
  readonly ownerId: string | null
}

/** Keeps the echo of a page that needs a person, for that person, in place of the one the form was filled from; gives its id. */
export async function keep({ page, form, secret, issues, notice, ownerId }: Kept): Promise<string> {
  const d = await deps()
  const at = d.clock.now()
  const id = newSecret()
  const browser = d.keys.blind('browser', await browserMark())
  await keepEcho(d.store, d.keys, {
    id,
    page,
    // What was cut off would be missing from the page, and be deleted by the next save.
    values: form.truncated ? {} : form.without(secret),
    issues,
    notice,
    ownerId,
    browser,
    at,
    expiresAt: new Date(at.getTime() + life),
  })
  if (ownerId !== null) await letGo(form, ownerId)
  return id
}

/** Keeps the echo of a page that is open to all, for that page alone; null when this network has left too many. */
export async function keepOpen({ page, form, secret, issues }: KeptOpen): Promise<string | null> {
  const d = await deps()
  const key = limitKey(d, 'echo', networkOf((await client()).address))
  if (!(await d.store.tx((q) => take(q, d.store.t, key, openPerHour, d.clock.now())))) return null
  const small = JSON.stringify(form.without(secret)).length <= openCap
  const kept = small ? form : new Form({})
  return keep({ page, form: kept, secret, issues, notice: '', ownerId: null })
}

/** The field by which a form names the echo whose values it was filled with. */
export const filledFrom = 'filledFrom'

/**
 * The echo a form was filled from is over once all that the form says is stored, or kept anew: whoever goes back or loads its address
 * again is to see that, and not to save what was once refused over it.
 */
export async function letGo(form: Form, ownerId: string): Promise<void> {
  const id = form.get(filledFrom)
  const mark = await knownBrowser()
  if (id === '' || mark === null || form.truncated) return
  const d = await deps()
  // An echo too many does less harm than an error after all is done.
  await dropEcho(d.store, { id, ownerId, browsers: d.keys.blinds('browser', mark) }).catch(() => undefined)
}

/** `page` with the echo, where there is one. */
export const backTo = (page: string, echo: string | null) => (echo === null ? page : withEcho(page, echo))

/**
 * The echo a page was sent back with, if it is this browser's, and this person's; one that belongs to nobody is for the
 * open page it was left on (`page`) and no other.
 */
export const echoOf = cache(
  async (id: string | readonly string[] | undefined, page?: string): Promise<Echo | null> => {
    const found = typeof id === 'string' ? await ofThisBrowser(id) : null
    if (!found) return null
    if (found.ownerId === null) return found.page === page ? found : null
    return (await viewer())?.actor.id === found.ownerId ? found : null
  },
)

/**
 * The page an echo leads back to after signing in, where it was kept for somebody; taken from the row alone, so there is
 * no open redirect.
 */
export async function pageOfEcho(id: string): Promise<string | null> {
  const found = await ofThisBrowser(id)
  return found && found.ownerId !== null ? withEcho(found.page, id) : null
}

async function ofThisBrowser(id: string): Promise<Echo | null> {
  const mark = await knownBrowser()
  if (mark === null) return null
  const d = await deps()
  return readEcho(d.store, d.keys, id, d.keys.blinds('browser', mark), d.clock.now())
}

export const withEcho = (page: string, id: string) => `${page}${page.includes('?') ? '&' : '?'}echo=${id}`
