/**
 * `npm start` and `npm run dev`: from a fresh clone to a running system, and in seconds the second time.
 * Usage: node scripts/start.mjs [--dev]
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build, install, node24, projectEnv, root, run, serverEnv } from './prepare.mjs'

const dev = process.argv.includes('--dev')
const demo = (process.env.DEMO || (process.env.APP_ORIGIN || process.env.APP_KEYS ? '0' : '1')) === '1'
const dataDir = resolve(root, process.env.DATA_DIR || 'data')
const host = process.env.HOST || '127.0.0.1'
const port = process.env.PORT || '3000'
// As lib/door/origin.ts has it; this file runs on a Node that reads no TypeScript yet.
const originAt = (name) => `http://${name.includes(':') ? `[${name}]` : name}:${port}`
const near = originAt(host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host)

const demoColumns = [
  ['role', 'role'],
  ['state', 'state'],
  ['login', 'login'],
  ['name', 'name'],
  ['password', 'password'],
  ['TOTP secret', 'totpSecret'],
  ['department', 'department'],
]

/** Chinese characters take two columns of a terminal. */
const wide = (text) => [...text].reduce((sum, sign) => sum + (sign.codePointAt(0) > 0x2e7f ? 2 : 1), 0)

const table = (rows) => {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => wide(row[column]))))
  const line = (row) => row.map((cell, column) => cell + ' '.repeat(widths[column] - wide(cell))).join('  ')
  return rows.map((row) => `  ${line(row).trimEnd()}`).join('\n')
}

const announce = () => {
  console.log(`\nReady: ${process.env.APP_ORIGIN || originAt(host)}\n`)
  const file = join(dataDir, 'demo-accounts.json')
  if (!demo || !existsSync(file)) return
  const accounts = JSON.parse(readFileSync(file, 'utf8'))
  const rows = accounts.map((account) => demoColumns.map(([, key]) => String(account[key] ?? '')))
  console.log(`Demo accounts (all in ${file}):\n${table([demoColumns.map(([title]) => title), ...rows])}\n`)
}

/** Everything before the server; throws the sentence that says what is wrong. */
const prepare = async () => {
  await install()
  const node = node24()
  const env = projectEnv()
  const ops = (verb) => run(node, ['ops/main.ts', verb], env)
  if (!dev && !(await build())) throw new Error('The build failed: see the lines above.')
  if ((await ops('migrate')) !== 0) throw new Error('The database could not be prepared.')
  if (demo && (await ops('seed-demo')) !== 0) throw new Error('The demo people could not be loaded.')
  return node
}

const stop = (error) => {
  console.error(error.message)
  process.exit(1)
}

const node = await prepare().catch(stop)
const server = spawn(node, ['server.ts', ...(dev ? ['--dev'] : [])], {
  cwd: root,
  env: serverEnv(),
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill('SIGTERM'))
server.once('error', stop)
server.once('exit', (code) => process.exit(code ?? 1))

// npm passes a signal on to its shell only, and that dies without telling: our parent is then another.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid
  setInterval(() => process.ppid === parent || server.kill('SIGTERM'), 500).unref()
}

const healthy = async () => {
  try {
    return (await fetch(`${near}/healthz`)).ok
  } catch {
    return false
  }
}
// Only its own word that it listens: another server may be answering at this address.
await new Promise((listening) => server.once('message', listening))
while (!(await healthy())) await new Promise((wake) => setTimeout(wake, 200))
announce()
