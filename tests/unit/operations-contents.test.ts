import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const text = readFileSync('docs/operations.md', 'utf8')
const titles = [...text.matchAll(/^## (.+)$/gm)].map(([, title = '']) => title)

/** As GitHub makes it: letters, digits, hyphens and spaces stay. */
const anchorOf = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-')

it('the run-book names every part in its contents, in the order they come', () => {
  const [, contents = ''] = /^## Contents\n([\s\S]*?)\n## /m.exec(text) ?? []
  const links = [...contents.matchAll(/\]\(#([^)]+)\)/g)].map(([, at]) => at)
  expect(links).toEqual(titles.filter((title) => title !== 'Contents').map(anchorOf))
})

it('a “see” leads to a part that is there', () => {
  const parts = new Set(
    [...text.matchAll(/^###? (.+)$/gm)].map(([, title = '']) => title.replace(/(,| \().*/, '')),
  )
  const asked = [...text.matchAll(/\bsee (?=[A-Z])/g)].map(({ 0: word, index }) =>
    text.slice(index + word.length),
  )
  expect(asked.length).toBeGreaterThan(10)
  const leads = (to: string) => [...parts].some((part) => to.startsWith(part))
  expect(asked.filter((to) => !leads(to)).map((to) => to.slice(0, 40))).toEqual([])
})

it('every event of the log is explained, and none that there is not', () => {
  const files = globSync(['server.ts', 'instrumentation.ts', 'lib/{door,jobs,adapters,files}/**/*.ts'])
  const told = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(?:\bevent: |\b(?:say|tell)\()'([a-z-]+)'/g)].map(
      ([, name]) => name,
    ),
  )
  const [, table = ''] = /^### The log\n([\s\S]*?)\n## /m.exec(text) ?? []
  const rows = [...table.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name),
  )
  expect(rows.sort()).toEqual([...new Set(told)].sort())
})
