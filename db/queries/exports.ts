/** Reads of exports themselves (ADM-2); what is written into them: `export-rows.ts`. */
import { and, desc, eq, gt, gte, inArray, isNotNull, isNull, lte } from 'drizzle-orm'
import { type ExportKind, examIn } from '#lib/domain/exports.ts'
import { firstIdAt } from '#lib/domain/id-times.ts'
import type { Q, Schema } from '../store.ts'

type StoredExport = Schema['exportFile']['$inferSelect']
export type ExportFile = Omit<StoredExport, 'kind'> & { readonly kind: ExportKind }

/** Who may sit an exam, and who registered for it, are lists of people that name the exam in their filter. */
export const storedKind = (kind: ExportKind): StoredExport['kind'] =>
  kind === 'eligibility' || kind === 'entries' ? 'people' : kind
export const exportOf = (row: StoredExport): ExportFile => ({
  ...row,
  kind:
    row.kind === 'people' && examIn(row.filter)
      ? row.filter.list === 'entries'
        ? 'entries'
        : 'eligibility'
      : row.kind,
})

/** Whosesoever it is; null where there is none. */
export async function exportById(q: Q, t: Schema, id: string): Promise<ExportFile | null> {
  const [row] = await q.select().from(t.exportFile).where(eq(t.exportFile.id, id)).limit(1)
  return row ? exportOf(row) : null
}

/** What somebody asked for and is still kept, newest first, with the name of the department ('' for the country). */
export async function exportsOf(
  q: Q,
  t: Schema,
  accountId: string,
  { now, limit }: { readonly now: Date; readonly limit: number },
) {
  const { exportFile, department } = t
  const rows = await q
    .select({ file: exportFile, department: department.fullName })
    .from(exportFile)
    .leftJoin(department, eq(department.id, exportFile.departmentId))
    .where(and(eq(exportFile.accountId, accountId), gt(exportFile.expiresAt, now)))
    .orderBy(desc(exportFile.id))
    .limit(limit)
  return rows.map(({ file, department: name }) => ({ ...exportOf(file), department: name ?? '' }))
}

/** Why those of somebody's exports that failed since then did, by export: the words of the log. */
export async function failuresOf(
  q: Q,
  t: Schema,
  accountId: string,
  since: Date,
): Promise<ReadonlyMap<string, string>> {
  const { event } = t
  const rows = await q
    .select({ data: event.data })
    .from(event)
    .where(
      and(eq(event.actorId, accountId), eq(event.kind, 'export.failed'), gte(event.id, firstIdAt(since))),
    )
  return new Map(rows.map(({ data }) => [String(data.export), String(data.why)]))
}

/** What is still being written for somebody. */
export const runningExports = async (q: Q, t: Schema, accountId: string): Promise<ExportFile[]> =>
  (
    await q
      .select()
      .from(t.exportFile)
      .where(
        and(
          eq(t.exportFile.accountId, accountId),
          isNull(t.exportFile.doneAt),
          isNull(t.exportFile.failedAt),
        ),
      )
  ).map(exportOf)

/** Up to `limit` that have had their time. */
export const exportsOver = (q: Q, t: Schema, now: Date, limit: number) =>
  q
    .select({ id: t.exportFile.id, storageKey: t.exportFile.storageKey })
    .from(t.exportFile)
    .where(lte(t.exportFile.expiresAt, now))
    .limit(limit)

/** Which of these storage keys belong to an export, done or being written. */
export async function exportKeysAmong(
  q: Q,
  t: Schema,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const { storageKey } = t.exportFile
  const rows = await q
    .select({ key: storageKey })
    .from(t.exportFile)
    .where(and(isNotNull(storageKey), inArray(storageKey, [...keys])))
  return new Set(rows.flatMap(({ key }) => key ?? []))
}
