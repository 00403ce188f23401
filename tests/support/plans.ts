/** How an engine would answer a query: what asserts that an index is used. */
import path from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { steadied } from '#db/statements.ts'
import type { Store } from '#db/store.ts'
import type { Open } from './stores.ts'

interface Asked {
  readonly sql: string
  readonly params: unknown[]
}

/** PostgreSQL says whether it could without reading or sorting the whole table. */
export async function planner(open: Open, store: Store) {
  const place = open.place(store)
  if (place.url === undefined) {
    const file = new Database(path.join(place.dataDir, 'app.db'), { readonly: true })
    return {
      of: async ({ sql, params }: Asked) =>
        JSON.stringify(file.prepare(`explain query plan ${steadied(sql)}`).all(params.map(plain))),
      end: async () => void file.close(),
    }
  }
  const client = new pg.Client({ connectionString: place.url })
  await client.connect()
  for (const off of ['enable_seqscan', 'enable_sort', 'enable_bitmapscan'])
    await client.query(`set ${off} = off`)
  return {
    of: async ({ sql, params }: Asked) => JSON.stringify((await client.query(`explain ${sql}`, params)).rows),
    end: () => client.end(),
  }
}

const plain = (param: unknown) => (param instanceof Date ? param.getTime() : param)
