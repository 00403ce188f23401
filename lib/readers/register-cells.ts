/** How one cell of a register's file is read (CHK-2). */
import { writtenDate } from '#lib/domain/written-dates.ts'
import { checkCreditCode } from '#lib/schemas/credit-code.ts'
import { normaliseNumber } from '#lib/schemas/identity-number.ts'
import { education } from '#lib/sections/education.ts'
import { optionWord } from '#lib/text/options.ts'
import { registerOptionWords } from '#lib/text/registers.ts'

export type CellFault =
  | 'too-long'
  | 'characters'
  | 'spoiled-number'
  | 'not-a-number'
  | 'not-an-option'
  | 'not-a-month'
  | 'not-a-credit-code'

export type Cell = { readonly value: string } | { readonly fault: CellFault }
export type Read = (text: string) => Cell

export const text =
  (max: number): Read =>
  (cell) => {
    const value = cell.replace(/\p{Cf}/gu, '').trim()
    if (/[\p{Cc}\p{Cs}\uFFFD]/u.test(value)) return { fault: 'characters' }
    return [...value].length > max ? { fault: 'too-long' } : { value }
  }

/** Spreadsheets turn long numbers into `4.40106E+17`: what they were is lost. */
export const numbered =
  (max: number): Read =>
  (cell) =>
    /^\d([.]\d*)?E[+]?\d+$/i.test(cell.trim()) ? { fault: 'spoiled-number' } : text(max)(cell)

export const documentNumber: Read = (cell) => {
  const read = numbered(60)(cell)
  if ('fault' in read) return read
  const value = normaliseNumber(read.value)
  return value === '' || /^[A-Z0-9]{5,30}$/.test(value) ? { value } : { fault: 'not-a-number' }
}

export const creditCode: Read = (cell) => {
  const checked = checkCreditCode(cell)
  return checked.ok ? { value: checked.value.code } : { fault: 'not-a-credit-code' }
}

export const formerNames: Read = (cell) => {
  const names = cell.split(/[；;]/).map(text(education.fields.school.max))
  const failed = names.find((name) => 'fault' in name)
  if (failed) return failed
  const value = names.flatMap((name) => ('value' in name && name.value !== '' ? [name.value] : [])).join('\n')
  return value.length > 500 ? { fault: 'too-long' } : { value }
}

export const wordKey = (word: string) => word.normalize('NFKC').replace(/\s/g, '')

export function option(set: string, ids: readonly string[]): Read {
  const known = new Map([
    ...ids.flatMap((id) => [[id, id] as const, [wordKey(optionWord(set, id)), id] as const]),
    ...Object.entries(registerOptionWords[set] ?? {}).filter(([, id]) => ids.includes(id)),
  ])
  return (cell) => {
    const value = known.get(wordKey(cell))
    return value === undefined ? { fault: 'not-an-option' } : { value }
  }
}

/** `YYYY-MM` of a month or a day; of a year alone `YYYY`, where nothing but the year is compared (QUA-2). */
export const month =
  ({ orYear }: { orYear: boolean }): Read =>
  (cell) => {
    const written = writtenDate(cell)
    const value = written?.month ?? (orYear ? written?.year : undefined)
    return value === undefined ? { fault: 'not-a-month' } : { value }
  }
