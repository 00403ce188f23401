/** 人员名单: who is on the record of a subtree, department by department (ADM-2). */
import { setImmediate as othersFirst } from 'node:timers/promises'
import { accountContext } from '#db/queries/accounts.ts'
import { sealedPeople } from '#db/queries/export-rows.ts'
import { countedPeople } from '#db/queries/figures.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { type Measure, noBucket } from '#lib/domain/figures.ts'
import { maskNumber, maskPhone } from '#lib/domain/masking.ts'
import { sheetColumns, sheetWords } from '#lib/text/export-sheets.ts'
import { identityTypeWords } from '#lib/text/registration.ts'
import { maskedName } from '#lib/text/surnames.ts'
import type { Cell } from './export-sheets.ts'
import { codeColumn, column, type ExportSource, type ExportWish, type Page } from './export-source.ts'
import { type Placed, peopleOfSubtree } from './export-subtree.ts'
import { personCounts } from './figures.ts'

const words = sheetColumns.people

const columns = [
  column(words.department, 32),
  column(words.name, 12),
  column(words.idType, 24),
  codeColumn(words.number, 22),
  codeColumn(words.phone, 16),
  column(words.sex, 6),
  column(words.born, 12),
  column(words.education, 14),
  column(words.title, 18),
  column(words.unit, 24),
  column(words.industry, 32),
  column(words.approved, 14),
]

export const peopleSource = (deps: Deps, { path, full }: ExportWish): ExportSource => ({
  columns,
  ...peopleOfSubtree(deps, path, (placed) => pageOf(deps, placed, full)),
})

/** Counted as the figures count them, so that a list and its sums agree. */
async function pageOf({ store, keys }: Deps, placed: readonly Placed[], full: boolean): Promise<Page> {
  const ids = placed.map(({ id }) => id)
  const sealed = await sealedPeople(store.read, store.t, ids)
  const counted = await countedPeople(store.read, store.t, ids)
  await othersFirst()
  const who = new Map(sealed.map((one) => [one.id, one]))
  const what = new Map(counted.map((one) => [one.id, one.as]))
  const open = (text: string, id: string, of: 'name' | 'number' | 'phone') =>
    text === '' ? '' : keys.unseal(text, accountContext(id, of))
  const written = placed.flatMap(({ id, department }) => {
    const [one, as] = [who.get(id), what.get(id)]
    // Gone since its id was read.
    if (!one || !as) return []
    const counts = new Map<Measure, string>(personCounts(as))
    const bucket = (measure: Measure, word: (id: string) => string) => {
      const found = counts.get(measure) ?? noBucket
      return found === noBucket ? '' : word(found)
    }
    const name = open(one.nameSealed, id, 'name')
    const number = open(one.numberSealed, id, 'number')
    const phone = open(one.phoneSealed, id, 'phone')
    const row: Cell[] = [
      department,
      full ? name : maskedName(name),
      identityTypeWords[one.idType] ?? one.idType,
      full ? number : maskNumber(number),
      full ? phone : maskPhone(phone),
      bucket('sex', sheetWords.sex),
      as.birth.slice(0, 7),
      bucket('education', sheetWords.education),
      bucket('title', sheetWords.title),
      bucket('unit', sheetWords.unit),
      bucket('industry', sheetWords.industry),
      dayOf(one.approvedAt),
    ]
    return [{ id, row }]
  })
  return { rows: written.map(({ row }) => row), people: full ? written.map(({ id }) => id) : [] }
}
