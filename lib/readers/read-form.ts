/** Takes the fields of a section out of a posted form; whatever else was posted is dropped. */
import type { Field, Fields, Row, Section, Values } from '#lib/sections/define.ts'

/** The part of FormData that is read here. */
export interface Posted {
  get(name: string): unknown
}

const one = (form: Posted, name: string) => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

const longest = 4000

function readField(field: Field, form: Posted, name: string): string {
  switch (field.kind) {
    case 'text': {
      const typed = one(form, name).slice(0, longest).replaceAll('\r\n', '\n').trim()
      return field.normalise?.(typed) ?? typed
    }
    case 'choice':
    case 'region':
      return one(form, name).slice(0, 64)
    case 'day':
      return one(form, name).normalize('NFKC').trim().slice(0, 16)
    case 'declaration':
      return one(form, name) === '1' ? '1' : ''
    case 'month': {
      if (field.orOngoing && one(form, `${name}.open`) === '1') return 'ongoing'
      const year = one(form, `${name}.year`).normalize('NFKC').trim().slice(0, 8)
      const month = one(form, `${name}.month`).normalize('NFKC').trim().slice(0, 8)
      if (year === '' && month === '') return ''
      return `${year}-${month === '' ? '' : month.padStart(2, '0')}`
    }
    case 'department':
      return [1, 2, 3]
        .map((level) => one(form, `${name}.${level}`).slice(0, 64))
        .filter((id) => id !== '')
        .join('/')
  }
}

const readFields = (fields: Fields, form: Posted, prefix = ''): Values =>
  Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [key, readField(field, form, prefix + key)]),
  )

/**
 * The row as typed. Nested rows are those that `known` has (a form cannot invent ids), in their order;
 * one marked `<key>.<id>.remove` is left out.
 */
export function readForm(section: Section, form: Posted, known: Row): Row {
  const { nested } = section
  const children = nested
    ? (known.children ?? [])
        .filter((child) => one(form, `${nested.key}.${child.id}.remove`) !== '1')
        .map((child) => ({ ...child, values: readFields(nested.fields, form, `${nested.key}.${child.id}.`) }))
    : undefined
  const row = { id: known.id, rev: known.rev, values: readFields(section.fields, form) }
  return children ? { ...row, children } : row
}
