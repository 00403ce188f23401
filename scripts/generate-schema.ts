/**
 * `npm run db:generate [name]`: writes the PostgreSQL twins of the tables, then the missing migrations of both
 * engines (`name` becomes part of their file names). With `--check` it writes nothing and exits 1 when any of
 * it is out of date.
 */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'

const SCHEMA = path.join('db', 'schema')
const TWINS = path.join(SCHEMA, 'pg')
const BY_HAND = new Set(['columns.ts', 'same.ts'])
const ENGINES = [
  { engine: 'sqlite', dialect: 'sqlite', schema: path.join(SCHEMA, 'all.ts') },
  { engine: 'pg', dialect: 'postgresql', schema: path.join(TWINS, 'all.ts') },
] as const

const tableFiles = (folder: string) =>
  readdirSync(folder).filter((name) => name.endsWith('.ts') && !BY_HAND.has(name))

const readIf = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined)

/** Every twin as file name → text; throws when `all.ts` forgets a table file. */
function twins(): Map<string, string> {
  const names = tableFiles(SCHEMA)
  const all = readFileSync(path.join(SCHEMA, 'all.ts'), 'utf8')
  const forgotten = names.filter((name) => name !== 'all.ts' && !all.includes(`'./${name}'`))
  if (forgotten.length > 0) throw new Error(`${SCHEMA}/all.ts does not export ${forgotten.join(', ')}`)
  return new Map(
    names.map((name) => [
      name,
      `// Generated from ../${name} by npm run db:generate; do not edit.\n${readFileSync(path.join(SCHEMA, name), 'utf8')}`,
    ]),
  )
}

/** The twins that differ from what they should be, and those whose table file is gone. */
function outdatedTwins(wanted: Map<string, string>): string[] {
  const names = new Set([...wanted.keys(), ...tableFiles(TWINS)])
  return [...names].filter((name) => readIf(path.join(TWINS, name)) !== wanted.get(name))
}

function writeTwins(wanted: Map<string, string>): void {
  for (const name of outdatedTwins(wanted)) {
    const file = path.join(TWINS, name)
    const text = wanted.get(name)
    if (text === undefined) rmSync(file)
    else writeFileSync(file, text)
    process.stdout.write(`${text === undefined ? 'removed' : 'wrote'} ${file}\n`)
  }
}

/** Writes the missing migration into `out`. Quietly, it cannot ask whether a column was renamed: then nothing is written. */
function generate(dialect: string, schema: string, out: string, name: string, quiet: boolean): string {
  const kit = path.join('node_modules', 'drizzle-kit', 'bin.cjs')
  const options = ['--dialect', dialect, '--schema', schema, '--out', out, '--name', name]
  const run = spawnSync(process.execPath, [kit, 'generate', ...options], {
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    encoding: 'utf8',
  })
  if (run.status !== 0)
    throw new Error(`drizzle-kit failed for ${dialect}\n${run.stdout ?? ''}${run.stderr ?? ''}`)
  return run.stdout ?? ''
}

/** The migration folders that do not lead to the tables, tried out on a copy. */
function outdatedMigrations(): string[] {
  mkdirSync('drizzle', { recursive: true })
  const kept = ENGINES.map((one) => ({ ...one, folder: path.join('drizzle', one.engine) }))
  return kept
    .filter(({ dialect, schema, folder }) => {
      const copy = mkdtempSync(path.join('drizzle', '.check-'))
      try {
        if (existsSync(folder)) cpSync(folder, copy, { recursive: true })
        // Its status is 0 too when it wanted to ask a question and could not.
        return !generate(dialect, schema, copy, 'check', true).includes('No schema changes')
      } finally {
        rmSync(copy, { recursive: true, force: true })
      }
    })
    .map(({ folder }) => folder)
}

function fail(outdated: string[], advice: string): void {
  if (outdated.length === 0) return
  process.stderr.write(`Out of date: ${outdated.join(', ')}. ${advice}\n`)
  process.exitCode = 1
}

function main(args: string[]): void {
  process.chdir(path.join(import.meta.dirname, '..'))
  const wanted = twins()
  if (args.includes('--check')) {
    const files = outdatedTwins(wanted).map((name) => path.join(TWINS, name))
    fail(files.length > 0 ? files : outdatedMigrations(), 'Run: npm run db:generate')
    return
  }
  writeTwins(wanted)
  for (const { engine, dialect, schema } of ENGINES)
    generate(dialect, schema, path.join('drizzle', engine), args[0] ?? 'change', false)
  fail(outdatedMigrations(), 'drizzle-kit had a question: run this in a terminal')
}

main(process.argv.slice(2))
