/** Rows of any part of the plan in the order of their keys, a page at a time, and what is written back to them. */
import { and, asc, type Column, eq, getTableColumns, gt, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Q, Schema } from '#db/store.ts'
import type { Part, Stored } from './plan.ts'

function tableOf(t: Schema, part: Part) {
  const table: SQLiteTable = t[part.table]
  const columns: Readonly<Record<string, Column>> = getTableColumns(table)
  const column = (name: string): Column => {
    const found = columns[name]
    if (!found) throw new Error(`${part.table} has no column ${name}`)
    return found
  }
  return { table, column }
}

const isEqual = (column: Column, value: unknown) => (value === null ? isNull(column) : eq(column, value))

/** The place of a row, as `key_rotation.after` keeps it; '' is before the first. */
export const placeOf = (part: Part, row: Stored): string => JSON.stringify(part.key.map((name) => row[name]))

function after(columns: readonly Column[], place: string): SQL | undefined {
  if (place === '') return undefined
  const values: unknown[] = JSON.parse(place)
  return or(
    ...columns.map((column, index) =>
      and(
        ...columns.slice(0, index).map((earlier, at) => eq(earlier, values[at])),
        gt(column, values[index]),
      ),
    ),
  )
}

/** A sealed value that does not begin with this header waits; not by LIKE, to which k1 and K1 are one on SQLite. */
const waits = (column: Column, header: string) =>
  and(ne(column, ''), sql`substr(${column}, 1, ${header.length}) <> ${header}`)

/** Rows after a place; with a header only those with a column that is sealed otherwise. */
export async function pageOf(
  q: Q,
  t: Schema,
  part: Part,
  { place, header, limit }: { place: string; header: string | null; limit: number },
): Promise<readonly Stored[]> {
  const { table, column } = tableOf(t, part)
  const key = part.key.map(column)
  const sealed = [...part.sealed.keys()].map(column)
  return q
    .select()
    .from(table)
    .where(
      and(after(key, place), header === null ? undefined : or(...sealed.map((one) => waits(one, header)))),
    )
    .orderBy(...key.map((one) => asc(one)))
    .limit(limit)
}

/** Writes what is new of a row, if it is still what was read; whether it was. */
export async function writeRow(q: Q, t: Schema, part: Part, row: Stored, change: Stored): Promise<boolean> {
  const { table, column } = tableOf(t, part)
  const read = [...part.key, ...part.sealed.keys(), ...part.derived.keys()]
  const written = await q
    .update(table)
    .set(change)
    .where(
      and(
        ...read.filter((name) => !part.alike.includes(name)).map((name) => isEqual(column(name), row[name])),
      ),
    )
    .returning({ one: sql<number>`1` })
  if (written.length === 0) return false
  for (const name of part.alike)
    if (name in change)
      await q
        .update(table)
        .set({ [name]: change[name] })
        .where(eq(column(name), row[name]))
  return true
}

/** Whether the row is still there. */
export async function isThere(q: Q, t: Schema, part: Part, row: Stored): Promise<boolean> {
  const { table, column } = tableOf(t, part)
  const found = await q
    .select({ one: sql<number>`1` })
    .from(table)
    .where(and(...part.key.map((name) => eq(column(name), row[name]))))
  return found.length > 0
}
