/** 办理清单: what stands at the departments of a subtree, and who decided it (ADM-2). */
import { setImmediate as othersFirst } from 'node:timers/promises'
import { accountContext } from '#db/queries/accounts.ts'
import { namesOfAccounts } from '#db/queries/cases.ts'
import {
  type CaseCursor,
  caseStatesAt,
  casesCount,
  casesOfDepartment,
  departmentsOfSubtree,
} from '#db/queries/export-rows.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { workingDaysBetween } from '#lib/domain/working-days.ts'
import { caseStateWords } from '#lib/text/collection.ts'
import { sheetColumns } from '#lib/text/export-sheets.ts'
import { caseKindWords } from '#lib/text/review.ts'
import { maskedName } from '#lib/text/surnames.ts'
import type { Cell } from './export-sheets.ts'
import {
  codeColumn,
  column,
  type ExportSource,
  type ExportWish,
  exportPage,
  type Page,
  spanOf,
} from './export-source.ts'

/** Longer is not counted out. */
const longestCount = 999
const decisions: ReadonlySet<string> = new Set(['returned', 'approved', 'refused'])

const words = sheetColumns.cases

const columns = [
  codeColumn(words.number, 20),
  column(words.kind, 16),
  column(words.state, 12),
  column(words.round, 10),
  column(words.department, 32),
  column(words.applicant, 12),
  column(words.submitted, 14),
  column(words.due, 14),
  column(words.decided, 14),
  column(words.days, 16),
  column(words.by, 12),
]

type CaseRow = Awaited<ReturnType<typeof casesOfDepartment>>[number]
interface Placed {
  readonly one: CaseRow
  readonly department: string
}

export function casesSource(deps: Deps, wish: ExportWish): ExportSource {
  const { read, t } = deps.store
  const submitted = spanOf(wish)
  // Who decided is the last of them.
  const shown = wish.deciders ? columns.length : columns.length - 1
  const paged = async (page: readonly Placed[]): Promise<Page> => {
    const { rows, people } = await pageOf(deps, page)
    return { rows: rows.map((row) => row.slice(0, shown)), people }
  }
  return {
    columns: columns.slice(0, shown),
    async count(cap) {
      const departments = await departmentsOfSubtree(read, t, wish.path)
      return casesCount(
        read,
        t,
        departments.map(({ id }) => id),
        submitted,
        cap,
      )
    },
    async *pages() {
      let page: Placed[] = []
      for (const department of await departmentsOfSubtree(read, t, wish.path)) {
        await othersFirst()
        for (const state of await caseStatesAt(read, t, department.id)) {
          const at = { departmentId: department.id, state }
          for (let after: CaseCursor | null = null; ; ) {
            const limit = exportPage - page.length
            const found: CaseRow[] = await casesOfDepartment(read, t, at, submitted, { after, limit })
            page.push(...found.map((one) => ({ one, department: department.fullName })))
            const last = found.at(-1)
            if (found.length < limit || !last?.submittedAt) break
            yield await paged(page)
            page = []
            after = { submittedAt: last.submittedAt, id: last.id }
          }
        }
      }
      if (page.length > 0) yield await paged(page)
    },
  }
}

async function pageOf({ store, keys, calendar }: Deps, page: readonly Placed[]): Promise<Page> {
  const days = await calendar()
  const deciders = await namesOfAccounts(
    store.read,
    store.t,
    page.flatMap(({ one }) => one.decidedBy ?? []),
  )
  const names = new Map(
    deciders.map(({ id, nameSealed }) => [id, keys.unseal(nameSealed, accountContext(id, 'name'))]),
  )
  const rows = page.map(({ one, department }): Cell[] => {
    const submitted = one.submittedAt === null ? '' : dayOf(one.submittedAt)
    const isDecided = one.outcome !== null && decisions.has(one.outcome)
    const decided = isDecided && one.decidedAt !== null ? dayOf(one.decidedAt) : ''
    const hasTaken = submitted !== '' && decided !== ''
    return [
      one.number ?? '',
      caseKindWords[one.kind].name,
      caseStateWords[one.state],
      one.round,
      department,
      maskedName(keys.unseal(one.nameSealed, accountContext(one.personId, 'name'))),
      submitted,
      one.dueOn,
      decided,
      hasTaken ? workingDaysBetween(submitted, decided, days, longestCount) : '',
      // A register has none.
      decided === '' || one.decidedBy === null ? '' : (names.get(one.decidedBy) ?? ''),
    ]
  })
  return { rows, people: [] }
}
