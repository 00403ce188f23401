/** Queries that are built once for each connection (decision 034): the same answers as those built each time, and the same refusals. */
import { inspect } from 'node:util'
import { asc, eq, lte, sql } from 'drizzle-orm'
import pg from 'pg'
import { expect, it } from 'vitest'
import { among, type Given, moment, prepared, preparedBy } from '#db/prepared.ts'
import type { Q, Store } from '#db/store.ts'
import { describeEachEngine, describePostgres } from '#tests/support/stores.ts'

const at = new Date('2026-11-22T02:00:00.987Z')

/** A query of counters by their id that says how often it was built. */
function counted() {
  const seen = { built: 0 }
  const query = prepared((q, { counter }, { id }: Given<{ id: string }>) => {
    seen.built += 1
    return q.select().from(counter).where(eq(counter.id, id))
  })
  return { seen, query }
}

const add = (store: Store, ids: readonly string[], q?: Q) => {
  const write = (on: Q) =>
    on.insert(store.t.counter).values(ids.map((id, n) => ({ id, count: n, resetAt: at })))
  return q ? write(q) : store.tx(write)
}

describeEachEngine('a query that is built once', (open) => {
  it('is built once for each connection and answers by the values of each time', async () => {
    const store = await open()
    await add(store, ['a', 'b'])
    const { seen, query } = counted()
    const ids = async (id: string, q = store.read) => (await query(q, store.t, { id })).map((row) => row.id)
    for (const id of ['a', 'b', 'a']) expect(await ids(id)).toEqual([id])
    expect(await Promise.all(['b', 'none', 'a'].map((id) => ids(id)))).toEqual([['b'], [], ['a']])
    expect(seen.built).toBe(1)
    for (const id of ['a', 'b']) expect(await store.tx((q) => ids(id, q))).toEqual([id])
    expect(seen.built).toBe(2)
    expect(await ids('a')).toEqual(['a'])
    expect(seen.built).toBe(2)
    const other = await open.again(store)
    expect(await ids('b', other.read)).toEqual(['b'])
    expect(seen.built).toBe(3)
  })

  it('reads what its transaction has written, and nothing of one that was rolled back', async () => {
    const store = await open()
    const { query } = counted()
    const found = async (q: Q) => (await query(q, store.t, { id: 'a' })).length
    const failing = store.tx(async (q) => {
      await add(store, ['a'], q)
      expect(await found(q)).toBe(1)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await found(store.read)).toBe(0)
  })

  it('refuses when its transaction has ended, whether it was asked for before or after', async () => {
    const store = await open()
    const { query } = counted()
    const kept: { q?: Q; asked?: ReturnType<typeof query> } = {}
    await store.tx(async (q) => {
      kept.q = q
      kept.asked = query(q, store.t, { id: 'a' })
      await query(q, store.t, { id: 'a' })
    })
    const ended = /after its transaction had ended/
    await expect(kept.asked).rejects.toThrow(ended)
    const { q } = kept
    if (!q) throw new Error('no transaction')
    await expect(query(q, store.t, { id: 'a' })).rejects.toThrow(ended)
    expect(await query(store.read, store.t, { id: 'a' })).toEqual([])
  })

  it('names no value when it fails, where it is built or where it runs', async () => {
    const store = await open()
    const secret = 'x13812345678'
    const unknown = prepared((q, { counter }, { id }: Given<{ id: string }>) =>
      q
        .select({ a: sql.raw('nothing') })
        .from(counter)
        .where(eq(counter.id, id)),
    )
    // Neither engine takes a text for how many.
    const many = prepared((q, { counter }, { id }: Given<{ id: string }>) =>
      q.select().from(counter).limit(id),
    )
    await add(store, ['a'])
    for (const failing of [unknown, many])
      for (const _ of ['first', 'again']) {
        const error: unknown = await failing(store.read, store.t, { id: secret }).then(
          () => 'nothing failed',
          (thrown: unknown) => thrown,
        )
        expect(error).toMatchObject({ name: 'QueryFailed' })
        expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret)
      }
  })

  it('is not disturbed by who asks the same words otherwise, nor they by it', async () => {
    const store = await open()
    await add(store, ['a', 'b'])
    const { counter } = store.t
    const { query } = counted()
    const built = (id: string) => store.read.select().from(counter).where(eq(counter.id, id))
    const wanted = (id: string) => [{ id, count: id === 'a' ? 0 : 1, resetAt: at }]
    for (const id of ['a', 'b', 'a']) {
      expect(await query(store.read, store.t, { id })).toEqual(wanted(id))
      expect(await built(id)).toEqual(wanted(id))
      expect(await store.read.query.counter.findMany({ where: eq(counter.id, id) })).toEqual(wanted(id))
    }
    expect(await Promise.all([query(store.read, store.t, { id: 'a' }), built('b')])).toEqual([
      wanted('a'),
      wanted('b'),
    ])
  })

  it('takes lists of any length and any words, and moments to the millisecond', async () => {
    const store = await open()
    const words = [`"'`, '𠮷', '', '\\', 'a,b', ...Array.from({ length: 300 }, (_, n) => `n${n}`)]
    await add(store, words)
    const listed = prepared((q, t, { ids }: Given<{ ids: readonly string[] }>) =>
      q
        .select({ id: t.counter.id })
        .from(t.counter)
        .where(among(t, t.counter.id, ids)),
    )
    for (const ids of [[], ['𠮷'], ['none'], words.slice(0, 5), words])
      expect((await listed(store.read, store.t, { ids })).map(({ id }) => id).sort()).toEqual(
        ids.filter((id) => id !== 'none').toSorted(),
      )
    const until = prepared((q, { counter }, { now }: Given<{ now: Date }>) =>
      q
        .select({ id: counter.id })
        .from(counter)
        .where(lte(counter.resetAt, moment(counter.resetAt, now)))
        .orderBy(asc(counter.id)),
    )
    expect(await until(store.read, store.t, { now: at })).toHaveLength(words.length)
    expect(await until(store.read, store.t, { now: new Date(at.getTime() - 1) })).toEqual([])
  })

  it('of several shapes is one for each, however many there are', async () => {
    const store = await open()
    await add(store, ['a', 'b', 'c'])
    const built: number[] = []
    const atLeast = preparedBy((q, { counter }, { id }: Given<{ id: string }>, least: number) => {
      built.push(least)
      return q
        .select({ id: counter.id })
        .from(counter)
        .where(sql`${counter.count} >= ${least} and ${counter.id} <> ${id}`)
        .orderBy(asc(counter.id))
    })
    const found = async (least: number) =>
      (await atLeast(store.read, store.t, least, { id: 'c' })).map(({ id }) => id)
    for (const _ of ['first', 'again']) {
      expect(await found(0)).toEqual(['a', 'b'])
      expect(await found(1)).toEqual(['b'])
    }
    expect(built).toEqual([0, 1])
    for (let least = 2; least <= 201; least += 1) expect(await found(least)).toEqual([])
    expect(await found(0)).toEqual(['a', 'b'])
    expect(built.filter((least) => least === 0)).toHaveLength(2)
  })
})

describePostgres('a query that is built once', (open) => {
  it('goes on by new connections where the old ones were cut', async () => {
    const store = await open()
    await add(store, ['a'])
    const { query } = counted()
    const found = async (q: Q) => (await query(q, store.t, { id: 'a' })).length
    expect(await found(store.read)).toBe(1)
    expect(await store.tx(found)).toBe(1)
    const { url } = open.place(store)
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    await client.end()
    // One may be told that its connection went.
    await found(store.read).catch(() => 0)
    expect(await found(store.read)).toBe(1)
    expect(await store.tx(found)).toBe(1)
  })
})
