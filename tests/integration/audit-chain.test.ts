/** The audit chain (ADM-3): grows behind the logs, survives two linkers, and gives away whoever touches it. */
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { eq, sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { recordAccess } from '#db/access.ts'
import { chainStart } from '#db/audit-hash.ts'
import { record } from '#db/events.ts'
import { chainHead } from '#db/queries/audit-chain.ts'
import { linkAudit } from '#lib/commands/link-audit.ts'
import { newFileKey } from '#lib/files/store.ts'
import { newId } from '#lib/ids.ts'
import { runWorker } from '#lib/jobs/worker.ts'
import { exportAuditFile } from '#ops/export-audit.ts'
import { notedHead, verify, verifyFile } from '#ops/verify.ts'
import { submittedCase } from '#tests/support/cases.ts'
import { makeApplicant, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const minute = 60_000
const day = 24 * 60 * minute

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'audit-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** `count` rows in the logs, a millisecond apart, every third of them a look. */
async function write(deps: TestDeps, count: number): Promise<string[]> {
  const { store, clock } = deps
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) {
    clock.advance(1)
    const at = clock.now()
    const id = newId(at)
    ids.push(id)
    const common = { id, actorId: 'actor', personId: 'person', at }
    await store.tx((q) =>
      n % 3 === 2
        ? recordAccess(q, store.t, { ...common, caseId: null, what: 'picture', subject: 'file' })
        : record(q, store.t, { ...common, kind: 'test.done', data: { round: n, late: false } }),
    )
  }
  return ids
}

async function linkAll(deps: TestDeps): Promise<void> {
  while ((await linkAudit(deps, 7)) > 0);
}

async function linked(open: Open, count = 12) {
  const deps = testDeps(await open())
  const ids = await write(deps, count)
  await linkAll(deps)
  const { store } = deps
  const links = () => store.read.select().from(store.t.auditLink).orderBy(store.t.auditLink.seq)
  return { deps, ids, links, t: store.t, read: store.read, tx: store.tx }
}

/** What `verify` says is wrong, without the word. */
async function faultsOf(deps: TestDeps, head?: string): Promise<string[]> {
  const said: string[] = []
  const count = await verify(deps, notedHead(head), (line) => said.push(line))
  const wrong = said.filter((line) => line.startsWith('wrong: ')).map((line) => line.slice(7))
  expect(wrong).toHaveLength(count)
  expect(said.at(-1)).toMatch(/^head \d{12}:[0-9a-f]{64}$/)
  return wrong
}

const headNow = async ({ store }: TestDeps) => {
  const { seq, hash } = await chainHead(store.read, store.t)
  return `${seq}:${hash}`
}

describeEachEngine('the audit chain', (open) => {
  it('takes up every row of both logs, the oldest first, and leaves nothing waiting', async () => {
    const { deps, ids, links, read, t } = await linked(open)
    const found = await links()
    expect(found.map(({ rowId }) => rowId)).toEqual(ids)
    expect(found.map(({ seq }) => Number(seq))).toEqual(ids.map((_, n) => n + 1))
    expect(found.filter(({ log }) => log === 'access')).toHaveLength(4)
    expect(await read.select().from(t.auditPending)).toEqual([])
    expect(await faultsOf(deps)).toEqual([])
    await write(deps, 2)
    expect(await faultsOf(deps)).toEqual([])
    expect(await linkAudit(deps)).toBe(2)
    expect(await linkAudit(deps)).toBe(0)
    expect((await chainHead(read, t)).seq).toBe('000000000014')
    expect(await faultsOf(deps)).toEqual([])
  })

  it('begins with nothing', async () => {
    const deps = testDeps(await open())
    expect(await linkAudit(deps)).toBe(0)
    expect(await headNow(deps)).toBe(`${chainStart.seq}:${chainStart.hash}`)
    expect(await faultsOf(deps, await headNow(deps))).toEqual([])
  })

  it('takes up what a whole application wrote, with the change or not at all', async () => {
    const deps = testDeps(await open())
    const places = await seedDepartments(deps)
    await submittedCase(deps, (await makeApplicant(deps)).actor, places.tianhe)
    const { store } = deps
    const lost = store.tx(async (q) => {
      await record(q, store.t, { id: newId(deps.clock.now()), kind: 'test.lost', at: deps.clock.now() })
      throw new Error('not after all')
    })
    await expect(lost).rejects.toThrow('not after all')
    await linkAll(deps)
    const events = await store.read.select({ id: store.t.event.id }).from(store.t.event)
    expect(events.length).toBeGreaterThan(10)
    const links = await store.read.select().from(store.t.auditLink)
    expect(links.map(({ rowId }) => rowId).sort()).toEqual(events.map(({ id }) => id).sort())
    expect(await faultsOf(deps)).toEqual([])
  })

  it('stays one chain without a gap when many link at once, in one process and in another', async () => {
    const deps = testDeps(await open())
    const other = testDeps(await open.again(deps.store))
    const ids = await write(deps, 60)
    for (let round = 0; round < 10; round += 1)
      await Promise.all(Array.from({ length: 10 }, (_, n) => linkAudit(n % 2 === 0 ? deps : other, 4)))
    await linkAll(deps)
    const { t, read } = deps.store
    const links = await read.select().from(t.auditLink).orderBy(t.auditLink.seq)
    expect(links.map(({ seq }) => Number(seq))).toEqual(ids.map((_, n) => n + 1))
    expect(links.map(({ rowId }) => rowId).sort()).toEqual(ids.toSorted())
    expect(await faultsOf(deps)).toEqual([])
  })

  it('is linked by the worker until nothing waits', async () => {
    const deps = testDeps(await open())
    await write(deps, 9)
    const worker = runWorker(deps)
    try {
      await expect.poll(async () => (await chainHead(deps.store.read, deps.store.t)).seq).toBe('000000000009')
    } finally {
      await worker.stop()
    }
  })
})

describeEachEngine('verify', (open) => {
  it('names a changed row, and no other', async () => {
    const { deps, ids, t, tx } = await linked(open)
    await tx((q) =>
      q
        .update(t.event)
        .set({ data: { round: 99, late: false } })
        .where(eq(t.event.id, ids[3] ?? '')),
    )
    expect(await faultsOf(deps)).toEqual([
      `chain: link 000000000004 does not fit: its row was changed (event ${ids[3]}), or the link, or their order`,
    ])
    await tx((q) =>
      q
        .update(t.accessLog)
        .set({ actorId: 'somebody else' })
        .where(eq(t.accessLog.id, ids[5] ?? '')),
    )
    expect(await faultsOf(deps)).toHaveLength(2)
  })

  it('names a row that is gone', async () => {
    const { deps, ids, t, tx } = await linked(open)
    await tx((q) => q.delete(t.event).where(eq(t.event.id, ids[4] ?? '')))
    expect(await faultsOf(deps)).toEqual([
      `chain: link 000000000005 stands for a row that is gone: event ${ids[4]}`,
    ])
  })

  it('names a row that was taken away before it was linked', async () => {
    const { deps, t, tx } = await linked(open)
    const [id = ''] = await write(deps, 1)
    await tx((q) => q.delete(t.event).where(eq(t.event.id, id)))
    await linkAll(deps)
    expect(await faultsOf(deps)).toEqual([
      `chain: link 000000000013 stands for a row that is gone: event ${id}`,
    ])
  })

  it('names a row that was put in past the chain', async () => {
    const { deps, t, tx } = await linked(open)
    const at = deps.clock.now()
    const [event, look] = [newId(at), newId(at)]
    await tx(async (q) => {
      await q.insert(t.event).values({ id: event, kind: 'test.forged', data: {}, at })
      const whom = { actorId: 'a', personId: 'p', caseId: null, what: 'picture', subject: 'f' } as const
      await q.insert(t.accessLog).values({ id: look, ...whom, at })
    })
    expect(await faultsOf(deps)).toEqual([
      `chain: a row is neither linked nor waiting to be: event ${event}`,
      `chain: a row is neither linked nor waiting to be: access ${look}`,
    ])
  })

  it('names a link that is missing, and one that stands out of order', async () => {
    const { deps, links, t, tx } = await linked(open)
    const [, , third, , fifth, sixth] = await links()
    if (!third || !fifth || !sixth) throw new Error('no links')
    await tx((q) => q.delete(t.auditLink).where(eq(t.auditLink.seq, third.seq)))
    expect(await faultsOf(deps)).toEqual([
      'chain: after link 000000000002 comes 000000000004, which cannot be judged without the one before it',
      `chain: a row is neither linked nor waiting to be: ${third.log} ${third.rowId}`,
    ])
    await tx(async (q) => {
      await q.insert(t.auditLink).values(third)
      await q.delete(t.auditLink).where(eq(t.auditLink.seq, fifth.seq))
      await q.update(t.auditLink).set({ seq: fifth.seq }).where(eq(t.auditLink.seq, sixth.seq))
      await q.insert(t.auditLink).values({ ...fifth, seq: sixth.seq })
    })
    expect((await faultsOf(deps)).map((fault) => fault.slice(0, 38))).toEqual([
      'chain: link 000000000005 does not fit:',
      'chain: link 000000000006 does not fit:',
      'chain: link 000000000007 does not fit:',
    ])
  })

  it('tells by a noted head that the end was cut off or all of it written anew', async () => {
    const { deps, ids, links, t, tx } = await linked(open)
    const noted = await headNow(deps)
    await write(deps, 1)
    await linkAll(deps)
    expect(await faultsOf(deps, noted)).toEqual([])
    // Whoever may write everything takes away the last rows with their links, and says nothing of it.
    const last = ids.at(-1) ?? ''
    const all = await links()
    await tx(async (q) => {
      for (const { seq, rowId } of all.slice(-2)) {
        await q.delete(t.auditLink).where(eq(t.auditLink.seq, seq))
        await q.delete(t.event).where(eq(t.event.id, rowId))
        await q.delete(t.accessLog).where(eq(t.accessLog.id, rowId))
      }
    })
    expect(last).toBe(all.at(-2)?.rowId)
    expect(await faultsOf(deps)).toEqual([])
    expect(await faultsOf(deps, noted)).toEqual([
      'chain: the noted head 000000000012 is not there: the chain was cut or begun anew',
    ])
    await write(deps, 1)
    await linkAll(deps)
    expect(await faultsOf(deps, noted)).toEqual([
      'chain: link 000000000012 is not the noted head: the chain was written anew',
    ])
    expect(() => notedHead('000000000012')).toThrow('--head')
  })

  it('says that linking has stopped', async () => {
    const { deps } = await linked(open)
    await write(deps, 2)
    const since = new Date(deps.clock.now().getTime() - 1).toISOString()
    expect(await faultsOf(deps)).toEqual([])
    deps.clock.advance(11 * minute)
    expect(await faultsOf(deps)).toEqual([
      `chain: 2 rows have waited for more than ten minutes, since ${since}: is the server running?`,
    ])
  })

  it('reads every picture: missing, damaged, exchanged, and nobody’s', async () => {
    const deps = testDeps(await open())
    const places = await seedDepartments(deps)
    await submittedCase(deps, (await makeApplicant(deps)).actor, places.tianhe)
    await linkAll(deps)
    deps.clock.advance(9 * minute)
    const { store, files } = deps
    const stored = await store.read.select().from(store.t.storedFile)
    const [missing, damaged, exchanged] = stored.map(({ storageKey }) => storageKey)
    if (!missing || !damaged || !exchanged) throw new Error('too few pictures')
    expect(await faultsOf(deps)).toEqual([])
    await files.delete(missing)
    await files.put(exchanged, Buffer.from('another picture'))
    const orphan = newFileKey()
    await files.put(orphan, Buffer.from('nobody’s'))
    const exported = newFileKey()
    const at = deps.clock.now()
    const [owner] = stored.map(({ ownerId }) => ownerId)
    const row = {
      kind: 'audit',
      format: 'csv',
      filter: {},
      createdAt: at,
      doneAt: at,
      expiresAt: at,
    } as const
    await store.tx((q) =>
      q.insert(store.t.exportFile).values([
        { ...row, id: newId(at), accountId: owner ?? '', storageKey: exported },
        // Under way: its file is still to come.
        { ...row, id: newId(at), accountId: owner ?? '', storageKey: newFileKey(), doneAt: null },
      ]),
    )
    const broken: TestDeps = {
      ...deps,
      files: {
        ...files,
        get: async (key) => {
          if (key === damaged) throw new Error('unseal-failed')
          return files.get(key)
        },
      },
    }
    // Too young to be judged: an upload may be under way.
    const young = (await faultsOf(broken)).toSorted()
    deps.clock.advance(9 * minute)
    expect(young.filter((line) => line.includes(orphan))).toEqual([])
    deps.clock.advance(2 * minute)
    expect((await faultsOf(broken)).filter((line) => line.startsWith('files:')).sort()).toEqual(
      [
        `files: ${missing} is missing`,
        `files: ${exported} is missing`,
        `files: ${damaged} does not open under the keys given: it is damaged, or a key is missing`,
        `files: ${exchanged} is not what was stored: its digest differs`,
        `files: ${orphan} belongs to nothing; npm run ops -- sweep takes it away`,
      ].sort(),
    )
    await files.put(exported, Buffer.from('rows'))
    deps.clock.advance(11 * minute)
    expect((await faultsOf(deps)).filter((line) => line.includes(exported))).toEqual([])
  })

  it('names references that lead nowhere, and what was never checked', async () => {
    const deps = testDeps(await open())
    const { url, dataDir } = open.place(deps.store)
    if (url === undefined) {
      const file = new Database(path.join(dataDir, 'app.db'))
      file.pragma('foreign_keys = OFF')
      const grant = file.prepare(
        "insert into staff_grant (id, account_id, role, created_at) values (?, 'nobody', 'viewer', 0)",
      )
      grant.run('one')
      grant.run('two')
      file.close()
      expect(await faultsOf(deps)).toEqual([
        'database: staff_grant: 2 rows refer to rows of account that are not there',
      ])
      return
    }
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(
      'alter table event add constraint event_kind_short check (length(kind) < 99) not valid',
    )
    await client.end()
    expect(await faultsOf(deps)).toEqual(['database: constraint event_kind_short was never checked'])
  })

  it('passes on what the engine finds', async () => {
    const deps = testDeps(await open())
    const store = Object.create(deps.store, { faults: { value: async () => ['page 7 is never used'] } })
    expect(await faultsOf({ ...deps, store })).toEqual(['database: page 7 is never used'])
    const behind = Object.create(deps.store, { pendingMigrations: { value: async () => 1 } })
    await expect(faultsOf({ ...deps, store: behind })).rejects.toThrow('migrate')
  })
})

describeEachEngine('a row that cannot be read', (open) => {
  it('is named, hides no other, and does not stop the chain', async () => {
    const { deps, ids, tx, t } = await linked(open)
    const [waiting = ''] = await write(deps, 1)
    const spoil = (id: string) =>
      tx((q) => q.update(t.event).set({ data: sql`'null'` }).where(eq(t.event.id, id)))
    await spoil(ids[3] ?? '')
    await spoil(waiting)
    await linkAll(deps)
    expect(await faultsOf(deps)).toEqual([
      `chain: link 000000000004 stands for a row that cannot be read: event ${ids[3]}`,
      `chain: link 000000000013 stands for a row that cannot be read: event ${waiting}`,
    ])
  })
})

describeEachEngine('an export of the chain', (open) => {
  const place = (name: string) => path.join(folder, `${open.engine}-${name}.jsonl`)
  async function fileFaults(file: string, head?: string) {
    const said: string[] = []
    await verifyFile(file, notedHead(head), (line) => said.push(line))
    return said.filter((line) => line.startsWith('wrong: ')).map((line) => line.slice(7))
  }

  it('verifies without the database, and a changed one does not', async () => {
    const { deps } = await linked(open)
    const noted = await headNow(deps)
    const file = place('whole')
    expect(await exportAuditFile(deps, [file])).toContain(`head ${noted}`)
    expect(await fileFaults(file, noted)).toEqual([])
    const text = await readFile(file, 'utf8')
    const lines = text.split('\n')
    expect(lines).toHaveLength(14)
    // As the manual tells others to compute it.
    for (const [n, line] of lines.slice(0, -1).entries()) {
      if (n === 0) continue
      const [before, link] = [JSON.parse(lines[n - 1] ?? ''), JSON.parse(line)]
      const row = line.slice(line.indexOf(',"row":') + 7, -1)
      const spelled = `${before.hash}|${link.seq}|${link.log}|${row}`
      expect(link.hash).toBe(createHash('sha256').update(spelled).digest('hex'))
    }
    const changed = async (name: string, now: string) => {
      await writeFile(place(name), now)
      return fileFaults(place(name), noted)
    }
    expect(await changed('row', text.replace('"round":3', '"round":4'))).toEqual([
      expect.stringMatching(/^chain: link 000000000004 does not fit/),
    ])
    expect(await changed('spelling', text.replace('"round":3', '"round": 3'))).toHaveLength(2)
    expect(await changed('added', text.replace('"round":3', '"round":3,"who":1'))).toHaveLength(1)
    expect(await changed('gap', lines.filter((_, n) => n !== 5).join('\n'))).toEqual([
      expect.stringMatching(/^chain: after link 000000000004 comes 000000000006/),
    ])
    expect(
      await changed(
        'swapped',
        lines
          .with(5, lines[6] ?? '')
          .with(6, lines[5] ?? '')
          .join('\n'),
      ),
    ).not.toEqual([])
    expect(await changed('cut', lines.slice(0, -2).join('\n'))).toEqual([
      'chain: the noted head 000000000012 is not in this file',
    ])
    expect(await changed('broken', text.slice(0, -20))).toEqual([
      'line 13 is no link as exports hold them',
      'chain: the noted head 000000000012 is not in this file',
    ])
    await expect(changed('other', '{"a":1}\n')).rejects.toThrow('no export')
    await expect(changed('empty', '')).rejects.toThrow('no export')
  })

  it('replaces no file, and leaves a line in the log', async () => {
    const { deps, read, t } = await linked(open)
    const file = place('there')
    await writeFile(file, 'mine')
    await expect(exportAuditFile(deps, [file])).rejects.toThrow('is there already')
    expect(await readFile(file, 'utf8')).toBe('mine')
    expect(await read.select().from(t.event).where(eq(t.event.kind, 'audit.exported'))).toEqual([])
    await exportAuditFile(deps, [place('logged')])
    expect(await read.select().from(t.event).where(eq(t.event.kind, 'audit.exported'))).toMatchObject([
      { data: { after: '000000000000', last: '000000000012' } },
    ])
  })

  it('of some days begins after the link before them, and verifies from there', async () => {
    const deps = testDeps(await open(), { now: '2026-11-20T15:59:00Z' })
    const days = []
    for (let n = 0; n < 3; n += 1) {
      days.push(await write(deps, 3))
      deps.clock.advance(day)
    }
    await linkAll(deps)
    const rowsOf = async (file: string) =>
      (await readFile(file, 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).row?.id)
        .filter((id) => id !== undefined)
    await exportAuditFile(deps, [place('second'), '--from', '2026-11-21', '--to', '2026-11-21'])
    expect(await rowsOf(place('second'))).toEqual(days[1])
    expect(await fileFaults(place('second'))).toEqual([])
    await exportAuditFile(deps, [place('later'), '--from', '2026-11-21'])
    expect(await rowsOf(place('later'))).toEqual([...(days[1] ?? []), ...(days[2] ?? [])])
    await exportAuditFile(deps, [place('first'), '--to', '2026-11-20'])
    expect(await rowsOf(place('first'))).toEqual(days[0])
    for (const args of [
      ['--from', '2027-01-01'],
      ['--from', '2026-11-22', '--to', '2026-11-21'],
      ['--from', '2026-02-30'],
    ])
      await expect(exportAuditFile(deps, [place('none'), ...args])).rejects.toThrow(/days|later|no day/)
    await expect(readFile(place('none'))).rejects.toThrow('ENOENT')
    await expect(exportAuditFile(deps, [])).rejects.toThrow('export-audit FILE')
  })
})
