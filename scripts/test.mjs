/**
 * `npm test`: every check of the project, one stage after another whatever happens in the one before.
 * Usage: node scripts/test.mjs [--long] [--only static,unit,build,integration,browser]
 * The last line is always "N passed, N failed" alone; the exit code is 1 when anything failed.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build, install, node24, projectEnv, root, run } from './prepare.mjs'
import { needs } from './system-needs.mjs'

const here = (path) => join(root, path)
const outputs = here('.tmp/test')
const long = process.argv.includes('--long')
const onlyAt = process.argv.indexOf('--only')
const only = onlyAt < 0 ? null : (process.argv[onlyAt + 1] ?? '').split(',')

const count = (passed = 0, failed = 0, skipped = 0) => ({ passed, failed, skipped })
const sum = (counts) =>
  counts.reduce(
    (all, one) => count(all.passed + one.passed, all.failed + one.failed, all.skipped + one.skipped),
    count(),
  )

const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** What cannot be wrong twice: a tool that failed without naming a test, or a stage without tests, is one failure. */
const honest = (counts, code) => {
  const silent = counts.failed === 0 && (code !== 0 || counts.passed === 0)
  return silent ? { ...counts, failed: 1 } : counts
}

const vitestCounts = (report) => {
  if (report === null) return count()
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  )
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report
  return count(numPassedTests, numFailedTests + unloaded.length, numPendingTests + numTodoTests)
}

/** A test that passed only when repeated (flaky) has failed. */
const playwrightCounts = (report) => {
  if (report === null) return count()
  const { expected, unexpected, flaky, skipped } = report.stats
  return count(expected, unexpected + flaky + report.errors.length, skipped)
}

const tool = (name) => here(`node_modules/${name}`)
const tools = {
  biome: ['@biomejs/biome/bin/biome', 'check', '.', '--error-on-warnings'],
  typegen: ['next/dist/bin/next', 'typegen'],
  tsc: ['typescript/bin/tsc', '--noEmit', '--incremental', 'false'],
  walls: ['dependency-cruiser/bin/dependency-cruiser.mjs', '--config', '.dependency-cruiser.cjs'],
  knip: ['knip/bin/knip.js'],
}
const rooms = ['app', 'lib', 'db', 'ops', 'server.ts', 'instrumentation.ts']
const knipFiles = ['knip.json', 'knip.jsonc', 'knip.ts', 'knip.config.ts', '.knip.json']

const checks = () => {
  const found = [
    ['biome', tools.biome],
    ['types', tools.tsc],
  ]
  const present = rooms.filter((room) => existsSync(here(room)))
  if (existsSync(here('.dependency-cruiser.cjs'))) found.push(['walls', [...tools.walls, ...present]])
  if (knipFiles.some((file) => existsSync(here(file)))) found.push(['knip', tools.knip])
  if (existsSync(here('scripts/generate-schema.ts'))) {
    found.push(['schema', [here('scripts/generate-schema.ts'), '--check']])
  }
  return found
}

const env = (extra = {}) => projectEnv({ ...(long ? { TEST_LONG: '1' } : {}), ...extra })

/** Runs a script of node_modules, or one named by its whole path, under Node 24. */
const runTool = ([script, ...args], extra) =>
  run(node24(), [script.startsWith(root) ? script : tool(script), ...args], env(extra))

/** The same, with what it says kept until it ends. */
const runHeard = ([script, ...args]) =>
  new Promise((resolve) => {
    const whole = script.startsWith(root) ? script : tool(script)
    const child = spawn(node24(), [whole, ...args], {
      cwd: root,
      env: env(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (text) => {
        said += text
      })
    }
    child.once('error', (error) => resolve({ code: 1, said: `${said}${error.message}\n` }))
    child.once('close', (code) => resolve({ code: code ?? 1, said }))
  })

async function staticChecks() {
  // next-env.d.ts names generated route types, which a fresh clone does not have.
  await runTool(tools.typegen)
  const check = async ([name, command]) => {
    const { code, said } = await runHeard(command)
    process.stdout.write(`${said}${code === 0 ? 'ok' : 'FAILED'}  ${name}\n`)
    return code === 0 ? count(1) : count(0, 1)
  }
  // The compiler takes as long as all the others, on one core.
  const isLong = ([name]) => name === 'types'
  const oneByOne = async (some) => {
    const results = []
    for (const one of some) results.push(await check(one))
    return results
  }
  const all = checks()
  const lanes = [all.filter(isLong), all.filter((one) => !isLong(one))]
  return sum((await Promise.all(lanes.map(oneByOne))).flat())
}

const vitest = (project) => async () => {
  const file = join(outputs, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const code = await runTool(['vitest/vitest.mjs', 'run', '--project', project, ...reporters])
  return honest(vitestCounts(readJson(file)), code)
}

/** The tests of faults and of the browser run the built system; `build` does nothing where it is up to date. */
const onBuild = (work) => async () => ((await build()) ? work() : count(0, 1))

async function browser() {
  const file = join(outputs, 'browser.json')
  const code = await runTool(['@playwright/test/cli.js', 'test'], { PLAYWRIGHT_JSON_OUTPUT_NAME: file })
  return honest(playwrightCounts(readJson(file)), code)
}

const stages = [
  { name: 'static', work: staticChecks, needs: [] },
  { name: 'unit', work: vitest('unit'), needs: [] },
  { name: 'build', work: onBuild(() => count(1)), needs: [] },
  { name: 'integration', work: onBuild(vitest('integration')), needs: ['postgresql'] },
  { name: 'browser', work: onBuild(browser), needs: ['chromium', 'font'] },
]

const unknown = only?.filter((name) => !stages.some((stage) => stage.name === name)) ?? []
if (unknown.length > 0) {
  console.error(
    `No such stage: ${unknown.join(', ')}. There are ${stages.map(({ name }) => name).join(', ')}.`,
  )
  console.log('0 passed, 1 failed')
  process.exit(1)
}

const chosen = stages.filter(({ name }) => only === null || only.includes(name))
const rows = []
try {
  await install()
  rmSync(outputs, { recursive: true, force: true })
  mkdirSync(outputs, { recursive: true })
  await needs(chosen.flatMap((stage) => stage.needs))
  for (const { name, work } of chosen) {
    console.log(`\n── ${name} ──`)
    const started = Date.now()
    const counts = await work().catch((error) => {
      console.error(error)
      return count(0, 1)
    })
    rows.push({ name, ...counts, seconds: ((Date.now() - started) / 1000).toFixed(1) })
  }
} catch (error) {
  console.error(error)
  rows.push({ name: 'setup', ...count(0, 1), seconds: '0' })
}

const total = sum(rows)
console.log('')
for (const { name, passed, failed, skipped, seconds } of rows) {
  const cells = [name.padEnd(12), `${passed} passed`.padStart(12), `${failed} failed`.padStart(12)]
  console.log([...cells, `${skipped} skipped`.padStart(12), `${seconds} s`.padStart(10)].join(''))
}
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 ? 1 : 0)
