/** 审计日志 of a subtree: what everybody who has or had an office there did and saw in some months (ADM-3). */
import { setImmediate as othersFirst } from 'node:timers/promises'
import { type AuditLine, auditedStaff, auditLinePages } from '#db/queries/audit.ts'
import { doingsCount } from '#db/queries/export-rows.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { whomIn } from '#lib/readers/concerned.ts'
import { auditKindWords, auditWords } from '#lib/text/audit.ts'
import { instantTime } from '#lib/text/dates.ts'
import { sheetColumns } from '#lib/text/export-sheets.ts'
import type { Cell } from './export-sheets.ts'
import {
  codeColumn,
  column,
  type ExportSource,
  type ExportWish,
  exportPage,
  spanOf,
} from './export-source.ts'

const words = sheetColumns.audit

const columns = [
  column(words.at, 18),
  column(words.by, 12),
  column(words.login, 16),
  column(words.departments, 32),
  column(words.what, 28),
  column(words.whom, 32),
  codeColumn(words.number, 20),
]

/** Members of staff of the subtree in pages of ids; what they are told about lies in it too. */
async function* staffOf({ store: { read, t } }: Deps, paths: readonly string[] | null) {
  for (let after: string | null = null; ; ) {
    const found: { readonly id: string }[] = await auditedStaff(read, t, { paths, after, limit: exportPage })
    if (found.length > 0) yield found.map(({ id }) => id)
    const last = found.at(-1)
    if (!last || found.length < exportPage) return
    after = last.id
  }
}

export function auditSource(deps: Deps, wish: ExportWish): ExportSource {
  const { store, keys } = deps
  const paths = wish.path === '' ? null : [wish.path]
  const span = spanOf(wish)
  // The form asks for both; a row without them is of no time at all.
  const period = { from: span.from ?? new Date(0), to: span.before ?? new Date(0) }
  return {
    columns,
    async count(cap) {
      let found = 0
      for await (const ids of staffOf(deps, paths)) {
        found += await doingsCount(store.read, store.t, ids, period, cap)
        if (found >= cap) break
      }
      return found
    },
    async *pages() {
      for await (const ids of staffOf(deps, paths))
        for (const actorId of ids) {
          await othersFirst()
          const filter = { of: { actorId }, what: 'all', ...period } as const
          const wanted = { filter, paths, size: exportPage }
          for await (const lines of auditLinePages(store.read, store.t, keys, wanted))
            yield { rows: lines.map(rowOf), people: [] }
        }
    },
  }
}

const rowOf = (line: AuditLine): Cell[] => [
  `${dayOf(line.at)} ${instantTime(line.at)}`,
  line.actor?.name ?? '',
  line.actor?.login ?? '',
  (line.actor?.departments ?? []).map((one) => one || auditWords.everywhere).join('、'),
  auditKindWords[line.what] ?? line.what,
  whomIn(line),
  line.case?.number ?? '',
]
