/** Rows written by equality (`db/write.ts`): what drizzle writes itself, on both engines, and the refusals of a transaction. */
import { inspect } from 'node:util'
import { asc } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { isUnique, type Q, type Store } from '#db/store.ts'
import { insert, insertNew, lock, remove, update } from '#db/write.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

const at = new Date('2026-11-23T02:00:00.987Z')
const later = new Date(at.getTime() + 1)

const node = (id: string) => ({
  id,
  path: id,
  level: 1,
  kind: 'province' as const,
  name: `${id}省`,
  fullName: `"${id}'省`,
  sort: 7,
  active: true,
  createdAt: at,
})
/** As it is read back: what was not given is what the table says. */
const read = (id: string) => ({
  ...node(id),
  parentId: null,
  regionCode: null,
  phone: '',
  address: '',
  hours: '',
  reviewDays: 5,
  acceptedProofs: 'resume',
  mergedInto: null,
  version: 1,
})

const nodes = ({ read, t }: Store) => read.select().from(t.department).orderBy(asc(t.department.id))
const ids = async (store: Store) => (await nodes(store)).map(({ id }) => id)
const put = (store: Store, ...names: string[]) =>
  store.tx((q) => insert(q, store.t.department, names.map(node)))

describeEachEngine('rows written by equality', (open) => {
  it('are what drizzle writes: values of every kind, nothing given, null given', async () => {
    const store = await open()
    const { department, figureDelta, job } = store.t
    await put(store, 'a')
    await store.tx((q) => q.insert(department).values(node('b')))
    await store.tx((q) => insert(q, department, { ...node('c'), parentId: undefined, mergedInto: null }))
    await store.tx((q) =>
      insert(q, department, { ...node('d'), active: false, parentId: 'a', reviewDays: 9 }),
    )
    expect(await nodes(store)).toEqual([
      read('a'),
      read('b'),
      read('c'),
      { ...read('d'), active: false, parentId: 'a', reviewDays: 9 },
    ])
    const changes = [['d', '', 'held', '"\\\'', -1]] as const
    const data = { word: '𠮷', count: 2 }
    await store.tx(async (q) => {
      await insert(q, figureDelta, { id: '1', changes })
      await insert(q, job, { id: '1', kind: 'x', data, createdAt: at, runAt: later })
    })
    expect(await store.read.select().from(figureDelta)).toEqual([{ id: '1', changes }])
    expect(await store.read.select().from(job)).toMatchObject([
      { data, createdAt: at, runAt: later, worker: '', leaseUntil: null },
    ])
  })

  it('are one row or several, of other names each, of any number, and none', async () => {
    const store = await open()
    const { department } = store.t
    await store.tx(async (q) => {
      await insert(q, department, [])
      await insert(q, department, [{ ...node('a'), phone: '1' }, node('b'), { ...node('c'), hours: '9' }])
      await insert(q, department, [node('d'), { ...node('e'), phone: '5' }])
    })
    const phones = (await nodes(store)).map(({ phone, hours }) => phone + hours)
    expect(phones).toEqual(['1', '', '9', '', '5'])
    for (const many of [20, 21, 300]) {
      const names = Array.from({ length: many }, (_, n) => `n${many}-${String(n).padStart(3, '0')}`)
      await put(store, ...names)
      expect((await ids(store)).filter((id) => id.startsWith(`n${many}-`))).toEqual(names)
    }
  })

  it('that are there already are an error that names no value, or are left as they are', async () => {
    const store = await open()
    const { department } = store.t
    await put(store, 'secret')
    const error: unknown = await put(store, 'secret').then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(isUnique(error)).toBe(true)
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('secret')
    const again = [{ ...node('secret'), name: 'another' }, node('b')]
    expect(await store.tx((q) => insertNew(q, department, again))).toBe(1)
    expect(await store.tx((q) => insertNew(q, department, again))).toBe(0)
    expect(await nodes(store)).toEqual([read('b'), read('secret')])
  })

  it('are changed where all of the condition is met, and counted', async () => {
    const store = await open()
    const { department } = store.t
    await put(store, 'a', 'b', 'c')
    const set = (where: Parameters<typeof update<typeof department>>[2], phone: string) =>
      store.tx((q) => update(q, department, where, { phone }))
    expect(await set({ id: 'b', version: 1 }, '1')).toBe(1)
    expect(await set({ id: 'b', version: 2 }, '2')).toBe(0)
    expect(await set({ id: ['c', 'none', 'a'] }, '3')).toBe(2)
    expect(await set({ id: [] }, '4')).toBe(0)
    expect(await set({ parentId: null, id: ['a'] }, '5')).toBe(1)
    expect(await set({ createdAt: at, active: true, id: 'c' }, '6')).toBe(1)
    expect(await set({ createdAt: later }, '7')).toBe(0)
    expect((await nodes(store)).map(({ phone }) => phone)).toEqual(['5', '1', '6'])
    await store.tx((q) =>
      update(
        q,
        department,
        { id: 'a' },
        { parentId: 'b', mergedInto: null, phone: undefined, active: false },
      ),
    )
    expect((await nodes(store))[0]).toEqual({ ...read('a'), parentId: 'b', phone: '5', active: false })
    // The value that is looked for and the one that is set are two, though they have one name.
    expect(await store.tx((q) => update(q, department, { version: 1, id: 'c' }, { version: 2 }))).toBe(1)
    expect((await nodes(store)).map(({ version }) => version)).toEqual([1, 1, 2])
  })

  it('are deleted where all of the condition is met, and counted', async () => {
    const store = await open()
    const { department } = store.t
    await put(store, 'a', 'b', 'c', 'd')
    const away = (where: Parameters<typeof remove<typeof department>>[2]) =>
      store.tx((q) => remove(q, department, where))
    expect(await away({ id: 'a', parentId: null })).toBe(1)
    expect(await away({ id: 'b', active: false })).toBe(0)
    expect(await away({ id: ['a', 'c', 'd'] })).toBe(2)
    expect(await away({ id: [] })).toBe(0)
    expect(await ids(store)).toEqual(['b'])
  })

  it('are never all of a table for a condition that was forgotten', async () => {
    const store = await open()
    const { department } = store.t
    await put(store, 'a')
    const failing: ((q: Q) => Promise<unknown>)[] = [
      (q) => remove(q, department, {}),
      (q) => remove(q, department, { id: undefined }),
      (q) => update(q, department, {}, { phone: '1' }),
      (q) => update(q, department, { id: 'a', parentId: undefined }, { phone: '1' }),
    ]
    for (const one of failing) await expect(store.tx(one)).rejects.toThrow(/to find department by/)
    expect(await nodes(store)).toEqual([read('a')])
  })

  it('are locked without a change', async () => {
    const store = await open()
    const { department } = store.t
    await put(store, 'a')
    expect(await store.tx((q) => lock(q, department, 'a'))).toBe(true)
    expect(await store.tx((q) => lock(q, department, 'b'))).toBe(false)
    expect(await nodes(store)).toEqual([read('a')])
  })

  it('are gone with a transaction that failed, and refused once it has ended', async () => {
    const store = await open()
    const { department } = store.t
    const kept: { q?: Q } = {}
    const failing = store.tx(async (q) => {
      kept.q = q
      await insert(q, department, node('a'))
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await nodes(store)).toEqual([])
    const { q } = kept
    if (!q) throw new Error('no transaction')
    await expect(insert(q, department, node('a'))).rejects.toThrow(/after its transaction had ended/)
    expect(await nodes(store)).toEqual([])
  })

  it('of more shapes than are kept are written all the same', async () => {
    const store = await open()
    const { department } = store.t
    await put(store, 'a')
    const names = [
      'phone',
      'address',
      'hours',
      'name',
      'fullName',
      'acceptedProofs',
      'regionCode',
      'mergedInto',
      'kind',
    ] as const
    // 512 sets of columns: the first ones have to go, and are asked for again.
    const shapes = Array.from({ length: 2 ** names.length }, (_, n) =>
      names.filter((_name, bit) => n & (1 << bit)),
    )
    await store.tx(async (q) => {
      for (const shape of [...shapes, ...shapes.slice(0, 3)]) {
        const set = Object.fromEntries(shape.map((name) => [name, name === 'kind' ? 'city' : name]))
        expect(await update(q, department, { id: 'a' }, { ...set, sort: 8 })).toBe(1)
      }
    })
    expect(await nodes(store)).toMatchObject([{ id: 'a', sort: 8, phone: 'phone', kind: 'city' }])
  })
})
