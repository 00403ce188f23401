import { randomBytes } from 'node:crypto'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, describe, inject } from 'vitest'
import type { Engine } from '#db/engine.ts'
import { openStore, type Store } from '#db/store.ts'

export interface Place {
  readonly url?: string
  readonly dataDir: string
}

export interface Open {
  /** A new, empty, migrated store, closed and removed after the suite. */
  (): Promise<Store>
  readonly engine: Engine
  /** A store without tables. */
  empty(): Promise<Store>
  /** A second store over the same data, as another process would have it. */
  again(store: Store): Promise<Store>
  /** Where a store lives, to start another process on it. */
  place(store: Store): Place
}

const temporary = () => mkdtemp(path.join(tmpdir(), 'store-test-'))

type Contents = 'migrated' | 'empty'

async function newFile(contents: Contents): Promise<Place> {
  const dataDir = await temporary()
  if (contents === 'migrated')
    await copyFile(path.join(inject('sqliteTemplate'), 'app.db'), path.join(dataDir, 'app.db'))
  return { dataDir }
}

async function newDatabase(cluster: string, contents: Contents): Promise<Place> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const client = new pg.Client({ connectionString: cluster })
  await client.connect()
  try {
    await client.query(
      `create database ${name} template ${contents === 'migrated' ? 'template_migrated' : 'template0'}`,
    )
  } finally {
    await client.end()
  }
  const url = new URL(cluster)
  url.pathname = name
  return { url: url.href, dataDir: await temporary() }
}

function suiteOf(engine: Engine, make: (contents: Contents) => Promise<Place>): Open {
  const places = new Map<Store, Place>()
  const opened = async (place: Place) => {
    const store = await openStore({ ...place, max: 5 })
    places.set(store, place)
    return store
  }
  const place = (store: Store) => {
    const found = places.get(store)
    if (!found) throw new Error('This store was not opened by this suite')
    return found
  }
  afterAll(async () => {
    await Promise.all([...places.keys()].map((store) => store.close().catch(() => undefined)))
    for (const { dataDir } of places.values()) await rm(dataDir, { recursive: true, force: true })
  })
  return Object.assign(async () => opened(await make('migrated')), {
    engine,
    place,
    empty: async () => opened(await make('empty')),
    again: (store: Store) => opened(place(store)),
  })
}

/**
 * Declares the suite once per engine: `describeEachEngine('outbox', (open) => { it(…, async () => { const
 * store = await open() … }) })`. PostgreSQL is left out only under `TEST_ENGINES=sqlite`.
 */
export function describeEachEngine(name: string, suite: (open: Open) => void): void {
  describe(`${name} · sqlite`, () => suite(suiteOf('sqlite', newFile)))
  describePostgres(name, suite)
}

/** The suite on PostgreSQL alone, for what only a server can do. */
export function describePostgres(name: string, suite: (open: Open) => void): void {
  const cluster = inject('pgUrl')
  if (cluster)
    describe(`${name} · pg`, () => suite(suiteOf('pg', (contents) => newDatabase(cluster, contents))))
}
