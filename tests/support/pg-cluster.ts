import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { quickest } from './quickest.ts'

const DEBIAN = '/usr/lib/postgresql'
const START_MS = 20_000
const ADVICE =
  'The tests run on SQLite and PostgreSQL, and PostgreSQL is not installed: ' +
  'install it (Debian: apt-get install postgresql) or leave it out with TEST_ENGINES=sqlite.'

export interface Cluster {
  /** The address of a database of this cluster; the user may create and drop databases. */
  url(database: string): string
  stop(): Promise<void>
}

async function programs(): Promise<string> {
  const versions = await readdir(DEBIAN).catch(() => [])
  const newest = versions.map(Number).sort((a, b) => b - a)[0]
  if (!newest) throw new Error(ADVICE)
  return path.join(DEBIAN, String(newest), 'bin')
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })

// PostgreSQL refuses to run as root; Debian's package brings the user it runs as.
const asRoot = process.getuid?.() === 0
const asPostgres = (program: string, args: string[]): [string, string[]] =>
  asRoot ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, args]
const idOf = (flag: '-u' | '-g') =>
  Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once('exit', () => resolve())
  })

// The shell waits for the end of its input, which comes when we close it and when we die, however that
// happens; then it stops the server by its pid and removes the folder.
const SUPERVISE =
  '"$@" >"$CLUSTER/log" 2>&1 & pid=$!; cat >/dev/null; kill -INT "$pid"; wait "$pid"; cd /; rm -rf "$CLUSTER"'

async function initialise(bin: string, home: string, password: string): Promise<void> {
  const passwordFile = path.join(home, 'password')
  await writeFile(passwordFile, password)
  if (asRoot) for (const file of [home, passwordFile]) await chown(file, idOf('-u'), idOf('-g'))
  // Whoever comes by the socket could enter the folder it lies in.
  const ways = ['--auth-local=trust', '--auth-host=scram-sha-256']
  const access = ['-U', 'postgres', ...ways, `--pwfile=${passwordFile}`]
  const options = ['-D', path.join(home, 'data'), '-E', 'UTF8', '--locale=C', '-N']
  execFileSync(...asPostgres(path.join(bin, 'initdb'), [...access, ...options]), { stdio: 'pipe', cwd: home })
}

function serve(bin: string, home: string, port: number): () => Promise<void> {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: home,
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    autovacuum: 'off',
    jit: 'off',
    max_wal_senders: 0,
    wal_level: 'minimal',
    max_connections: 120,
    shared_buffers: '128MB',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = [path.join(bin, 'postgres'), '-D', path.join(home, 'data'), ...flags]
  const child = spawn(...asPostgres('sh', ['-c', SUPERVISE, 'sh', ...server]), {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: home,
    env: { ...process.env, CLUSTER: home },
  })
  child.stdin.on('error', () => undefined)
  return async () => {
    child.stdin.end()
    await ended(child)
  }
}

async function attempt(bin: string): Promise<Cluster | undefined> {
  const home = await mkdtemp(path.join(await quickest(), 'pg-test-'))
  const password = randomBytes(12).toString('hex')
  try {
    await initialise(bin, home, password)
  } catch (error) {
    await rm(home, { recursive: true, force: true })
    throw error
  }
  const port = await freePort()
  const stop = serve(bin, home, port)
  const url = (database: string) =>
    `postgres://postgres:${password}@127.0.0.1:${port}/${database}?host=${encodeURIComponent(home)}`
  for (const until = performance.now() + START_MS; performance.now() < until; await sleep(50)) {
    if (await answers(url('postgres'))) return { url, stop }
  }
  await stop()
  return undefined
}

/**
 * A PostgreSQL cluster of its own in a temporary folder, on a free loopback port with a random password and
 * without fsync. It also ends when this process dies. Throws a sentence when PostgreSQL is not installed.
 */
export async function startCluster(): Promise<Cluster> {
  const bin = await programs()
  // Twice, because the port may be taken between asking for it and using it.
  const cluster = (await attempt(bin)) ?? (await attempt(bin))
  if (!cluster) throw new Error(`PostgreSQL did not start within ${START_MS} ms`)
  return cluster
}
