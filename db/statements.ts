/** Statements of one connection, kept by their text: to compile one costs more than to run most of them (decision 026). */
import type { Database, Statement } from 'better-sqlite3'

/**
 * The same statement with each of its places as `+?`. For a bare one SQLite remembers which values its plan might depend on, a limit
 * or an equality in a join, and compiles the statement anew whenever it is given such a value, at each run. No plan of ours depends on
 * values: nothing is analysed. Texts and names in quotes stay as they are; comments are not known to it.
 */
export const steadied = (text: string): string =>
  text.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\?/g, (found) => (found === '?' ? '+?' : found))

/** Queries differ by how many values a list has, so there is no end of them: those used last stay. */
const mostKept = 500

/**
 * A connection whose statements are compiled once. A kept one is handed out as if it were new: drizzle runs it before anybody else
 * can ask for it, and `raw` is all of its state that drizzle sets.
 */
export function rememberingStatements(connection: Database): Database {
  const kept = new Map<string, Statement>()
  const prepare = (text: string): Statement => {
    const found = kept.get(text)
    if (found?.reader) found.raw(false)
    const statement = found ?? connection.prepare(steadied(text))
    // Again at the end: the first of the map is the one that was not used for longest.
    kept.delete(text)
    kept.set(text, statement)
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    return statement
  }
  return new Proxy(connection, {
    get(target, name) {
      if (name === 'prepare') return prepare
      const found: unknown = Reflect.get(target, name, target)
      return typeof found === 'function' ? found.bind(target) : found
    },
  })
}
