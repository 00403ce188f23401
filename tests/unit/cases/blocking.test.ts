/** What blocks what, as the rules say it: the table of docs/rules.md against the code, every pair in both orders. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { caseKinds } from '#lib/cases/all.ts'
import { blockedBy } from '#lib/cases/blocking.ts'
import type { CaseKindId, SubmitFacts } from '#lib/cases/define.ts'

const kinds = Object.values(caseKinds).map(({ id }) => id)

const cellsOf = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''))
const meant = (names: readonly string[]) =>
  kinds.filter((kind) => names.some((name) => name === kind || name === kind.replace(/-.*/, '-*')))

/** `<submitted> <under review>` → the codes. */
function table() {
  const lines = readFileSync('docs/rules.md', 'utf8').split('\n')
  const at = lines.findIndex((line) => line.startsWith('| submitted |'))
  const columns = cellsOf(lines[at] ?? '')
    .slice(1)
    .map(meant)
  const pairs = new Map<string, readonly string[]>()
  for (const line of lines.slice(at + 2)) {
    if (!line.startsWith('|')) break
    const [submitted = [], ...cells] = cellsOf(line)
    for (const one of meant(submitted))
      cells.forEach((codes, index) => {
        for (const open of columns[index] ?? []) pairs.set(`${one} ${open}`, codes)
      })
  }
  return pairs
}

const codes = (kind: CaseKindId, underReview: readonly CaseKindId[]) =>
  blockedBy(kind, underReview).map(({ code }) => code)

/** Everything holds but for what is under review. */
const facts = (kind: CaseKindId, underReview: readonly CaseKindId[]): SubmitFacts => ({
  identityVerified: kind !== 'identity',
  hasClaim: true,
  consented: true,
  hasRecord: true,
  changesNothing: false,
  underReview,
  staysHere: false,
  countedBefore: false,
  declared: true,
})

describe('what blocks what', () => {
  const pairs = table()

  it('is written down for every pair', () => {
    expect([...pairs.keys()].sort()).toEqual(
      kinds.flatMap((one) => kinds.map((open) => `${one} ${open}`)).sort(),
    )
    expect([...pairs.values()].filter((said) => said.length > 0)).toHaveLength(10 + 5 + 1 + 3 + 1)
  })

  it.each(kinds)('%s: the code of the table and no other, and so says its kind', (kind) => {
    for (const open of kinds) {
      const said = pairs.get(`${kind} ${open}`)
      expect([open, ...codes(kind, [open])]).toEqual([open, ...(said ?? ['not in the table'])])
      const issues = caseKinds[kind].precondition(facts(kind, [open]))
      expect([open, ...issues.map(({ code }) => code)]).toEqual([open, ...(said ?? [])])
    }
  })

  it('nothing under review blocks nothing', () => {
    for (const kind of kinds) expect(codes(kind, [])).toEqual([])
  })

  it('tells all reasons at once, each once', () => {
    expect(codes('transfer', [...kinds, ...kinds])).toEqual([
      'transfer-while-change',
      'transfer-while-transfer',
      'transfer-while-conduct',
      'transfer-while-credit',
    ])
    expect(codes('award', [...kinds, ...kinds])).toEqual(['while-transfer'])
  })
})
