import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { ErrorList } from '#app/_ui/errors.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import type { FieldView } from '#lib/readers/fields.ts'

const base = { name: 'posts.x1.start', label: '某一项', optional: false, value: '' }
const levels = [[{ id: '44', label: '广东省' }], [{ id: '4401', label: '广州市' }]]
const options = [
  { id: 'a', label: '甲' },
  { id: 'b', label: '乙' },
]

const kinds = (shared: { errors: readonly string[]; hint?: string }): FieldView[] => [
  { ...base, ...shared, kind: 'text', max: 10, input: 'tel' },
  { ...base, ...shared, kind: 'choice', as: 'radio', options },
  { ...base, ...shared, kind: 'choice', as: 'select', options },
  { ...base, ...shared, kind: 'month', open: '至今' },
  { ...base, ...shared, kind: 'region' },
  { ...base, ...shared, kind: 'department' },
  { ...base, ...shared, kind: 'declaration' },
]
const shown = (field: FieldView) => renderToStaticMarkup(createElement(FieldInput, { field, levels }))
const controlsOf = (html: string) => html.match(/<(input|select)\b[^>]*>/g) ?? []
const attribute = (tag: string, name: string) => tag.match(new RegExp(` ${name}="([^"]*)"`))?.[1]

describe.each(
  kinds({ errors: ['请改正'], hint: '提示语' }).map((field) => [`${field.kind}`, field] as const),
)('a %s field', (_, field) => {
  const html = shown(field)
  const [first = ''] = controlsOf(html)

  test('carries the anchor of its issues on its first control', () => {
    expect(attribute(first, 'id')).toBe('posts-x1-start')
  })

  test('binds hint and error to that control and marks it', () => {
    const described = (
      attribute(first, 'aria-describedby') ??
      html.match(/<fieldset[^>]*>/)?.[0] ??
      ''
    ).toString()
    for (const part of ['posts-x1-start-hint', 'posts-x1-start-error']) {
      expect(described).toContain(part)
      expect(html).toContain(`id="${part}"`)
    }
    expect(attribute(first, 'aria-invalid')).toBe('true')
    expect(html).toContain('请改正')
  })

  test('labels every control', () => {
    const bound = new Set([...html.matchAll(/<label for="([^"]+)"/g)].map(([, id]) => id))
    const wrapped = [...html.matchAll(/<label class[^>]*>(.*?)<\/label>/g)].map(([, inner = '']) => inner)
    for (const control of controlsOf(html))
      expect(bound.has(attribute(control, 'id')) || wrapped.some((inner) => inner.includes(control))).toBe(
        true,
      )
  })

  test('is not cut by the browser', () => {
    expect(html).not.toMatch(/maxlength/i)
    expect(html).not.toContain(' style=')
  })
})

test('a field without hint and errors points at nothing', () => {
  for (const field of kinds({ errors: [] })) expect(shown(field)).not.toMatch(/aria-(invalid|describedby)/)
})

test.each([
  ['2010-09', '2010', '09', false],
  ['2010-', '2010', '', false],
  ['-09', '', '09', false],
  ['201x-13', '201x', '', false],
  ['ongoing', '', '', true],
  ['', '', '', false],
])('the month %j is shown in its parts', (value, year, month, open) => {
  const html = shown({ ...base, errors: [], kind: 'month', open: '至今', value })
  const [yearInput = '', , openInput = ''] = controlsOf(html)
  expect(attribute(yearInput, 'name')).toBe('posts.x1.start.year')
  expect(attribute(yearInput, 'value')).toBe(year)
  expect(html.match(/<option value="(\d*)" selected=""/)?.[1] ?? '').toBe(month)
  expect(openInput.includes('checked')).toBe(open)
})

test('the department path is spread over its selects', () => {
  const html = shown({ ...base, errors: [], kind: 'department', value: '44/4401' })
  expect(html).toContain('name="posts.x1.start.1"')
  expect([...html.matchAll(/<option value="(\d+)" selected=""/g)].map(([, id]) => id)).toEqual(['44', '4401'])
})

test('the error list counts what is wrong and links each to its control', () => {
  const issues = [
    { at: 'slot:portrait', text: '照片太小' },
    { at: null, text: '还没有选择部门', href: '/collection/department' },
  ]
  const html = renderToStaticMarkup(createElement(ErrorList, { issues }))
  expect(html).toContain('页面有 2 处需要修改')
  expect(html).toContain('href="#slot-portrait"')
  expect(html).toContain('href="/collection/department"')
  expect(renderToStaticMarkup(createElement(ErrorList, { issues: [] }))).toBe('')
})
