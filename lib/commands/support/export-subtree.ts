/** The people of a subtree, department by department and a page at a time, for the lists that have one row for each (ADM-2). */
import { setImmediate as othersFirst } from 'node:timers/promises'
import { departmentsOfSubtree, peopleCount, peopleOfDepartment } from '#db/queries/export-rows.ts'
import type { Deps } from '#lib/deps.ts'
import { type ExportSource, exportPage, type Page } from './export-source.ts'

export interface Placed {
  readonly id: string
  readonly department: string
}

export function peopleOfSubtree(
  { store: { read, t } }: Deps,
  path: string,
  pageOf: (placed: readonly Placed[]) => Promise<Page>,
): Pick<ExportSource, 'count' | 'pages'> {
  return {
    async count(cap) {
      const departments = await departmentsOfSubtree(read, t, path)
      return peopleCount(
        read,
        t,
        departments.map(({ id }) => id),
        cap,
      )
    },
    async *pages() {
      let page: Placed[] = []
      for (const department of await departmentsOfSubtree(read, t, path)) {
        await othersFirst()
        for (let after = ''; ; ) {
          const limit = exportPage - page.length
          const ids = await peopleOfDepartment(read, t, department.id, { after, limit })
          page.push(...ids.map((id) => ({ id, department: department.fullName })))
          if (ids.length < limit) break
          yield await pageOf(page)
          page = []
          after = ids.at(-1) ?? after
        }
      }
      if (page.length > 0) yield await pageOf(page)
    },
  }
}
