/**
 * What must be there before anything of the project can run: packages, Node 24, the action key, a build.
 * Plain JavaScript over node:* only: it starts on the machine's own Node (18 or newer), before any install.
 */
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = join(root, 'node_modules/.bin')

/** Runs a program in the project's folder with its output passed through; gives its exit code. */
export const run = (program, args, env = process.env) =>
  new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    })
    child.once('error', (error) => {
      console.error(`${program}: ${error.message}`)
      resolve(1)
    })
    child.once('exit', (code) => resolve(code ?? 1))
  })

const hashOf = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex')
}

const textOr = (file, otherwise) => (existsSync(file) ? readFileSync(file, 'utf8').trim() : otherwise)

/** `npm ci` where node_modules is absent or belongs to another lock file. Throws a sentence. */
export async function install() {
  const lock = join(root, 'package-lock.json')
  const installed = join(root, 'node_modules/.package-lock.json')
  const mark = join(root, 'node_modules/.installed-lock')
  const wanted = hashOf(readFileSync(lock))
  if (existsSync(installed)) {
    if (textOr(mark, '') === wanted) return
    // Installed by hand: npm writes its own record after the lock file it followed.
    if (!existsSync(mark) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) {
      writeFileSync(mark, wanted)
      return
    }
  }
  console.log('Installing packages …')
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  // A registry mirror without other platforms' packages makes `npm ci` refuse the lock; `npm install` follows it too.
  const ways = [['ci'], ['install', '--no-save']]
  let done = false
  for (const way of ways) done ||= (await run('npm', [...way, ...quiet])) === 0
  if (!done)
    throw new Error(
      'The packages could not be installed: see the lines above. Is the npm registry reachable?',
    )
  writeFileSync(mark, wanted)
}

/** Node 24: the one the lock file brings, else this one if it is new enough. Throws a sentence. */
export function node24() {
  const brought = join(bin, 'node')
  if (existsSync(brought)) return brought
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  throw new Error(
    `Node 24 is needed and this is ${process.version}. On this platform please install it (see .nvmrc).`,
  )
}

/** The key behind the ids of server actions: made once, so that a page opened before an update still works after it. */
export function actionKey() {
  if (process.env.ACTION_KEY) return process.env.ACTION_KEY
  const file = join(root, '.action-key')
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

/** The environment of everything started from here. */
export function projectEnv(extra = {}) {
  const key = actionKey()
  return {
    TZ: 'Asia/Shanghai',
    ...process.env,
    NEXT_TELEMETRY_DISABLED: '1',
    ACTION_KEY: key,
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: key,
    PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
    ...extra,
  }
}

/**
 * The environment of a server started from here: what takes a third of its memory off under load has to be set before its program
 * starts (decision 041). What whoever starts it has set otherwise wins.
 */
export function serverEnv(extra = {}) {
  const { NODE_OPTIONS = '', MALLOC_ARENA_MAX, ...env } = projectEnv(extra)
  return {
    ...env,
    MALLOC_ARENA_MAX: MALLOC_ARENA_MAX || '2',
    NODE_OPTIONS: `--max-semi-space-size=16 ${NODE_OPTIONS}`.trim(),
  }
}

const built = ['app', 'lib', 'db', 'public', 'instrumentation.ts', 'next.config.ts', 'postcss.config.mjs']
const builtWith = ['package.json', 'package-lock.json', 'tsconfig.json']

const filesUnder = (path) => {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)))
}

/** One hash over everything a build depends on, by content: a fresh checkout of the same commit has the same. */
const sourceHash = () => {
  const files = [...built, ...builtWith].flatMap((name) => filesUnder(join(root, name)))
  return hashOf(actionKey(), ...files.flatMap((file) => [file.slice(root.length), readFileSync(file)]))
}

/** `next build` where the sources changed since the last one. Gives whether a usable build is there. */
export async function build() {
  const mark = join(root, '.next/source-hash')
  const wanted = sourceHash()
  if (existsSync(join(root, '.next/BUILD_ID')) && textOr(mark, '') === wanted) return true
  console.log('Building …')
  rmSync(mark, { force: true })
  const env = projectEnv({ NODE_ENV: 'production' })
  if ((await run(node24(), ['node_modules/next/dist/bin/next', 'build'], env)) !== 0) return false
  writeFileSync(mark, wanted)
  return true
}
