import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { Issue } from '#lib/domain/result.ts'
import type { Keyring } from '../crypto.ts'
import type { Store } from '../store.ts'
import { insert, remove } from '../write.ts'

/** What a refused POST leaves behind, read back (house.md, the echo). */
export interface Echo {
  readonly id: string
  readonly page: string
  readonly ownerId: string | null
  readonly values: Readonly<Record<string, readonly string[]>>
  readonly issues: readonly Issue[]
  readonly notice: string
}

const context = (id: string) => `echo:${id}`
const perBrowser = 20

export async function keepEcho(
  store: Store,
  keys: Keyring,
  echo: Echo & { readonly browser: string; readonly at: Date; readonly expiresAt: Date },
): Promise<void> {
  const { t } = store
  await store.tx(async (q) => {
    const held = await q
      .select({ id: t.echo.id })
      .from(t.echo)
      .where(eq(t.echo.browser, echo.browser))
      .orderBy(asc(t.echo.createdAt))
    const surplus = held.slice(0, Math.max(0, held.length - perBrowser + 1)).map(({ id }) => id)
    if (surplus.length > 0) await remove(q, t.echo, { id: surplus })
    await insert(q, t.echo, {
      id: echo.id,
      browser: echo.browser,
      ownerId: echo.ownerId,
      page: echo.page,
      valuesSealed: keys.seal(JSON.stringify(echo.values), context(echo.id)),
      issues: echo.issues.map(({ at, code, params }) => (params ? { at, code, params } : { at, code })),
      notice: echo.notice,
      createdAt: echo.at,
      expiresAt: echo.expiresAt,
    })
  })
}

/** Lets go of an echo of this person in this browser; `browsers`: its mark by every key. */
export async function dropEcho(
  store: Store,
  {
    id,
    ownerId,
    browsers,
  }: { readonly id: string; readonly ownerId: string; readonly browsers: readonly string[] },
): Promise<void> {
  await store.tx((q) => remove(q, store.t.echo, { id, ownerId, browser: browsers }))
}

/** The echo, if it is this browser's and still alive. */
export async function readEcho(
  store: Store,
  keys: Keyring,
  id: string,
  /** Its mark by every key. */
  browsers: readonly string[],
  now: Date,
): Promise<Echo | null> {
  const { t } = store
  const [row] = await store.read
    .select()
    .from(t.echo)
    .where(and(eq(t.echo.id, id), inArray(t.echo.browser, [...browsers]), gt(t.echo.expiresAt, now)))
    .limit(1)
  if (!row) return null
  return {
    id: row.id,
    page: row.page,
    ownerId: row.ownerId,
    values: JSON.parse(keys.unseal(row.valuesSealed, context(row.id))),
    issues: row.issues,
    notice: row.notice,
  }
}
