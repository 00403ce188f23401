import { integer, text } from 'drizzle-orm/sqlite-core'

// The column vocabulary of the tables, SQLite flavour. `pg/columns.ts` speaks the same names, so that a
// table file becomes its PostgreSQL twin by resolving this one import elsewhere.

export {
  index,
  integer,
  primaryKey,
  sqliteTable as table,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'

/** Primary key made by the application (UUIDv7 text). */
export const id = () => text('id').primaryKey()

/** A column that holds the id of another row; add `.references(() => …)` and `.notNull()` as needed. */
export const ref = (name: string) => text(name)

export const bool = (name: string) => integer(name, { mode: 'boolean' })

/** A moment as `Date`, exact to the millisecond. */
export const instant = (name: string) => integer(name, { mode: 'timestamp_ms' })

/** Steps joined by `/`, in the order of their bytes, so that what lies beneath a path is a range of its index. */
export const steps = (name: string) => text(name)

/** A value stored and read whole, key order kept; never filter on what is inside it. */
export const json = <T>(name: string) => text(name, { mode: 'json' }).$type<T>()
