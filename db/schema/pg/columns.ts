import { boolean, customType, text, timestamp } from 'drizzle-orm/pg-core'

// The column vocabulary of the tables, PostgreSQL flavour; written by hand, parallel to `../columns.ts`.

export { index, integer, pgTable as table, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'

export const id = () => text('id').primaryKey()

export const ref = (name: string) => text(name)

export const bool = (name: string) => boolean(name)

export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

// A database's own order is that of some language, in which `/` may count for nothing.
export const steps = customType<{ data: string }>({ dataType: () => 'text collate "C"' })

// `json`, not `jsonb`: it keeps the order of keys as SQLite does. A custom type, because drizzle's own
// parses a second time what the driver has parsed, which turns the JSON string "1" into a number.
export const json = <T>(name: string) =>
  customType<{ data: T; driverData: unknown }>({
    dataType: () => 'json',
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (value) => value as T,
  })(name)
