/** 考试报名名单: the registrations of a session in a province, or of the people a department beneath it keeps on record (EXM-3). */
import { setImmediate as othersFirst } from 'node:timers/promises'
import { accountContext } from '#db/queries/accounts.ts'
import { type EntryPlace, entriesListed, entryIds, entryStates } from '#db/queries/exam-lists.ts'
import { sessionOfYear } from '#db/queries/exams.ts'
import { departmentsBeneath, departmentsOfSubtree } from '#db/queries/export-rows.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { isExamSubject } from '#lib/domain/exams.ts'
import { maskNumber, maskPhone } from '#lib/domain/masking.ts'
import { provinceOf } from '#lib/domain/province-rules.ts'
import { examStateWords, sessionTitle, subjectsWords, yuan } from '#lib/text/exams.ts'
import { sheetColumns } from '#lib/text/export-sheets.ts'
import { regionName } from '#lib/text/regions.ts'
import { maskedName } from '#lib/text/surnames.ts'
import type { Cell } from './export-sheets.ts'
import {
  codeColumn,
  column,
  type ExportSource,
  type ExportWish,
  exportPage,
  type Page,
} from './export-source.ts'

const words = sheetColumns.entries

const columns = [
  column(words.department, 32),
  column(words.name, 12),
  codeColumn(words.number, 22),
  codeColumn(words.phone, 16),
  column(words.exam, 34),
  column(words.city, 12),
  column(words.site, 28),
  column(words.subjects, 32),
  column(words.fee, 10),
  column(words.state, 20),
  codeColumn(words.entryNumber, 18),
  column(words.caseNumber, 22),
  column(words.registered, 14),
  column(words.paid, 14),
]

/** Of no session there is nothing to say. */
export function entriesSource(deps: Deps, { path, exam, full }: ExportWish): ExportSource {
  const { read, t } = deps.store
  const session = async () => (exam ? sessionOfYear(read, t, exam) : null)
  async function places(sessionId: string): Promise<EntryPlace[]> {
    if (path === '')
      return (await departmentsBeneath(read, t, '')).map(({ id }) => ({
        sessionId,
        provinceId: id,
        departments: null,
      }))
    if (!path.includes('/')) return [{ sessionId, provinceId: path, departments: null }]
    const departments = (await departmentsOfSubtree(read, t, path)).map(({ id }) => id)
    return [{ sessionId, provinceId: provinceOf(path), departments }]
  }
  return {
    columns,
    async count() {
      const found = await session()
      let total = 0
      for (const place of found ? await places(found.id) : [])
        for (const held of (await entryStates(read, t, place)).values()) total += held
      return total
    },
    async *pages() {
      const found = await session()
      if (!found) return
      const title = sessionTitle(found)
      for (const place of await places(found.id)) {
        for (let after = ''; ; ) {
          await othersFirst()
          const ids = await entryIds(read, t, place, { after, limit: exportPage })
          if (ids.length > 0) yield await pageOf(deps, ids, title, full)
          if (ids.length < exportPage) break
          after = ids.at(-1) ?? after
        }
      }
    },
  }
}

async function pageOf(
  { store, keys }: Deps,
  ids: readonly string[],
  title: string,
  full: boolean,
): Promise<Page> {
  const found = await entriesListed(store.read, store.t, ids)
  const rows = found.map((entry): Cell[] => {
    const open = (text: string, of: 'name' | 'number' | 'phone') =>
      text === '' ? '' : keys.unseal(text, accountContext(entry.personId, of))
    const name = open(entry.nameSealed, 'name')
    const number = open(entry.numberSealed, 'number')
    const phone = open(entry.phoneSealed, 'phone')
    return [
      entry.department,
      full ? name : maskedName(name),
      full ? number : maskNumber(number),
      full ? phone : maskPhone(phone),
      title,
      regionName(entry.city),
      entry.site,
      subjectsWords(entry.subjects.split(' ').filter(isExamSubject)),
      yuan(entry.fee),
      examStateWords[entry.state],
      entry.number ?? '',
      entry.caseNumber ?? '',
      dayOf(entry.createdAt),
      entry.paidAt ? dayOf(entry.paidAt) : '',
    ]
  })
  return { rows, people: full ? [...new Set(found.map(({ personId }) => personId))] : [] }
}
