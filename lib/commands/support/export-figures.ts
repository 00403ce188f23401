/** 统计数据: the figures of a department and of those right beneath it, one number a row (ADM-2). */
import { setImmediate as othersFirst } from 'node:timers/promises'
import {
  departmentsBeneath,
  departmentsOfSubtree,
  figuresCount,
  figuresOfPlace,
  type NamedDepartment,
} from '#db/queries/export-rows.ts'
import type { Deps } from '#lib/deps.ts'
import { figureWords, sheetColumns, sheetWords } from '#lib/text/export-sheets.ts'
import type { Cell } from './export-sheets.ts'
import { column, type ExportSource, type ExportWish, exportPage } from './export-source.ts'

const words = sheetColumns.figures

const columns = [
  column(words.department, 32),
  column(words.month, 12),
  column(words.measure, 24),
  column(words.heading, 36),
  column(words.value, 12),
]

async function places({ store: { read, t } }: Deps, { path, departmentId }: ExportWish) {
  const own: readonly NamedDepartment[] =
    path === ''
      ? [{ id: '', fullName: sheetWords.country }]
      : (await departmentsOfSubtree(read, t, path)).filter(({ id }) => id === departmentId)
  return [...own, ...(await departmentsBeneath(read, t, departmentId))]
}

export function figuresSource(deps: Deps, wish: ExportWish): ExportSource {
  const { read, t } = deps.store
  return {
    columns,
    async count(cap) {
      const found = await places(deps, wish)
      return figuresCount(
        read,
        t,
        found.map(({ id }) => id),
        wish,
        cap,
      )
    },
    async *pages() {
      for (const { id, fullName } of await places(deps, wish)) {
        await othersFirst()
        const rows = (await figuresOfPlace(read, t, id, wish)).map((one): Cell[] => {
          const { measure, heading } = figureWords(one.measure, one.bucket)
          return [fullName, one.period === '' ? sheetWords.now : one.period, measure, heading, one.value]
        })
        for (let from = 0; from < rows.length; from += exportPage)
          yield { rows: rows.slice(from, from + exportPage), people: [] }
      }
    },
  }
}
