import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { NameField } from '#app/_ui/name-field.tsx'

const field = {
  name: 'name',
  label: '真实姓名',
  hint: '提示语',
  optional: false,
  errors: ['请改正'],
  value: '欧阳\u{20BB7}',
  autocomplete: 'name',
}
const html = renderToStaticMarkup(createElement(NameField, { field }))

describe('a name field without script (ACC-4)', () => {
  it('is a labelled input with its hint, its error and what was typed', () => {
    expect(html).toContain('<label for="name"')
    expect(html).toMatch(/<input[^>]* id="name"[^>]*>/)
    expect(html).toContain('value="欧阳\u{20BB7}"')
    expect(html).toContain('aria-describedby="name-hint name-error"')
    expect(html).toContain('aria-invalid="true"')
  })

  it('has a button beside it that sends the form to the picker, and promises no dialog', () => {
    const [button = ''] = html.match(/<button[^>]*>/) ?? []
    for (const part of ['type="submit"', 'name="intent"', 'value="rare"']) expect(button).toContain(part)
    expect(button).not.toContain('aria-haspopup')
    expect(html).toContain('生僻字')
    expect(html).not.toContain('<dialog')
  })
})
