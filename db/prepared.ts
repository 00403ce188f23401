/** Queries that are built once: for most of them drizzle takes as long as the database takes to answer (decision 034). */
import {
  type Column,
  fillPlaceholders,
  is,
  Param,
  type Placeholder,
  QueryPromise,
  type SQL,
  sql,
  type Table,
} from 'drizzle-orm'
import { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Q, Schema } from './engine.ts'

type Values = Readonly<Record<string, string | number | Date | readonly string[]>>

/** A moment is written as its engine does: see `moment`. */
interface GivenDate {
  readonly name: string
  readonly of?: 'date'
}
/** A list of any length is one value: see `among`. */
interface GivenList {
  readonly name: string
  readonly of?: 'list'
}

/** The places of the values in a query that is built before they are known. */
export type Given<V> = {
  readonly [K in keyof V]: V[K] extends Date
    ? GivenDate
    : V[K] extends readonly string[]
      ? GivenList
      : Placeholder
}

/** A moment for comparing with a column. */
export const moment = (column: Column, { name }: GivenDate): Param<unknown> =>
  new Param<unknown>(sql.placeholder(name), column)

/** The texts of a list, of which an index finds each: it goes as JSON, so that lists of all lengths are asked for by one query. */
export const among = (t: Schema, what: Column | SQL, { name }: GivenList): SQL =>
  inList(t.department, what, name)

/** The same by a table of the engine and the name of the place, which JSON is given for. */
export const inList = (table: Table, what: Column | SQL, name: string): SQL =>
  is(table, SQLiteTable)
    ? sql`${what} in (select value from json_each(${sql.placeholder(name)}))`
    : sql`${what} = any(array(select json_array_elements_text(${sql.placeholder(name)})))`

/** A column as an expression, which no index is entered by. */
export const aside = (column: Column): SQL => sql`${column} || ''`

interface Built<R> {
  prepare(): { execute(values: Record<string, unknown>): Promise<R> }
  toSQL(): { readonly sql: string; readonly params: unknown[] }
}

/** A query with its values; runs when it is awaited, and not at all once its transaction has ended. */
class Asked<R> extends QueryPromise<R> {
  readonly run: () => Promise<R>
  readonly toSQL: () => { readonly sql: string; readonly params: unknown[] }
  constructor(run: () => Promise<R>, toSQL: Asked<R>['toSQL']) {
    super()
    this.run = run
    this.toSQL = toSQL
  }
  override execute(): Promise<R> {
    return this.run()
  }
}

/** What drizzle runs queries of a connection by: a `Q` whose transaction has ended refuses to give it. */
export function sessionOf(q: Q): object {
  const session: unknown = Reflect.get(q, 'session')
  if (typeof session !== 'object' || session === null) throw new Error('drizzle has changed: no session')
  return session
}

const driven = (values: Values): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value) ? JSON.stringify(value) : value,
    ]),
  )

// The names are those of the values, which `Given` says and a proxy cannot.
const places = new Proxy({}, { get: (_, name) => sql.placeholder(String(name)) }) as Given<never>

/**
 * A query that is built at its first use on each connection and run with its values from then on:
 * `const oneQuery = prepared((q, t, { id }: Given<{ id: string }>) => q.select()…where(eq(t.x.id, id)))`, asked by `oneQuery(q, t, { id })`.
 */
export function prepared<V extends Values, R>(build: (q: Q, t: Schema, given: Given<V>) => Built<R>) {
  const kept = new WeakMap<object, ReturnType<Built<R>['prepare']>>()
  return (q: Q, t: Schema, values: V): Asked<R> =>
    new Asked(
      async () => {
        const session = sessionOf(q)
        const query = kept.get(session) ?? build(q, t, places).prepare()
        kept.set(session, query)
        return query.execute(driven(values))
      },
      () => {
        const { sql, params } = build(q, t, places).toSQL()
        return { sql, params: fillPlaceholders(params, driven(values)) }
      },
    )
}

/** Shapes are few, but for those that count something. */
const mostShapes = 200

/** The same where the text of the query is not always one: a query for each of a few shapes, which are plain data. */
export function preparedBy<S, V extends Values, R>(
  build: (q: Q, t: Schema, given: Given<V>, shape: S) => Built<R>,
) {
  const made = new Map<string, ReturnType<typeof prepared<V, R>>>()
  return (q: Q, t: Schema, shape: S, values: V): Asked<R> => {
    const key = JSON.stringify(shape)
    const query = made.get(key) ?? prepared<V, R>((on, tables, given) => build(on, tables, given, shape))
    // Again at the end: the first of the map is the one that was not used for longest.
    made.delete(key)
    made.set(key, query)
    const [oldest] = made.keys()
    if (made.size > mostShapes && oldest !== undefined) made.delete(oldest)
    return query(q, t, values)
  }
}
