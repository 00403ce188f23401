/** What a run found, as a table for people and as lines for programs. */
import { execFileSync } from 'node:child_process'
import { appendFile, writeFile } from 'node:fs/promises'
import { cpus, loadavg, totalmem } from 'node:os'
import path from 'node:path'
import { root } from '../scripts/prepare.mjs'
import type { Measured } from './measure.ts'

/** More than so many times the cost at the smallest size is told. */
const target = 1.2

export interface RunFacts {
  readonly at: string
  readonly commit: string
  readonly node: string
  readonly machine: string
  readonly sizes: readonly number[]
  readonly requests: number
  readonly loadBefore: number
  readonly loadAfter: number
  /** CPU of a server nobody asks anything, by size, in ms each second. */
  readonly idle: Readonly<Record<string, number>>
}

const git = (...args: string[]) => {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}

export const commitNow = () =>
  `${git('rev-parse', '--short', 'HEAD') || 'unknown'}${git('status', '--porcelain') === '' ? '' : ', with changes'}`

export const machineNow = () =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB`

export const loadNow = () => Number((loadavg()[0] ?? 0).toFixed(1))

const ms = (value: number) => value.toFixed(1)

function line(all: readonly Measured[]): string {
  const [small, ...others] = all
  if (!small) return ''
  const large = others.at(-1) ?? small
  const ratio = large.cpuMs / small.cpuMs
  const alike = all.every(({ rows }) => rows === small.rows)
  const verdict = all.length < 2 ? '' : !alike ? 'rows differ' : ratio > target ? '**above**' : ''
  const both = (of: (one: Measured) => string) => all.map(of).join(' / ')
  return [
    small.actor,
    small.point,
    both(({ rows }) => String(rows)),
    both(({ cpuMs }) => ms(cpuMs)),
    all.length < 2 ? '' : ratio.toFixed(2),
    both(({ p50Ms }) => ms(p50Ms)),
    both(({ p99Ms }) => ms(p99Ms)),
    verdict,
  ].join(' | ')
}

/** Everything that was measured, the same point of all sizes together. */
export function tableOf(facts: RunFacts, measured: readonly Measured[]): string {
  const points = [...Map.groupBy(measured, ({ actor, point }) => `${actor}/${point}`).values()]
  const sizes = facts.sizes.map((size) => size.toLocaleString('en')).join(' / ')
  return `# Bench

What one request costs with ${sizes} people in the store, measured by \`npm run bench\` (docs/operations.md). The target is a ratio of at most ${target}: a page must cost the same however many people there are.

- ${facts.at}, commit ${facts.commit}, Node ${facts.node}, SQLite
- ${facts.machine}; load ${facts.loadBefore} before, ${facts.loadAfter} after
- ${facts.requests} requests for each point and size, one after another, in turns between the sizes
- CPU: user and system time of the server and its children, in ms for one request; p50 and p99: until the answer was there, in ms. Idle, the servers use ${Object.values(facts.idle).map(ms).join(' / ')} ms of CPU each second, which is counted in
- rows: of data on the page; where they differ between the sizes, the ratio says nothing about the size

| who | what | rows | CPU ms | ratio | p50 ms | p99 ms | |
| --- | --- | --- | --- | --- | --- | --- | --- |
${points.map((all) => `| ${line(all)} |`).join('\n')}
`
}

export async function writeReport(facts: RunFacts, measured: readonly Measured[]): Promise<string> {
  const file = path.join(root, 'bench/RESULTS.md')
  await writeFile(file, tableOf(facts, measured))
  const lines = measured.map((one) => `${JSON.stringify({ ...facts, ...one })}\n`)
  await appendFile(path.join(root, 'bench/results.jsonl'), lines.join(''))
  return file
}
