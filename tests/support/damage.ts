import { open } from 'node:fs/promises'
import SQLite from 'better-sqlite3'

/** Overwrites the first pages of a table and its indexes in the file of a closed database, as a bad disk would. */
export async function overwriteTable(file: string, table: string): Promise<void> {
  const database = new SQLite(file)
  // Nothing may be left in the log, which is read first.
  database.pragma('wal_checkpoint(TRUNCATE)')
  const pages = database.prepare('select rootpage from sqlite_master where tbl_name = ?').pluck().all(table)
  const size = Number(database.pragma('page_size', { simple: true }))
  database.close()
  const handle = await open(file, 'r+')
  for (const page of pages.map(Number).filter((number) => number > 0))
    await handle.write(Buffer.alloc(size, 0x5a), 0, size, (page - 1) * size)
  await handle.close()
}
