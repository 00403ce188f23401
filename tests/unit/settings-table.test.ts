/** The settings as they are read, as .env.example lists them and as docs/operations.md explains them. */
import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { doorSettings, processesOf } from '#lib/door/settings.ts'
import { readEnv } from '#lib/env.ts'

const text = (file: string) => readFileSync(file, 'utf8')
const named = (source: string, pattern: RegExp) => [...source.matchAll(pattern)].map(([, name = '']) => name)

/** Said by Node, Next or one of our own processes to another, and nobody's to set. */
const notOurs = ['NODE_ENV', 'NEXT_RUNTIME', 'NEXT_PHASE', 'PATH', 'PROCESS_NUMBER']
/** Of the tests alone. */
const ofTests = ['CHROMIUM_PATH']

const limits = Object.keys(readEnv({ APP_KEYS: 'k1:abc', DEMO: '1' }, () => '').limits).map(
  (name) => `LIMITS_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`,
)
const sources = ['server.ts', 'instrumentation.ts', ...globSync(['lib/**/*.ts', 'ops/**/*.ts', 'db/**/*.ts'])]
const read = new Set([
  ...named(text('lib/env.ts'), /^ {2}([A-Z][A-Z_]+): /gm),
  ...named(text('lib/door/settings.ts'), /\benv\.([A-Z_]+)/g),
  ...sources.flatMap((file) => named(text(file), /process\.env\.([A-Z_]+)/g)),
  ...limits,
])
for (const name of notOurs) read.delete(name)

const example = Object.fromEntries(
  [...text('.env.example').matchAll(/^# ([A-Z][A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [
    name,
    value,
  ]),
)

it('.env.example lists every one, and no other', () => {
  expect(Object.keys(example).sort()).toEqual([...read].sort())
})

it('.env.example shows what counts where nothing is set', () => {
  const demo = { APP_KEYS: 'k1:abc', DEMO: '1' }
  const shown = { ...example, ...demo }
  expect(readEnv(shown, () => '')).toEqual(readEnv(demo, () => ''))
  const { innerMark: _, ...door } = doorSettings(shown, false)
  expect(doorSettings({}, false)).toMatchObject(door)
  expect(processesOf(shown, false)).toBe(processesOf({}, false))
})

const tables = text('docs/operations.md')
const rows = named(tables, /^\| (`[A-Z][A-Z_]+`(?:, `[A-Z][A-Z_]+`)*) \|/gm).flatMap((cell) =>
  named(cell, /`([A-Z_]+)`/g),
)

it('docs/operations.md explains every one', () => {
  const explained = new Set([...rows, ...named(tables, /`([A-Z][A-Z_]+)(?:=[^`]*)?`/g)])
  expect([...read].filter((name) => !explained.has(name))).toEqual([])
})

it('docs/operations.md has no row for one that nobody reads', () => {
  expect(rows.length).toBeGreaterThan(40)
  expect(rows.filter((name) => !read.has(name) && !ofTests.includes(name))).toEqual([])
})
