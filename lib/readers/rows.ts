/** Making and naming of rows. Ids are made by the page that offers a new row, so that sending it twice makes one row. */
import { emptyRow, type Row, type Section } from '#lib/sections/define.ts'

export const rowLimits = { rows: 30, children: 20 } as const

/** What a row id may look like: short, URL-safe, no meaning. */
export const isRowId = (id: string) => /^[a-z0-9]{6,24}$/.test(id)

/** Ids of nested rows follow from their row's: `<row>p1`, `<row>p2`, … */
export function freshChild(row: Row): Row {
  const last = Math.max(0, ...(row.children ?? []).map(({ id }) => Number(id.slice(row.id.length + 1)) || 0))
  return emptyRow(`${row.id}p${last + 1}`)
}

/** A row nobody has typed into yet; where a section nests, with one nested row ready. */
export function blankRow(section: Section, id: string): Row {
  const row = emptyRow(id)
  return section.nested ? { ...row, children: [freshChild({ ...row, children: [] })] } : row
}
