/** Many rows at once: prepared statements of several rows each, the same on both engines. */
import { type Column, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Q, Schema } from '#db/store.ts'

export type TableName = {
  [K in keyof Schema]: Schema[K] extends SQLiteTable ? K : never
}[keyof Schema]
type NewRow<K extends TableName> = Schema[K]['$inferInsert']

export interface Bulk {
  add<K extends TableName>(table: K, row: NewRow<K>): void
  /** Rows of a table that wait to be written. */
  waiting<K extends TableName>(table: K): readonly NewRow<K>[]
  /** Writes what waits, parents before what refers to them, and forgets it. */
  write(q: Q): Promise<void>
}

/** Parents first. What is not named here cannot be written in bulk. */
const order = [
  'account',
  'staffGrant',
  'consent',
  'serviceCase',
  'caseSection',
  'caseRound',
  'verdict',
  'finding',
  'claimCheck',
  'job',
  'person',
  'education',
  'employment',
  'accountingPost',
  'qualification',
  'event',
  'auditLink',
] as const satisfies readonly TableName[]

/** Some 500 values a statement: more makes it no faster. */
const valuesAtOnce = 500

const encoded = (column: Column, value: unknown) => {
  const given = value === undefined ? (column.default ?? null) : value
  return given === null ? null : column.mapToDriverValue(given)
}

/** An insert of so many rows whose values are named 0, 1, 2 … row by row. */
function prepared(q: Q, table: SQLiteTable, keys: readonly string[], rows: number) {
  const places = Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(
      keys.map((key, column): [string, SQL] => [
        key,
        sql`${sql.placeholder(String(row * keys.length + column))}`,
      ]),
    ),
  )
  // The values of a row are typed by its table, and here the table is any.
  return q
    .insert(table)
    .values(places as SQLiteTable['$inferInsert'][])
    .prepare()
}

async function insertAll(q: Q, table: SQLiteTable, rows: readonly Readonly<Record<string, unknown>>[]) {
  const columns = getTableColumns(table)
  const keys = Object.keys(columns)
  const atOnce = Math.max(1, Math.floor(valuesAtOnce / keys.length))
  const write = async (some: typeof rows, statement: ReturnType<typeof prepared>) => {
    const values: Record<string, unknown> = {}
    let place = 0
    for (const row of some)
      for (const key of keys) {
        const column = columns[key]
        if (column) values[place] = encoded(column, row[key])
        place += 1
      }
    await statement.execute(values)
  }
  const whole = rows.length - (rows.length % atOnce)
  if (whole > 0) {
    const statement = prepared(q, table, keys, atOnce)
    for (let from = 0; from < whole; from += atOnce) await write(rows.slice(from, from + atOnce), statement)
  }
  if (whole < rows.length) await write(rows.slice(whole), prepared(q, table, keys, rows.length - whole))
}

export function bulkInto(t: Schema): Bulk {
  const held = new Map<TableName, object[]>()
  const rowsOf = (table: TableName) => held.get(table) ?? held.set(table, []).get(table) ?? []
  return {
    add: (table, row) => void rowsOf(table).push(row),
    waiting: <K extends TableName>(table: K) => rowsOf(table) as NewRow<K>[],
    async write(q) {
      for (const table of order) {
        const rows = held.get(table)
        if (rows && rows.length > 0) await insertAll(q, t[table], rows as Readonly<Record<string, unknown>>[])
      }
      held.clear()
    },
  }
}
