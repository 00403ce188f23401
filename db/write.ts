/** Rows written, changed and removed by equality alone: the text of each is put together once a connection (decision 039). */
import { and, type Column, eq, getTableColumns, getTableName, isNull, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Q } from './engine.ts'
import { inList, sessionOf } from './prepared.ts'

type Values = Readonly<Record<string, unknown>>
type Row<T extends SQLiteTable> = Readonly<T['$inferInsert']>
/** Equal to all of these; a list stands for any of its texts. At least one. */
type Where<T extends SQLiteTable> = {
  readonly [K in keyof T['$inferSelect']]?:
    | T['$inferSelect'][K]
    | readonly Extract<T['$inferSelect'][K], string>[]
}

interface Built {
  prepare(): { execute(values: Record<string, unknown>): PromiseLike<unknown> }
}
type Ready = ReturnType<Built['prepare']>

/** Rows at once and columns that are set make few shapes; those of lists of all lengths are the ones that go. */
const mostKept = 400
const kept = new WeakMap<object, Map<string, Ready>>()

/** The statement of this shape on this connection; `build` is called where there is none yet. */
function ready(q: Q, shape: string, build: () => Built): Ready {
  const session = sessionOf(q)
  const own = kept.get(session) ?? new Map<string, Ready>()
  kept.set(session, own)
  const found = own.get(shape) ?? build().prepare()
  // Again at the end: the first of the map is the one that was not used for longest.
  own.delete(shape)
  own.set(shape, found)
  const [oldest] = own.keys()
  if (own.size > mostKept && oldest !== undefined) own.delete(oldest)
  return found
}

const given = (row: Values): readonly string[] => Object.keys(row).filter((name) => row[name] !== undefined)

/** The place of a value that goes to the driver as it is given: `driven` has made it what the column wants. */
const place = (name: string): SQL => sql`${sql.placeholder(name)}`

function columnOf(columns: Readonly<Record<string, Column>>, name: string): Column {
  const column = columns[name]
  if (!column) throw new Error(`no such column: ${name}`)
  return column
}

function driven(
  columns: Readonly<Record<string, Column>>,
  row: Values,
  prefix: string,
  into: Record<string, unknown>,
) {
  for (const name of given(row)) {
    const value = row[name]
    into[prefix + name] = value === null ? null : columnOf(columns, name).mapToDriverValue(value)
  }
}

/** How many rows a statement changed, as its driver says. */
function changed(result: unknown): number {
  if (typeof result === 'object' && result !== null) {
    if ('changes' in result) return Number(result.changes)
    if ('rowCount' in result) return Number(result.rowCount)
  }
  throw new Error('the driver has changed: it does not say how many rows a statement changed')
}

/** Of more rows at once the text is put together each time: they are rare, of every number, and long. */
const mostRows = 20

async function add<T extends SQLiteTable>(
  q: Q,
  table: T,
  rows: Row<T> | readonly Row<T>[],
  how: 'all' | 'new',
): Promise<number> {
  const all: readonly Values[] = Array.isArray(rows) ? rows : [rows]
  if (all.length === 0) return 0
  const names = all.map(given)
  const build = () => {
    const places = names.map((row, n) => Object.fromEntries(row.map((name) => [name, place(`${n}.${name}`)])))
    // Of the same names as the rows were, with places for what they hold.
    const query = q.insert(table).values(places as Row<T>[])
    return how === 'new' ? query.onConflictDoNothing() : query
  }
  const shape = () => `${how} ${getTableName(table)} ${names.join(' ')}`
  const statement = all.length > mostRows ? build().prepare() : ready(q, shape(), build)
  const columns = getTableColumns(table)
  const values: Record<string, unknown> = {}
  for (const [n, row] of all.entries()) driven(columns, row, `${n}.`, values)
  return changed(await statement.execute(values))
}

/** Adds these rows, or this one, in one statement; none is no statement. A row that is there already is an error (`isUnique`). */
export async function insert<T extends SQLiteTable>(
  q: Q,
  table: T,
  rows: Row<T> | readonly Row<T>[],
): Promise<void> {
  await add(q, table, rows, 'all')
}

/** The same, but what is there already stays as it is; gives how many were added. */
export const insertNew = <T extends SQLiteTable>(
  q: Q,
  table: T,
  rows: Row<T> | readonly Row<T>[],
): Promise<number> => add(q, table, rows, 'new')

type Match = 'list' | 'null' | 'one'
const matchOf = (value: unknown): Match => (Array.isArray(value) ? 'list' : value === null ? 'null' : 'one')

/** What a `where` comes to: its shape, its condition, its values. */
function conditionOf(table: SQLiteTable, where: Values) {
  const columns = getTableColumns(table)
  const parts = Object.entries(where).map(([name, value]) => {
    // Whatever was forgotten would be every row.
    if (value === undefined) throw new Error(`no value to find ${getTableName(table)} by: ${name}`)
    return { name, value, match: matchOf(value) }
  })
  if (parts.length === 0) throw new Error(`no condition to find ${getTableName(table)} by`)
  const build = (): SQL | undefined =>
    and(
      ...parts.map(({ name, match }) => {
        const column = columnOf(columns, name)
        if (match === 'null') return isNull(column)
        return match === 'list' ? inList(table, column, `=${name}`) : eq(column, place(`=${name}`))
      }),
    )
  const values: Record<string, unknown> = {}
  for (const { name, value, match } of parts)
    if (match === 'list') values[`=${name}`] = JSON.stringify(value)
    else if (match === 'one') values[`=${name}`] = columnOf(columns, name).mapToDriverValue(value)
  return { shape: parts.map(({ name, match }) => `${name}:${match}`).join(), build, values }
}

/** Sets these columns of the rows found by `where`; gives how many those were. A `set` of `undefined` stays as it is. */
export async function update<T extends SQLiteTable>(
  q: Q,
  table: T,
  where: Where<T>,
  set: Partial<Row<T>>,
): Promise<number> {
  const condition = conditionOf(table, where)
  const names = given(set)
  const statement = ready(q, `~${getTableName(table)} ${names.join()} ${condition.shape}`, () =>
    q
      .update(table)
      .set(Object.fromEntries(names.map((name) => [name, place(name)])) as Partial<Row<T>>)
      .where(condition.build()),
  )
  driven(getTableColumns(table), set, '', condition.values)
  return changed(await statement.execute(condition.values))
}

/** Deletes the rows found by `where`; gives how many those were. */
export async function remove<T extends SQLiteTable>(q: Q, table: T, where: Where<T>): Promise<number> {
  const condition = conditionOf(table, where)
  const statement = ready(q, `-${getTableName(table)} ${condition.shape}`, () =>
    q.delete(table).where(condition.build()),
  )
  return changed(await statement.execute(condition.values))
}

/** A table of rows that count their changes. */
type Versioned = SQLiteTable & { readonly id: Column; readonly version: Column }

/**
 * Nobody else changes this row before the transaction is over: an update that changes nothing locks it, on either engine. Whoever
 * reads it reads it afterwards. Gives whether it is there.
 */
export async function lock(q: Q, table: Versioned, id: string): Promise<boolean> {
  const statement = ready(q, `!${getTableName(table)}`, () =>
    q
      .update(table)
      .set({ version: sql`${table.version}` } as Partial<SQLiteTable['$inferInsert']>)
      .where(eq(table.id, place('id'))),
  )
  return changed(await statement.execute({ id })) > 0
}
