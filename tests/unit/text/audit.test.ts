import { expect, it } from 'vitest'
import { auditKindWords } from '#lib/text/audit.ts'
import { sourcesUnder } from '#tests/support/sources.ts'

const sources = sourcesUnder('lib', 'db', 'ops', 'app').map(({ path, tree }) => ({ path, text: tree.text }))

/** `'case.submitted'`, as kinds of events are spelled; but for names of files and places of findings nothing else is. */
const kind = /'((?!finding\.)[a-z]+\.(?!(?:json|jsonl|ts|csv|db|keys)')[a-z]+(?:-[a-z]+)*)'/g

it('every kind of event that is written has its word in the audit log', () => {
  const written = new Set(
    sources
      .filter(({ path }) => /^(lib\/(commands|jobs|auth)|ops)\//.test(path))
      .flatMap(({ text }) => [...text.matchAll(kind)].map(([, found = '']) => found)),
  )
  expect(written.size).toBeGreaterThan(60)
  expect([...written].filter((found) => !Object.hasOwn(auditKindWords, found))).toEqual([])
})

it('rows of both logs are written in one place, which leaves them to be linked (ADM-3)', () => {
  const insert = /\binsert(?:New)?\(\s*(?:\w+,\s*)?(?:\w+\.)*(event|accessLog|auditPending|auditLink)[,)]/g
  const found = sources.flatMap(({ path, text }) =>
    [...text.matchAll(insert)].map(([, table]) => `${path}: ${table}`),
  )
  expect([...new Set(found)].sort()).toEqual([
    'db/access.ts: accessLog',
    'db/access.ts: auditPending',
    'db/events.ts: auditPending',
    'db/events.ts: event',
    'lib/commands/link-audit.ts: auditLink',
  ])
})
