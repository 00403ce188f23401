/** The one error channel: what a refused POST leaves, for this browser and 15 minutes (house.md, the echo). */
import { cookies } from 'next/headers'
import { cache } from 'react'
import { type Echo, keepEcho, readEcho } from '#db/queries/echoes.ts'
import { viewer } from '#lib/auth/session.ts'
import { deps } from '#lib/deps.ts'
import type { Issue } from '#lib/domain/result.ts'
import { newSecret } from '#lib/ids.ts'
import type { Form } from './form.ts'

const browserCookie = 'eb'
const life = 15 * 60_000

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

export interface Kept {
  readonly page: string
  readonly form: Form
  readonly secret: readonly string[]
  readonly issues: readonly Issue[]
  readonly notice: '' | 'stale' | 'signed-out'
  readonly ownerId: string | null
}

/** Keeps the echo and gives its id. */
export async function keep({ page, form, secret, issues, notice, ownerId }: Kept): Promise<string> {
  const d = await deps()
  const at = d.clock.now()
  const id = newSecret()
  const browser = d.keys.blind('browser', await browserMark())
  await keepEcho(d.store, d.keys, {
    id,
    page,
    values: form.without(secret),
    issues,
    notice,
    ownerId,
    browser,
    at,
    expiresAt: new Date(at.getTime() + life),
  })
  return id
}

/** The echo a page was sent back with, if it is this browser's and, where it belongs to somebody, this person's. */
export const echoOf = cache(async (id: string | readonly string[] | undefined): Promise<Echo | null> => {
  if (typeof id !== 'string') return null
  const mark = (await cookies()).get(browserCookie)?.value
  if (!mark) return null
  const d = await deps()
  const found = await readEcho(d.store, d.keys, id, d.keys.blind('browser', mark), d.clock.now())
  if (!found) return null
  if (found.ownerId === null) return found
  return (await viewer())?.actor.id === found.ownerId ? found : null
})

/** The page an echo leads back to after signing in; taken from the row alone, so there is no open redirect. */
export async function pageOfEcho(id: string): Promise<string | null> {
  const mark = (await cookies()).get(browserCookie)?.value
  if (!mark) return null
  const d = await deps()
  const found = await readEcho(d.store, d.keys, id, d.keys.blind('browser', mark), d.clock.now())
  return found ? withEcho(found.page, id) : null
}

export const withEcho = (page: string, id: string) => `${page}${page.includes('?') ? '&' : '?'}echo=${id}`
