/** What a store says when its disk, its file or its server is not there, and what is there afterwards. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { execFileSync } from 'node:child_process'
import { cp, mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { holdFolder } from '#db/only-server.ts'
import { openStore, type Q, type Store } from '#db/store.ts'
import { codesOf, isUnavailable, noteUnavailable } from '#db/unavailable.ts'
import { createDoor } from '#lib/door/door.ts'
import { doorSettings } from '#lib/door/settings.ts'
import { folderStore, newFileKey } from '#lib/files/store.ts'
import { runWorker } from '#lib/jobs/worker.ts'
import { once } from '#lib/once.ts'
import { unavailableWords } from '#lib/text/door.ts'
import { verify } from '#ops/verify.ts'
import { overwriteTable } from '#tests/support/damage.ts'
import { testDeps } from '#tests/support/deps.ts'
import { formHeaders, rawRequest } from '#tests/support/raw-request.ts'
import { freePort } from '#tests/support/server.ts'
import { describePostgres } from '#tests/support/stores.ts'

const add = (store: Store, q: Q, id: string) =>
  q.insert(store.t.counter).values({ id, count: 0, resetAt: new Date(0) })
const counters = async (store: Store) =>
  (await store.read.select({ id: store.t.counter.id }).from(store.t.counter)).map((row) => row.id)

const marks = () => once('marks', () => new AsyncLocalStorage<{ unavailable: boolean }>())
/** What the door would learn of a request that does this, and the error it ends with. */
async function met(work: () => Promise<unknown>) {
  const mark = { unavailable: false }
  const error = await marks().run(mark, () =>
    work().then(
      () => null,
      (thrown: unknown) => thrown,
    ),
  )
  return { error, noted: mark.unavailable, codes: codesOf(error) }
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'store-codes-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('which faults are those of a store that is away', () => {
  const coded = (code: string) =>
    new Error('outer', { cause: new Error('middle', { cause: Object.assign(new Error('x'), { code }) }) })

  it('full, read-only, locked, damaged or gone, of either engine, of the disk and of a bucket', () => {
    const away =
      `SQLITE_FULL SQLITE_READONLY_DBMOVED SQLITE_IOERR_FSYNC SQLITE_BUSY SQLITE_CANTOPEN SQLITE_CORRUPT
      SQLITE_NOTADB 53100 53300 57P01 57P03 08006 08001 58030 25006 ENOSPC EROFS EIO EMFILE ECONNREFUSED ECONNRESET
      files-unavailable`.split(/\s+/)
    expect(away.filter((code) => !isUnavailable(coded(code)))).toEqual([])
    for (const message of ['timeout exceeded when trying to connect', 'Connection terminated unexpectedly'])
      expect(isUnavailable(new Error('outer', { cause: new Error(message) }))).toBe(true)
  })

  it('and not those of the program', () => {
    const own =
      `SQLITE_CONSTRAINT_UNIQUE SQLITE_ERROR SQLITE_MISUSE SQLITE_BUSYBODY 23505 40001 40P01 42P01 22P02 57014
      ENOENT not-found refused stale EISDIR`.split(/\s+/)
    expect(own.filter((code) => isUnavailable(coded(code)))).toEqual([])
    for (const other of [new TypeError('x'), 'SQLITE_FULL', null, undefined])
      expect(isUnavailable(other)).toBe(false)
  })
})

describe('a database file that another process has locked', () => {
  it('holds up nobody but who writes, and what waits is written in its turn', async () => {
    const dataDir = await mkdtemp(path.join(folder, 'locked-'))
    const store = await openStore({ dataDir })
    await store.migrate()
    const other = new SQLite(path.join(dataDir, 'app.db'))
    other.exec('BEGIN IMMEDIATE')
    const waiting = ['a', 'b', 'c'].map((id) => store.tx((q) => add(store, q, id)))
    let late = 0
    let last = performance.now()
    const pulse = setInterval(() => {
      late = Math.max(late, performance.now() - last - 10)
      last = performance.now()
    }, 10)
    await sleep(600)
    expect(await counters(store)).toEqual([])
    clearInterval(pulse)
    other.exec('COMMIT')
    other.close()
    await Promise.all(waiting)
    expect(await counters(store)).toEqual(['a', 'b', 'c'])
    // SQLite's own wait would have stopped the process for most of the time.
    expect(late).toBeLessThan(300)
    await store.close()
  })
})

describe('a database file that is damaged', () => {
  /** A store with rows, its file and log as a machine that lost its power would leave them. */
  async function leftBehind(rows: number) {
    const dataDir = await mkdtemp(path.join(folder, 'whole-'))
    const copy = await mkdtemp(path.join(folder, 'left-'))
    const store = await openStore({ dataDir })
    await store.migrate()
    await store.close()
    const again = await openStore({ dataDir })
    for (let n = 0; n < rows; n += 1) await again.tx((q) => add(again, q, String(n).padStart(4, '0')))
    for (const name of ['app.db', 'app.db-wal']) await cp(path.join(dataDir, name), path.join(copy, name))
    await again.close()
    return copy
  }

  it('with a log that was cut short opens at the last whole write before', async () => {
    const rows = 30
    for (const part of [0.9, 0.5, 0.1]) {
      const dataDir = await leftBehind(rows)
      const wal = path.join(dataDir, 'app.db-wal')
      await truncate(wal, Math.floor((await stat(wal)).size * part))
      const store = await openStore({ dataDir })
      const found = await counters(store)
      expect(found.length).toBeLessThan(rows)
      expect(found).toEqual(Array.from({ length: found.length }, (_, n) => String(n).padStart(4, '0')))
      expect(await store.faults()).toEqual([])
      await store.tx((q) => add(store, q, 'next'))
      await store.close()
    }
  })

  it('is named by verify, which looks at the rest all the same', async () => {
    const dataDir = await mkdtemp(path.join(folder, 'damaged-'))
    const store = await openStore({ dataDir })
    await store.migrate()
    await store.close()
    await overwriteTable(path.join(dataDir, 'app.db'), 'event')
    const again = await openStore({ dataDir })
    const told: string[] = []
    expect(await verify(testDeps(again), null, (line) => told.push(line))).toBeGreaterThan(0)
    expect(told.filter((line) => line.startsWith('wrong: database: '))).not.toEqual([])
    expect(told.at(-1)).toMatch(/^head /)
    // Who asks for such a row meets a store that is away; who asks for another is served.
    const { noted, codes } = await met(async () => again.read.select().from(again.t.event))
    expect([noted, codes.at(-1)]).toEqual([true, 'SQLITE_CORRUPT'])
    await again.tx((q) => add(again, q, 'fine'))
    expect(await counters(again)).toEqual(['fine'])
    await again.close()
  })
})

describe('the door', () => {
  it('says 503 in words of its own for a request that met a store that is away, and 500 for any other', async () => {
    const port = await freePort()
    const door = createDoor({
      settings: doorSettings({ PORT: String(port) }, false),
      handle: async (req, res) => {
        await sleep(1)
        // As a store does, far down in the same request.
        if (req.url?.startsWith('/away'))
          noteUnavailable(Object.assign(new Error('x'), { code: 'SQLITE_FULL' }))
        if (req.url === '/away/thrown') throw new Error('x')
        res
          .writeHead(500, { 'content-type': req.headers.rsc ? 'text/x-component' : 'text/plain' })
          .end('theirs')
      },
      prerendered: new Map(),
      log: () => undefined,
    })
    await new Promise<void>((resolve) => door.server.listen(port, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${port}`
    const post = { method: 'POST', headers: formHeaders(url, ''), body: '' }
    const asked = (place: string, request = {}) => rawRequest(url + place, request)
    const [own, read, thrown, soft, saved] = await Promise.all([
      asked('/own'),
      asked('/away'),
      asked('/away/thrown'),
      asked('/away', { headers: { rsc: '1' } }),
      asked('/away', post),
    ])
    await door.drain(0)
    expect([own.status, own.headers['retry-after']]).toEqual([500, undefined])
    for (const { status, headers } of [read, thrown, soft, saved])
      expect([status, headers['retry-after']]).toEqual([503, '60'])
    expect(read.body).toContain(unavailableWords.reading.title)
    expect(thrown.body).toContain(unavailableWords.reading.title)
    expect(saved.body).toContain(unavailableWords.saving.title)
    expect(soft.body).toBe('theirs')
    expect(own.body).not.toContain(unavailableWords.reading.title)
  })
})

describe('a data folder', () => {
  it('is held by one server process, which verbs do not ask', async () => {
    const dataDir = await mkdtemp(path.join(folder, 'held-'))
    const first = await holdFolder(dataDir)
    expect(first).not.toBeNull()
    const script = `import { holdFolder } from '#db/only-server.ts'; console.log(await holdFolder(${JSON.stringify(dataDir)}) === null)`
    const second = () =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        cwd: path.join(import.meta.dirname, '../..'),
        encoding: 'utf8',
      }).trim()
    expect(second()).toBe('true')
    const store = await openStore({ dataDir })
    await store.migrate()
    await store.close()
    first?.close()
    expect(second()).toBe('false')
  })
})

describe('the loops beside the pages', () => {
  it('say once that a store is away, go on, and say once that it is back', async () => {
    const dataDir = await mkdtemp(path.join(folder, 'loops-'))
    const store = await openStore({ dataDir })
    await store.migrate()
    let away = true
    let rounds = 0
    const full = () => {
      rounds += 1
      return Promise.reject(Object.assign(new Error('A query failed: SQLITE_FULL'), { code: 'SQLITE_FULL' }))
    }
    const faulty: Store = Object.assign(Object.create(store), {
      tx: (...given: Parameters<Store['tx']>) => (away ? full() : store.tx(...given)),
    })
    const told: unknown[] = []
    const said: string[] = []
    const worker = runWorker(
      { ...testDeps(store), store: faulty },
      (error) => told.push(error),
      (event) => () => said.push(event),
    )
    try {
      await expect.poll(() => rounds, { timeout: 15_000 }).toBeGreaterThan(3)
      expect(told).toHaveLength(1)
      away = false
      await expect.poll(() => said, { timeout: 15_000 }).toContain('worker-recovered')
    } finally {
      await worker.stop()
    }
    expect(told).toHaveLength(1)
    expect(said.filter((event) => event === 'worker-recovered')).toHaveLength(1)
    await store.close()
  })
})

describePostgres('a database server that is gone', (open) => {
  it('is said to be away by every query and transaction, and is used again once it is back', async () => {
    const { url = '' } = open.place(await open())
    const there = new URL(url)
    const socketFolder = there.searchParams.get('host')
    const sockets = new Set<Socket>()
    const line = () =>
      createServer((near) => {
        const far = socketFolder
          ? connect(path.join(socketFolder, `.s.PGSQL.${there.port || '5432'}`))
          : connect(Number(there.port), there.hostname)
        for (const socket of [near, far]) {
          sockets.add(socket)
          socket.on('error', () => undefined)
        }
        near.pipe(far).pipe(near)
      })
    const listening = (server: ReturnType<typeof line>, port: number) =>
      new Promise<number>((resolve) => {
        server.listen(port, '127.0.0.1', () => {
          const address = server.address()
          resolve(typeof address === 'object' && address ? address.port : 0)
        })
      })
    let server = line()
    const port = await listening(server, 0)
    const through = new URL(url)
    through.search = ''
    through.host = `127.0.0.1:${port}`
    const store = await openStore({ url: through.href, dataDir: folder, max: 3 })
    await store.tx((q) => add(store, q, 'before'))
    const cut = async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      sockets.clear()
      await closed
    }
    // In the middle of a transaction, then with nobody listening at all.
    const broken = await met(() =>
      store.tx(async (q) => {
        await add(store, q, 'half')
        await cut()
        await add(store, q, 'late')
      }),
    )
    expect(broken.noted).toBe(true)
    for (const work of [() => counters(store), () => store.tx((q) => add(store, q, 'lost'))]) {
      const { noted, error } = await met(work)
      expect([noted, isUnavailable(error)]).toEqual([true, true])
    }
    server = line()
    await listening(server, port)
    await store.tx((q) => add(store, q, 'after'))
    expect(await counters(store)).toEqual(['before', 'after'])
    await store.close()
    await cut()
  })
})

/** A real disk of a few megabytes, full and read-only; mounting one is for root alone. */
const disk = await mkdtemp(path.join(tmpdir(), 'full-disk-'))
const mount = (...args: string[]) => execFileSync('mount', args, { stdio: 'ignore' })
const canMount = (() => {
  try {
    mount('-t', 'tmpfs', '-o', 'size=4m', 'none', disk)
    return true
  } catch {
    return false
  }
})()
afterAll(() => {
  if (canMount) execFileSync('umount', [disk])
  return rm(disk, { recursive: true })
})

const put = (store: Store, id: string) => store.tx((q) => add(store, q, id))
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  )

/** Takes what room there is, down to the last kilobyte; gives how to give it back. */
async function fill(): Promise<() => Promise<void>> {
  const filler = path.join(disk, 'filler')
  for (const size of [1024 * 1024, 4096]) {
    for (let ended = false; !ended; )
      ended = await writeFile(filler, Buffer.alloc(size, 1), { flag: 'a' }).then(
        () => false,
        () => true,
      )
  }
  return () => rm(filler)
}

if (canMount)
  describe('a disk of four megabytes', () => {
    it('that is full: nothing is half done, reading goes on, and everything comes back with the room', async () => {
      const dataDir = path.join(disk, 'data')
      const store = await openStore({ dataDir })
      await store.migrate()
      const files = folderStore(path.join(dataDir, 'files'))
      const kept = newFileKey()
      await files.put(kept, Buffer.from('kept'))
      await put(store, 'before')
      const empty = await fill()

      const mark = { unavailable: false }
      const said: unknown[] = []
      // What fits into the room left in the log is saved; then nothing is.
      const saved: string[] = []
      for (let n = 0; n < 400 && said.length < 3; n += 1) {
        const error = await marks().run(mark, () => refusal(put(store, `full${n}`)))
        if (error === null) saved.push(`full${n}`)
        else said.push(error)
      }
      expect(said).toHaveLength(3)
      expect(said.every(isUnavailable)).toBe(true)
      expect(mark.unavailable).toBe(true)
      expect(codesOf(said[0]).at(-1)).toMatch(/^SQLITE_(FULL|IOERR)/)
      const refused = await refusal(files.put(newFileKey(), Buffer.alloc(500_000)))
      expect(codesOf(refused)).toContain('ENOSPC')
      expect(await readdir(path.join(dataDir, 'files/incoming'))).toEqual([])
      expect((await files.get(kept))?.toString()).toBe('kept')
      expect((await counters(store)).sort()).toEqual(['before', ...saved].sort())

      await empty()
      await put(store, 'after')
      await files.put(newFileKey(), Buffer.alloc(500_000))
      expect((await counters(store)).sort()).toEqual(['after', 'before', ...saved].sort())
      expect(await store.faults()).toEqual([])
      await store.close()
    })

    it('that is read-only: the database does not open, and says why', async () => {
      mount('-o', 'remount,ro', disk)
      const error = await refusal(openStore({ dataDir: path.join(disk, 'data') }))
      expect(isUnavailable(error)).toBe(true)
      const files = folderStore(path.join(disk, 'data/files'))
      expect(codesOf(await refusal(files.put(newFileKey(), Buffer.from('x'))))).toContain('EROFS')
      mount('-o', 'remount,rw', disk)
      const store = await openStore({ dataDir: path.join(disk, 'data') })
      expect(await counters(store)).toContain('after')
      await store.close()
    })
  })
else console.log('not run: a full and a read-only disk, which only root can mount')
