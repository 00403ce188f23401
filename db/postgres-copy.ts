/** Copies of a PostgreSQL database by its own tools, pg_dump and pg_restore, which must be on the PATH. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'

type Tool = 'pg_dump' | 'pg_restore'

/** Address without the password, which stands in the environment instead: every user of a machine sees command lines. */
function reached(url: string): { address: string; env: NodeJS.ProcessEnv } {
  const address = new URL(url)
  const password = address.searchParams.get('password') ?? decodeURIComponent(address.password)
  address.password = ''
  address.searchParams.delete('password')
  return {
    address: address.href,
    env: { ...process.env, ...(password === '' ? {} : { PGPASSWORD: password }) },
  }
}

/** The last line in which the tool says what is wrong; others may quote rows. */
const complaint = (printed: string) =>
  printed
    .split('\n')
    .findLast((line) => /^pg_(dump|restore): (error|fatal)/.test(line))
    ?.slice(0, 300)

interface Running {
  readonly child: ChildProcess
  /** Throws what it complained of unless it ended well. */
  readonly ended: Promise<void>
}

function start(tool: Tool, args: readonly string[], env: NodeJS.ProcessEnv, stdio: 'in' | 'out'): Running {
  const child = spawn(tool, args, {
    env,
    stdio: [stdio === 'in' ? 'pipe' : 'ignore', stdio === 'out' ? 'pipe' : 'ignore', 'pipe'],
  })
  let printed = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    printed = (printed + text).slice(-20_000)
  })
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'ENOENT'
          ? new Error(`${tool} is not on the PATH: install PostgreSQL's client programs`)
          : error,
      ),
    )
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(complaint(printed) ?? `${tool} ended with ${code}`)),
    )
  })
  // Whoever feeds or reads it hears of its end a moment later, by awaiting this.
  ended.catch(() => undefined)
  return { child, ended }
}

/** The major version of a tool. Throws a sentence where it is not there. */
async function versionOf(tool: Tool): Promise<number> {
  const { child, ended } = start(tool, ['--version'], process.env, 'out')
  let printed = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  await ended
  return Number(/(\d+)(?:\.|\s|devel|$)/.exec(printed)?.[1] ?? 0)
}

/** Throws a sentence unless pg_dump is there and as new as the server. */
export async function assertDump(server: number): Promise<void> {
  const dump = await versionOf('pg_dump')
  if (dump < server)
    throw new Error(
      `pg_dump on the PATH is of PostgreSQL ${dump} and the server of ${server}: install the client programs of ${server} or later`,
    )
}

const sameForBoth = ['--no-owner', '--no-privileges', '--no-password']

/** What pg_dump writes, in its own format, of the moment that another transaction has exported, or of now. */
export async function* dumpOf(url: string, snapshot?: string): AsyncGenerator<Uint8Array> {
  const { address, env } = reached(url)
  const args = ['--format=custom', ...sameForBoth, `--exclude-schema=${unfinished}`, `--dbname=${address}`]
  const { child, ended } = start(
    'pg_dump',
    snapshot === undefined ? args : [...args, `--snapshot=${snapshot}`],
    env,
    'out',
  )
  try {
    for await (const chunk of child.stdout ?? []) yield chunk
    await ended
  } finally {
    child.kill()
  }
}

/** Writes it into a new file of mode 0600, on the disk when it resolves. */
export async function writeNew(target: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(target, 'wx', 0o600)
  try {
    for await (const chunk of bytes) await handle.writeFile(chunk)
    await handle.sync()
  } catch (error) {
    await rm(target, { force: true })
    throw error
  } finally {
    await handle.close()
  }
}

/** The schema that says that a restore is under way, or was ended before it was done. */
export const unfinished = 'restoring'

export interface Filling {
  write(bytes: Uint8Array): Promise<void>
  /** Resolves when all of it is in the database; until then nothing is. */
  end(): Promise<void>
}

/** pg_restore into an empty database, in one transaction. */
export function fillFromDump(url: string): Filling {
  const { address, env } = reached(url)
  const args = ['--single-transaction', '--exit-on-error', ...sameForBoth, `--dbname=${address}`]
  const { child, ended } = start('pg_restore', args, env, 'in')
  return fed(child, ended)
}

/** Whether the pg_restore that is here can read a dump that begins with these bytes; throws what it says against it. */
export async function assertReadable(beginning: Uint8Array): Promise<void> {
  const { child, ended } = start('pg_restore', ['--list', '--file=/dev/null'], process.env, 'in')
  const { write, end } = fed(child, ended)
  await write(beginning)
  await end()
}

function fed(child: ChildProcess, ended: Promise<void>): Filling {
  const { stdin } = child
  // That it reads no further is said by how it ends.
  stdin?.on('error', () => undefined)
  return {
    async write(bytes) {
      if (!stdin || stdin.destroyed || stdin.write(bytes)) return
      await Promise.race([once(stdin, 'drain').catch(() => ended), ended])
    },
    async end() {
      stdin?.end()
      await Promise.all([ended, stdin ? finished(stdin).catch(() => undefined) : undefined])
    },
  }
}
