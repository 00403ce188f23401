import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inspect } from 'node:util'
import { and, count, desc, eq, lt, or, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { isUnique, type Q, type Store } from '#db/store.ts'
import { testFolder } from '#tests/support/folder.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

const at = new Date('2025-03-01T23:59:59.987Z')

const addCounter = (store: Store, q: Q, id: string, n = 0) =>
  q.insert(store.t.counter).values({ id, count: n, resetAt: at })

const counters = async (store: Store, q = store.read) =>
  (await q.select({ id: store.t.counter.id }).from(store.t.counter)).map((row) => row.id).sort()

function signal() {
  let send = () => {}
  const sent = new Promise<void>((resolve) => {
    send = resolve
  })
  return { send, sent }
}

const department = (id: string) => ({
  id,
  path: `/${id}`,
  level: 1,
  kind: 'province' as const,
  name: '浙江省财政厅𠮷',
  fullName: '浙江省财政厅',
  sort: 1,
  active: false,
  createdAt: at,
})

describeEachEngine('a transaction', (open) => {
  it('keeps what it committed and returns its value', async () => {
    const store = await open()
    const value = await store.tx(async (q) => {
      await addCounter(store, q, 'a')
      return 7
    })
    expect(value).toBe(7)
    expect(await counters(store)).toEqual(['a'])
  })

  it('leaves nothing behind when it throws after waiting, and the store goes on', async () => {
    const store = await open()
    const failing = store.tx(async (q) => {
      await addCounter(store, q, 'a')
      await sleep(5)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await counters(store)).toEqual([])
    await store.tx((q) => addCounter(store, q, 'b'))
    expect(await counters(store)).toEqual(['b'])
  })

  it('takes in a transaction started within it: all or nothing', async () => {
    const store = await open()
    const failing = store.tx(async (q) => {
      await addCounter(store, q, 'outer')
      await store.tx((inner) => addCounter(store, inner, 'inner'))
      expect(await counters(store)).toEqual(['inner', 'outer'])
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await counters(store)).toEqual([])
  })

  it('is not seen by readers before it commits', async () => {
    const store = await open()
    const [written, seen] = [signal(), signal()]
    const writing = store.tx(async (q) => {
      await addCounter(store, q, 'a')
      written.send()
      await seen.sent
    })
    await written.sent
    expect(await counters(store)).toEqual([])
    seen.send()
    await writing
    expect(await counters(store)).toEqual(['a'])
  })

  it('refuses a query that comes after its end', async () => {
    const store = await open()
    const escaped = await store.tx(async (q) => ({ q }))
    expect(() => escaped.q.select()).toThrow(/await is missing/)
  })

  it('leaves a timer set inside it free to start its own', async () => {
    const store = await open()
    const later = await store.tx(async () => ({
      done: sleep(5).then(() => store.tx((q) => addCounter(store, q, 'later'))),
    }))
    await later.done
    expect(await counters(store)).toEqual(['later'])
  })

  it('lets exactly one of twenty parallel edits of one version win', async () => {
    const store = await open()
    const { department: d } = store.t
    await store.tx((q) => q.insert(d).values(department('d')))
    const edit = async (n: number) =>
      store.tx(async (q) => {
        const changed = await q
          .update(d)
          .set({ sort: n, version: sql`${d.version} + 1` })
          .where(and(eq(d.id, 'd'), eq(d.version, 1)))
          .returning({ id: d.id })
        return changed.length
      })
    const wins = await Promise.all(Array.from({ length: 20 }, (_, n) => edit(n)))
    expect(wins.filter((won) => won === 1)).toHaveLength(1)
    expect(await store.read.select({ version: d.version, sort: d.sort }).from(d)).toEqual([
      { version: 2, sort: wins.indexOf(1) },
    ])
  })

  it('loses no update when parallel edits read, wait, write and try again', async () => {
    const store = await open()
    const { department: d } = store.t
    await store.tx((q) => q.insert(d).values({ ...department('d'), sort: 0 }))
    const attempt = () =>
      store.tx(async (q) => {
        const [row] = await q.select().from(d).where(eq(d.id, 'd'))
        if (!row) throw new Error('gone')
        await sleep(1)
        const changed = await q
          .update(d)
          .set({ sort: row.sort + 1, version: row.version + 1 })
          .where(and(eq(d.id, 'd'), eq(d.version, row.version)))
          .returning({ id: d.id })
        return changed.length === 1
      })
    const add = async () => {
      while (!(await attempt())) await sleep(Math.random() * 5)
    }
    await Promise.all(Array.from({ length: 20 }, add))
    expect(await store.read.select({ sort: d.sort, version: d.version }).from(d)).toEqual([
      { sort: 20, version: 21 },
    ])
  })
})

describeEachEngine('two stores over the same data', (open) => {
  it('wait for each other without stopping the event loop, and lose nothing', async () => {
    const one = await open()
    const two = await open.again(one)
    const { counter } = one.t
    await one.tx((q) => addCounter(one, q, 'n'))
    let longest = 0
    let before = performance.now()
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - before)
      before = performance.now()
    }, 5)
    const bump = (store: Store) =>
      store.tx(async (q) => {
        await q
          .update(store.t.counter)
          .set({ count: sql`${store.t.counter.count} + 1` })
          .where(eq(store.t.counter.id, 'n'))
        await sleep(10)
      })
    await Promise.all(Array.from({ length: 20 }, (_, n) => bump(n % 2 ? one : two)))
    clearInterval(beat)
    expect(await two.read.select({ count: counter.count }).from(two.t.counter)).toEqual([{ count: 20 }])
    expect(longest).toBeLessThan(1000)
  })

  it('may migrate an empty database at the same time, and again later', async () => {
    const one = await open.empty()
    const two = await open.again(one)
    await Promise.all([one.migrate(), two.migrate()])
    await two.migrate()
    await one.tx((q) => addCounter(one, q, 'a'))
    expect(await counters(two)).toEqual(['a'])
    await expect(two.ping()).resolves.toBeUndefined()
  })

  it('knows how many migrations are missing, and asking adds nothing', async () => {
    const store = await open.empty()
    const shipped = await store.pendingMigrations()
    expect(shipped).toBeGreaterThan(0)
    expect(await store.pendingMigrations()).toBe(shipped)
    await store.migrate()
    expect(await store.pendingMigrations()).toBe(0)

    const folder = await testFolder()
    await mkdir(path.join(folder, 'meta'))
    const entry = (tag: string, when: number) => ({ idx: 0, version: '7', when, tag, breakpoints: true })
    const later = { entries: [entry('old', 1), entry('one', 4e12), entry('two', 4e12 + 1)] }
    await writeFile(path.join(folder, 'meta/_journal.json'), JSON.stringify(later))
    for (const { tag } of later.entries)
      await writeFile(path.join(folder, `${tag}.sql`), `create table ${tag} (id integer)`)
    expect(await store.pendingMigrations(folder)).toBe(2)
    await store.migrate(folder)
    expect(await store.pendingMigrations(folder)).toBe(0)
  })
})

describeEachEngine('a load', (open) => {
  it('gives back what it made, and everything is there for others', async () => {
    const store = await open()
    const made = await store.load(async () => {
      for (const id of ['a', 'b']) await store.tx((q) => addCounter(store, q, id))
      return 2
    })
    expect(made).toBe(2)
    expect(await counters(await open.again(store))).toEqual(['a', 'b'])
  })

  it('throws what its work throws, keeps what was committed, and leaves the store as it was', async () => {
    const store = await open()
    const failing = store.load(async () => {
      await store.tx((q) => addCounter(store, q, 'a'))
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await store.tx((q) => addCounter(store, q, 'b'))
    expect(await counters(store)).toEqual(['a', 'b'])
    expect(await counters(await open.again(store))).toEqual(['a', 'b'])
  })
})

describeEachEngine('a constraint', (open) => {
  it('on a key taken twice is told by isUnique, and the transaction leaves nothing', async () => {
    const store = await open()
    await store.tx((q) => addCounter(store, q, 'a'))
    const again = store.tx(async (q) => {
      await addCounter(store, q, 'b')
      await addCounter(store, q, 'a')
    })
    expect(isUnique(await again.catch((error: unknown) => error))).toBe(true)
    expect(await counters(store)).toEqual(['a'])
  })

  it('on a unique column too, while empty values may repeat', async () => {
    const store = await open()
    const account = (id: string, login: string | null) => ({
      id,
      kind: 'staff' as const,
      status: 'active' as const,
      login,
      nameSealed: '',
      nameIndex: '',
      passwordHash: '',
      createdAt: at,
    })
    const add = (id: string, login: string | null) =>
      store.tx((q) => q.insert(store.t.account).values(account(id, login)))
    await add('1', 'wang')
    await add('2', null)
    await add('3', null)
    expect(isUnique(await add('4', 'wang').catch((error: unknown) => error))).toBe(true)
  })

  it('on a row that is not there is no unique violation', async () => {
    const store = await open()
    const adding = store.tx((q) =>
      q
        .insert(store.t.session)
        .values({ id: 's', accountId: 'nobody', createdAt: at, lastSeenAt: at, endsAt: at }),
    )
    const error = await adding.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(Error)
    expect(isUnique(error)).toBe(false)
  })

  it('can be avoided inside a transaction by asking for what was inserted', async () => {
    const store = await open()
    const add = (id: string) =>
      store.tx(async (q) => {
        const added = await addCounter(store, q, id).onConflictDoNothing().returning()
        await addCounter(store, q, randomUUID())
        return added.length
      })
    expect([await add('a'), await add('a')]).toEqual([1, 0])
    expect(await counters(store)).toHaveLength(3)
  })
})

describeEachEngine('a value', (open) => {
  it('comes back as it went in: moments to the millisecond, booleans, absent ones, text beyond the BMP', async () => {
    const store = await open()
    const [made] = await store.tx((q) => q.insert(store.t.department).values(department('d')).returning())
    const [read] = await store.read.select().from(store.t.department)
    expect(read).toEqual(made)
    expect(read).toEqual({
      ...department('d'),
      parentId: null,
      regionCode: null,
      mergedInto: null,
      phone: '',
      address: '',
      hours: '',
      acceptedProofs: 'resume',
      reviewDays: 5,
      version: 1,
    })
  })

  it('of JSON keeps its types and the order of its keys', async () => {
    const store = await open()
    const issues = [
      { at: null, code: '12', params: { z: 1, a: '2', 名: '𠮷' } },
      { at: 'x', code: 'null' },
    ]
    const row = { id: 'e', browser: 'b', page: '/', valuesSealed: '', issues, createdAt: at, expiresAt: at }
    await store.tx((q) => q.insert(store.t.echo).values(row))
    const [read] = await store.read.select().from(store.t.echo)
    expect(JSON.stringify(read?.issues)).toBe(JSON.stringify(issues))
  })

  it('that was counted or summed is a number', async () => {
    const store = await open()
    const { counter } = store.t
    await store.tx((q) =>
      q.insert(counter).values([1, 2].map((n) => ({ id: `${n}`, count: n, resetAt: at }))),
    )
    const figures = {
      rows: count(),
      raw: sql<number>`count(*)`,
      total: sql<number>`sum(${counter.count})`,
      mean: sql<number>`avg(${counter.count})`,
    }
    expect(await store.read.select(figures).from(counter)).toEqual([{ rows: 2, raw: 2, total: 3, mean: 1.5 }])
  })

  it('is added to in place by an upsert', async () => {
    const store = await open()
    const { counter } = store.t
    const bump = () =>
      store.tx((q) =>
        q
          .insert(counter)
          .values({ id: 'k', count: 1, resetAt: at })
          .onConflictDoUpdate({ target: counter.id, set: { count: sql`${counter.count} + 1` } })
          .returning(),
      )
    await Promise.all([bump(), bump(), bump()])
    expect((await bump())[0]?.count).toBe(4)
  })

  it('pages by key in a fixed order where moments are equal', async () => {
    const store = await open()
    const { counter } = store.t
    const rows = Array.from({ length: 25 }, (_, n) => ({
      id: String(n).padStart(2, '0'),
      count: 0,
      resetAt: new Date(at.getTime() + Math.floor(n / 10)),
    }))
    await store.tx((q) => q.insert(counter).values(rows))
    const page = (after?: { resetAt: Date; id: string }) =>
      store.read
        .select()
        .from(counter)
        .where(
          after &&
            or(
              lt(counter.resetAt, after.resetAt),
              and(eq(counter.resetAt, after.resetAt), lt(counter.id, after.id)),
            ),
        )
        .orderBy(desc(counter.resetAt), desc(counter.id))
        .limit(7)
    const seen: string[] = []
    for (let rest = await page(); rest.length > 0; rest = await page(rest.at(-1)))
      seen.push(...rest.map((row) => row.id))
    expect(seen).toEqual(rows.map((row) => row.id).reverse())
  })
})

describe('the clock of the tests', () => {
  it('is that of the users', () => {
    expect(new Date('2025-01-01T00:00:00Z').getHours()).toBe(8)
  })
})

describeEachEngine('a query that fails', (open) => {
  const secret = '13812345678'
  const texts = (error: unknown): string => {
    if (!(error instanceof Error)) return String(error)
    const own = Object.getOwnPropertyNames(error).map((name) => inspect(Reflect.get(error, name)))
    return [error.message, error.stack, inspect(error, { depth: 9 }), ...own, texts(error.cause)].join('\n')
  }
  const failing: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
    'a key taken twice': async (store) => {
      const add = () => store.tx((q) => addCounter(store, q, secret))
      await add()
      return add()
    },
    'a row that is not there': (store) =>
      store.tx((q) =>
        q
          .insert(store.t.session)
          .values({ id: 's', accountId: secret, createdAt: at, lastSeenAt: at, endsAt: at }),
      ),
    'a table that is not there': (store) =>
      store.tx((q) =>
        q
          .select()
          .from(sql.raw('nowhere'))
          .where(eq(sql.raw('a'), secret)),
      ),
    'reading without a transaction': (store) =>
      store.read
        .select({ a: sql.raw('nothing') })
        .from(store.t.counter)
        .where(eq(store.t.counter.id, secret)),
    'a relational query': (store) =>
      store.read.query.counter.findFirst({ where: eq(sql.raw('nothing'), secret) }),
  }
  it.each(Object.keys(failing))('(%s) says what by its code, and no value', async (name) => {
    const store = await open()
    const error = await Promise.resolve(failing[name]?.(store)).then(
      () => 'nothing failed',
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({ name: 'QueryFailed', code: expect.stringMatching(/^(SQLITE_\w+|\w{5})$/) })
    expect(texts(error)).not.toContain(secret)
  })
})
