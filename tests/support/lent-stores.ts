/**
 * Databases of a server that go from one test to the next: emptying one takes 3 ms, making one and its connections some
 * hundred. A test is given a store that no other has at that time, and that refuses to work once the test is over.
 */
import pg from 'pg'
import { onTestFinished } from 'vitest'
import type { Store } from '#db/store.ts'
import type { Place } from './stores.ts'

/** What leaves more behind than rows. */
const spoiling: readonly PropertyKey[] = ['migrate', 'close']
/** What needs no database. */
const harmless: readonly PropertyKey[] = ['engine', 't']

export interface Loan {
  readonly store: Store
  readonly place: Place
  /** The store for the test under way, and `back` once it is over and the store empty again. Outside a test it is lent for good. */
  lend(back: () => void): Store
  /** It is not to be lent again: somebody may reach the data by its address. */
  keep(): void
  close(): Promise<void>
}

const BUSY = `select count(*)::int as busy from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and state is distinct from 'idle'`
const EMPTY = `select string_agg(format('delete from %I.%I', schemaname, tablename), ';') as all
  from pg_tables where schemaname = 'public'`

/** Removes every row whatever refers to it; where somebody still works, nothing is done and the answer is false. */
function wiper(url: string) {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  let prepared: Promise<string> | undefined
  const prepare = async () => {
    await client.connect()
    const { rows } = await client.query<{ all: string }>(EMPTY)
    return `begin; set local session_replication_role = replica; ${rows[0]?.all}; commit`
  }
  return {
    async wipe(): Promise<boolean> {
      prepared ??= prepare()
      const statements = await prepared
      const { rows } = await client.query<{ busy: number }>(BUSY)
      if (rows[0]?.busy !== 0) return false
      await client.query(statements)
      return true
    },
    end: async () => (prepared === undefined ? undefined : client.end()),
  }
}

export function lending(store: Store, place: Place): Loan {
  const { wipe, end } =
    place.url === undefined ? { wipe: async () => false, end: () => undefined } : wiper(place.url)
  let isKept = false
  const lend = (back: () => void) => {
    let isOver = false
    const lent = new Proxy(store, {
      get(target, property) {
        if (isOver && !harmless.includes(property)) throw new Error('The test this store was for is over')
        if (spoiling.includes(property)) isKept = true
        return Reflect.get(target, property, target)
      },
    })
    try {
      onTestFinished(async () => {
        if (isKept) return
        isOver = true
        if (await wipe().catch(() => false)) back()
      })
    } catch {
      // In `beforeAll` there is no test, and the store is for all of the suite.
    }
    return lent
  }
  return {
    store,
    place,
    lend,
    keep: () => {
      isKept = true
    },
    close: async () => {
      await end()
      await store.close().catch(() => undefined)
    },
  }
}
