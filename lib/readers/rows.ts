/** Making and naming of rows. Ids are made by the page that offers a new row, so that sending it twice makes one row. */
import { emptyRow, type Row, type Section } from '#lib/sections/define.ts'

export const rowLimits = { rows: 30, children: 20 } as const

const nestedId = /^([a-z0-9]+)p(\d{1,3})$/

/** What a row id may look like: short, URL-safe, no meaning, and not like a nested one. */
export const isRowId = (id: string) => /^[a-z0-9]{6,24}$/.test(id) && !nestedId.test(id)

/** The row a nested id belongs to; null for the id of a row itself. */
export const parentRowId = (id: string) => nestedId.exec(id)?.[1] ?? null

/** Ids of nested rows follow from their row's: `<row>p1`, `<row>p2`, … */
export function freshChild(row: Row): Row {
  const last = Math.max(0, ...(row.children ?? []).map(({ id }) => Number(nestedId.exec(id)?.[2] ?? 0)))
  return emptyRow(`${row.id}p${last + 1}`)
}

/** A row nobody has typed into yet; where a section nests, with one nested row ready. */
export function blankRow(section: Section, id: string): Row {
  const row = emptyRow(id)
  return section.nested ? { ...row, children: [freshChild({ ...row, children: [] })] } : row
}
