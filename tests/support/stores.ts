import { randomBytes } from 'node:crypto'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { afterAll, describe, inject } from 'vitest'
import type { Engine } from '#db/engine.ts'
import { openStore, type Store } from '#db/store.ts'
import { type Loan, lending } from './lent-stores.ts'
import { quickest } from './quickest.ts'

export interface Place {
  readonly url?: string
  readonly dataDir: string
}

export interface Open {
  /** An empty, migrated store for the test that asks (in `beforeAll`, for its suite), closed and removed after the suite. */
  (): Promise<Store>
  readonly engine: Engine
  /** A store without tables. */
  empty(): Promise<Store>
  /** A second store over the same data, as another process would have it. */
  again(store: Store): Promise<Store>
  /** Where a store lives, to start another process on it. */
  place(store: Store): Place
}

const temporary = async () => mkdtemp(path.join(await quickest(), 'store-test-'))

type Contents = 'migrated' | 'empty'

/** Where the stores of a suite come from, and what becomes of them when it ends. */
interface Source {
  make(contents: Contents): Promise<Place>
  /** `isClean`: nothing is in it, and nobody else knows of it. */
  leave(place: Place, isClean: boolean): Promise<unknown>
}

const files: Source = {
  async make(contents) {
    const dataDir = await temporary()
    if (contents === 'migrated')
      await copyFile(path.join(inject('sqliteTemplate'), 'app.db'), path.join(dataDir, 'app.db'))
    return { dataDir }
  },
  leave: ({ dataDir }) => rm(dataDir, { recursive: true, force: true }),
}

const TAKE_CLEAN = `delete from clean_database
  where name = (select name from clean_database limit 1 for update skip locked) returning name`

function databases(cluster: string): Source {
  const ask = async (sql: string, values: string[] = []) => {
    const client = new pg.Client({ connectionString: cluster })
    await client.connect()
    try {
      return (await client.query<{ name: string }>(sql, values)).rows[0]?.name
    } finally {
      await client.end()
    }
  }
  const created = async (contents: Contents) => {
    const name = `test_${randomBytes(6).toString('hex')}`
    await ask(
      `create database ${name} template ${contents === 'migrated' ? 'template_migrated' : 'template0'}`,
    )
    return name
  }
  return {
    async make(contents) {
      const name = (contents === 'migrated' ? await ask(TAKE_CLEAN) : undefined) ?? (await created(contents))
      const url = new URL(cluster)
      url.pathname = name
      return { url: url.href, dataDir: await temporary() }
    },
    async leave({ url = '', dataDir }, isClean) {
      await rm(dataDir, { recursive: true, force: true })
      const name = new URL(url).pathname.slice(1)
      if (isClean) return ask('insert into clean_database values ($1)', [name])
      // Whoever is still connected keeps it until the cluster is removed.
      return ask(`drop database if exists ${name}`).catch(() => undefined)
    },
  }
}

function suiteOf(engine: Engine, source: Source): Open {
  const all = new Set<Loan>()
  const clean: Loan[] = []
  const loans = new Map<Store, Loan>()
  const opened = async (place: Place): Promise<Loan> => {
    const store = await openStore({ ...place, max: 5 })
    const loan = lending(store, place)
    all.add(loan)
    return loan
  }
  const lent = async () => {
    const loan = clean.pop() ?? (await opened(await source.make('migrated')))
    const store = loan.lend(() => clean.push(loan))
    loans.set(store, loan)
    return store
  }
  const keptAt = async (place: Place) => {
    const loan = await opened(place)
    loans.set(loan.store, loan)
    return loan.store
  }
  const place = (store: Store) => {
    const loan = loans.get(store)
    if (!loan) throw new Error('This store was not opened by this suite')
    loan.keep()
    return loan.place
  }
  afterAll(async () => {
    await Promise.all([...all].map(({ close }) => close()))
    const places = new Map([...all].map((loan) => [loan.place, clean.includes(loan)]))
    for (const [place, isClean] of places) await source.leave(place, isClean)
  })
  return Object.assign(lent, {
    engine,
    place,
    empty: async () => keptAt(await source.make('empty')),
    again: (store: Store) => keptAt(place(store)),
  })
}

/**
 * Declares the suite once per engine: `describeEachEngine('outbox', (open) => { it(…, async () => { const
 * store = await open() … }) })`. PostgreSQL is left out only under `TEST_ENGINES=sqlite`.
 */
export function describeEachEngine(name: string, suite: (open: Open) => void): void {
  describe(`${name} · sqlite`, () => suite(suiteOf('sqlite', files)))
  describePostgres(name, suite)
}

/** The suite on PostgreSQL alone, for what only a server can do. */
export function describePostgres(name: string, suite: (open: Open) => void): void {
  const cluster = inject('pgUrl')
  if (cluster) describe(`${name} · pg`, () => suite(suiteOf('pg', databases(cluster))))
}
