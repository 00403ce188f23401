/** What a run found, as tables for people in RESULTS.md and as lines for programs in results.jsonl. */
import { execFileSync } from 'node:child_process'
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { cpus, loadavg, totalmem } from 'node:os'
import path from 'node:path'
import { root } from '../scripts/prepare.mjs'
import type { Measured } from './measure.ts'

export interface RunFacts {
  readonly at: string
  readonly commit: string
  readonly node: string
  readonly next: string
  readonly machine: string
  readonly sizes: readonly number[]
  readonly requests: number
  readonly loadBefore: number
  readonly loadAfter: number
  /** CPU of a server nobody asks anything, by subject, in ms each second. */
  readonly idle: Readonly<Record<string, number>>
  /** The most memory each server has held, by subject, in MB. */
  readonly peakMb: Readonly<Record<string, number>>
}

export type TableName = 'floors' | 'growth'

const git = (...args: string[]) => {
  try {
    return execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return ''
  }
}

export const commitNow = () =>
  `${git('rev-parse', '--short', 'HEAD') || 'unknown'}${git('status', '--porcelain') === '' ? '' : ', with changes'}`

export const machineNow = () =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB`

export const loadNow = () => Number((loadavg()[0] ?? 0).toFixed(1))

export async function nextVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(root, 'node_modules/next/package.json'), 'utf8'))
  return String(version)
}

const ms = (value: number) => value.toFixed(1)

/** Where and how a table was measured. */
export const factLines = ({
  at,
  commit,
  node,
  next,
  machine,
  requests,
  loadBefore,
  loadAfter,
  idle,
}: RunFacts) => `- ${at}, commit ${commit}, Node ${node}, Next ${next}, SQLite
- ${machine}; load ${loadBefore} before, ${loadAfter} after
- ${requests} requests for each point and server, one after another, 25 at each server in turn
- CPU: user and system time of a server and its children until the answer was there, in ms for one request, less what it uses when nobody asks anything (${Object.entries(
  idle,
)
  .map(([subject, used]) => `${subject}: ${ms(used)}`)
  .join(', ')} ms each second)
`

/** Puts a table where the last one of its name stood; what was written by hand around it stays. */
function replaced(text: string, name: TableName, table: string): string {
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`]
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`bench/RESULTS.md has no place for the table ${name}`)
  return text.slice(0, from + begin.length) + table + text.slice(to)
}

export async function writeTables(tables: ReadonlyMap<TableName, string>): Promise<string> {
  const file = path.join(root, 'bench/RESULTS.md')
  let text = await readFile(file, 'utf8')
  for (const [name, table] of tables) text = replaced(text, name, table)
  await writeFile(file, text)
  return file
}

export async function appendLines(facts: RunFacts, table: TableName, measured: readonly Measured[]) {
  const lines = measured.map((one) => `${JSON.stringify({ ...facts, table, ...one })}\n`)
  await appendFile(path.join(root, 'bench/results.jsonl'), lines.join(''))
}
