import { setImmediate as othersFirst } from 'node:timers/promises'
import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import { record as recordEvent } from '#db/events.ts'
import { registerContext, registerIndexes } from '#db/queries/registers.ts'
import type { Schema } from '#db/store.ts'
import { insert, remove, update } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { ClaimKind, Facts } from '#lib/domain/claims.ts'
import { newId } from '#lib/ids.ts'
import { type CsvLine, csvLines } from '#lib/readers/csv-lines.ts'
import { type Headings, type LineFault, readHeadings, readLine } from '#lib/readers/register-file.ts'

export interface RegisterFile {
  readonly kind: ClaimKind
  /** The file, decoded, in pieces of any length; its first line are headings. */
  readonly text: AsyncIterable<string>
  /** Who is not in it is not known, instead of not there (CHK-4). */
  readonly partial: boolean
  /** What earlier imports of the kind brought in and this one did not is taken away. */
  readonly replace: boolean
}

export interface Imported {
  /** Lines taken and left out. */
  readonly taken: number
  readonly refused: number
  /** Records of earlier imports that were taken away. */
  readonly removed: number
  readonly headings: Omit<Headings, 'places' | 'width'>
}

/** A line that is left out, by its number in the file; `field` is the column, and nothing of the line itself is told. */
export interface LeftOut {
  readonly line: number
  readonly fault: LineFault
  readonly field?: string
}

type Entry = Schema['registerEntry']['$inferInsert']
interface Prepared {
  readonly entry: Entry
  /** The index it would have under older keys. */
  readonly olderIndexes: readonly string[]
}

/** Statements of this many rows are quick to put together and far below what either engine takes. */
const perStatement = 100
/** Rows that go in one transaction; whoever else writes waits no longer than that takes. */
const perDelete = 1000

function prepare(deps: Deps, kind: ClaimKind, importId: string, facts: Facts): Prepared {
  const { keys } = deps
  const id = newId(deps.clock.now())
  const { subjectIndex, entryIndexes } = registerIndexes(keys, kind, facts)
  const [entryIndex = '', ...olderIndexes] = entryIndexes
  return {
    entry: {
      id,
      kind,
      subjectIndex,
      entryIndex,
      bodySealed: keys.seal(JSON.stringify(facts), registerContext(id)),
      importId,
    },
    olderIndexes,
  }
}

/** What the records of these lines are about, with the latest line where two are about the same thing. */
const sorted = (prepared: readonly Prepared[]): Prepared[] => {
  const byIndex = new Map(prepared.map((one) => [one.entry.entryIndex, one]))
  // In one order, whoever writes: two imports at once do not wait for each other in a ring.
  return [...byIndex.values()].sort((one, other) => (one.entry.entryIndex < other.entry.entryIndex ? -1 : 1))
}

const replaced = {
  id: sql`excluded.id`,
  subjectIndex: sql`excluded.subject_index`,
  bodySealed: sql`excluded.body_sealed`,
  importId: sql`excluded.import_id`,
}

/** One batch in one transaction. A record that is there already is replaced; its seal is bound to its id, so that goes along. */
async function write({ store }: Deps, prepared: readonly Prepared[], begun: Begun | null): Promise<void> {
  const { registerEntry, registerImport } = store.t
  const entries = sorted(prepared)
  const older = entries.flatMap(({ olderIndexes }) => olderIndexes)
  await store.tx(async (q) => {
    if (begun) await insert(q, registerImport, begun)
    if (older.length > 0) await remove(q, registerEntry, { entryIndex: older })
    for (let from = 0; from < entries.length; from += perStatement)
      await q
        .insert(registerEntry)
        .values(entries.slice(from, from + perStatement).map(({ entry }) => entry))
        .onConflictDoUpdate({ target: registerEntry.entryIndex, set: replaced })
  })
}

type Begun = Schema['registerImport']['$inferInsert']

/** Takes away what earlier imports left, a batch at a time. Ids sort by when an import began. */
async function removeEarlier({ store }: Deps, kind: ClaimKind, importId: string): Promise<number> {
  const { registerEntry } = store.t
  let removed = 0
  for (;;) {
    const gone = await store.tx((q) =>
      q
        .delete(registerEntry)
        .where(
          inArray(
            registerEntry.id,
            q
              .select({ id: registerEntry.id })
              .from(registerEntry)
              .where(and(eq(registerEntry.kind, kind), lt(registerEntry.importId, importId)))
              .limit(perDelete),
          ),
        )
        .returning({ id: registerEntry.id }),
    )
    removed += gone.length
    if (gone.length < perDelete) return removed
    await othersFirst()
  }
}

interface Ended {
  readonly kind: ClaimKind
  readonly taken: number
  readonly refused: number
  readonly partial: boolean
  readonly replace: boolean
}

/** The whole file was read: from now on the import counts, and of earlier ones that it replaces the silence does not. */
async function finish({ store, clock }: Deps, importId: string, ended: Ended): Promise<void> {
  const { registerImport } = store.t
  const { kind, taken, refused, partial, replace } = ended
  const at = clock.now()
  await store.tx(async (q) => {
    await recordEvent(q, store.t, { id: newId(at), kind: 'register.imported', data: { ...ended }, at })
    if (taken === 0) return
    await update(q, registerImport, { id: importId }, { taken, refused, partial })
    if (!replace) return
    const earlier = and(eq(registerImport.kind, kind), lt(registerImport.id, importId))
    await q.update(registerImport).set({ partial: true }).where(earlier)
  })
}

/**
 * Brings in a file of register records (CHK-2), a thousand lines at a time: each batch is one short transaction, and what is
 * read or sealed for it is done before. A file whose headings lack a needed column is not begun. The import counts for
 * CHK-4 once all of it is in, so one that was interrupted says nothing of who is missing, and can be run again. `tell`
 * hears of every line that is left out.
 */
export async function importRegister(
  deps: Deps,
  _actor: null,
  { kind, text, partial, replace }: RegisterFile,
  tell: (leftOut: LeftOut) => void,
): Promise<Imported> {
  const importedAt = deps.clock.now()
  const importId = newId(importedAt)
  let headings: Headings | null = null
  let taken = 0
  let refused = 0

  const leaveOut = (leftOut: LeftOut) => {
    refused += 1
    tell(leftOut)
  }
  const take = (known: Headings, { number, cells }: CsvLine): Prepared[] => {
    if (typeof cells === 'string') {
      leaveOut({ line: number, fault: cells })
      return []
    }
    const read = readLine(kind, known, cells)
    if ('record' in read) return [prepare(deps, kind, importId, read.record)]
    leaveOut({ line: number, ...read })
    return []
  }

  for await (const lines of csvLines(text)) {
    const [first] = lines
    const known: Headings =
      headings ?? readHeadings(kind, typeof first?.cells === 'object' ? first.cells : [])
    if (known.missing.length > 0 || known.twice.length > 0)
      return { taken, refused, removed: 0, headings: known }
    const prepared = (headings ? lines : lines.slice(1)).flatMap((line) => take(known, line))
    headings = known
    if (prepared.length === 0) continue
    // Nothing taken and only some subjects: that is what it says until it is whole.
    const begun = { id: importId, kind, taken: 0, refused: 0, partial: true, importedAt }
    await write(deps, prepared, taken === 0 ? begun : null)
    taken += prepared.length
    await othersFirst()
  }

  const replaces = replace && taken > 0
  if (taken + refused > 0) await finish(deps, importId, { kind, taken, refused, partial, replace: replaces })
  const removed = replaces ? await removeEarlier(deps, kind, importId) : 0
  const { missing = [], twice = [], ignored = [] } = headings ?? {}
  return { taken, refused, removed, headings: { missing, twice, ignored } }
}
