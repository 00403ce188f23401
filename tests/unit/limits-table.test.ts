import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readEnv } from '#lib/env.ts'

const camel = (setting: string) =>
  setting
    .replace('LIMITS_', '')
    .toLowerCase()
    .replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())

it('every limit stands in docs/operations.md with its setting and default', () => {
  const table = readFileSync('docs/operations.md', 'utf8')
  const written = Object.fromEntries(
    [...table.matchAll(/^\| `(LIMITS_[A-Z_]+)` \| (\d+) \|/gm)].map(([, setting = '', value]) => [
      camel(setting),
      Number(value),
    ]),
  )
  const { limits } = readEnv({ APP_KEYS: 'k1:abc', DEMO: '1' }, () => '')
  expect(written).toEqual(limits)
})

it('every one of them is read from the environment', () => {
  const table = readFileSync('docs/operations.md', 'utf8')
  for (const [, setting = ''] of table.matchAll(/^\| `(LIMITS_[A-Z_]+)` \|/gm)) {
    const { limits } = readEnv({ APP_KEYS: 'k1:abc', DEMO: '1', [setting]: '77' }, () => '')
    expect(Object.entries(limits).find(([name]) => name === camel(setting))?.[1], setting).toBe(77)
  }
})
