import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { type OptionGroup, optionsText } from '#app/_ui/options-text.ts'

const groups: readonly OptionGroup[] = [
  { label: '', options: [{ id: '', label: '请选择' }] },
  {
    label: '甲 & <乙> "丙"',
    options: [
      { id: 'a', label: '1 < 2 & 3 > 2' },
      { id: '"><script>', label: '</option>' },
    ],
  },
]

const byReact = (chosen: string) =>
  renderToStaticMarkup(
    createElement(
      'select',
      { defaultValue: chosen },
      groups.map(({ label, options }) => {
        const lines = options.map((one) => createElement('option', { key: one.id, value: one.id }, one.label))
        return label === '' ? lines : createElement('optgroup', { key: label, label }, lines)
      }),
    ),
  )

it.each(['', 'a', '"><script>', 'none of them'])('writes what React writes where %j is chosen', (chosen) => {
  expect(`<select>${optionsText(groups, chosen)}</select>`).toBe(byReact(chosen))
})
