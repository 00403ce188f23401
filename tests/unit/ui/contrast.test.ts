import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('../../../app/globals.css', import.meta.url), 'utf8')

/** The colours that the block opened by `selector` declares. */
function tokensOf(selector: string): Map<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('\n}')[0] ?? ''
  return new Map(
    [...block.matchAll(/--color-([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]),
  )
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

const base = tokensOf('@theme')
const themes = {
  normal: { tokens: base, least: 4.5 },
  'high contrast': { tokens: new Map([...base, ...tokensOf('html[data-contrast="high"]')]), least: 7 },
}

const grounds = ['paper', 'panel', 'brand-soft', 'good-soft', 'warn-soft', 'bad-soft']
const textPairs = [
  ...['ink', 'ink-2'].flatMap((text) => grounds.map((ground) => [text, ground])),
  ...['ink-3', 'brand', 'brand-strong'].flatMap((text) =>
    ['paper', 'panel', 'brand-soft'].map((ground) => [text, ground]),
  ),
  ...['good', 'warn', 'bad'].flatMap((text) => [
    [text, 'paper'],
    [text, 'panel'],
    [text, 'brand-soft'],
    [text, `${text}-soft`],
  ]),
  ['paper', 'brand'],
  ['paper', 'brand-strong'],
] as [string, string][]
const shapePairs: [string, string][] = [
  ['edge', 'paper'],
  ['edge', 'panel'],
  ['focus', 'ink'],
]

describe.each(Object.entries(themes))('%s colours', (_, { tokens, least }) => {
  const between = ([a, b]: [string, string]) => contrast(tokens.get(a) ?? '', tokens.get(b) ?? '')

  test.each(textPairs)(`%s is read on %s at ${least}:1`, (text, ground) => {
    expect(between([text, ground])).toBeGreaterThanOrEqual(least)
  })
  test.each(shapePairs)('%s is seen beside %s', (shape, ground) => {
    expect(between([shape, ground])).toBeGreaterThanOrEqual(3)
  })
})

test('black on white is the measure', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 1)
})
