/** What lies beneath a path: a range of an index, in the order of bytes whatever the order of the database (decision 034). */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { expect, it, onTestFinished } from 'vitest'
import { isBeneath } from '#db/queries/departments.ts'
import { departmentIdsWithin, departmentsWithin } from '#db/queries/review.ts'
import { unattended } from '#db/queries/unattended.ts'
import { openStore, type Store } from '#db/store.ts'
import { testFolder } from '#tests/support/folder.ts'
import { planner } from '#tests/support/plans.ts'
import { describeEachEngine, describePostgres } from '#tests/support/stores.ts'

const at = new Date('2026-11-22T02:00:00Z')
const tree = [
  '44',
  '44/4401',
  '44/4401/4401-own',
  '44/4401/440103',
  '44/4401/A',
  '44/4401/a',
  '44/4401-own',
  '44/44010',
  '44/4401x',
  '44/4401X',
  '44/4401X/b',
  '44/4401_',
  '44/4401%',
  '44/市',
  '440',
  '440/44',
  '4',
  '45',
  '44-own',
  'A',
  'A/1',
  'a',
  'a/1',
  '市',
  '市/44',
]

async function planted(store: Store) {
  await store.tx((q) =>
    q.insert(store.t.department).values(
      tree.map((path, sort) => ({
        id: `id of ${path}`,
        path,
        level: path.split('/').length,
        kind: 'county' as const,
        name: path,
        fullName: path,
        sort,
        active: true,
        createdAt: at,
      })),
    ),
  )
}

/** The same, said without the database. */
const within = (...roots: readonly string[]) =>
  tree
    .filter((path) => roots.some((root) => path === root || path.startsWith(`${root}/`)))
    .map((path) => `id of ${path}`)
    .sort()

async function expectRanges(store: Store) {
  const { read, t } = store
  const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).sort()
  for (const root of [...tree, '', '44/', '4401', '44/4401/', '44/4401/44', 'B', '44/4401x/b', '/']) {
    expect((await departmentIdsWithin(read, t, [root])).sort(), root).toEqual(within(root))
    expect(ids(await departmentsWithin(read, t, [root])), root).toEqual(within(root))
    const beneath = read.select({ id: t.department.id }).from(t.department).where(isBeneath(t, root))
    expect(ids(await beneath), root).toEqual(within(root).filter((id) => id !== `id of ${root}`))
  }
  // One beneath another is there once; of nowhere there is nothing, and not the whole country.
  const several = ['44/4401', '44', 'a', '45', '市', 'A/1', '440']
  expect((await departmentIdsWithin(read, t, several)).sort()).toEqual(within(...several))
  expect(await departmentIdsWithin(read, t, [])).toEqual([])
  expect(await departmentsWithin(read, t, [])).toEqual([])
  const moment = { now: at, today: '2026-11-22' }
  expect(await unattended(read, t, { within: [] }, moment, 10)).toEqual([])
}

const collations = `select
  (select collation_name from information_schema.columns
    where table_name = 'department' and column_name = 'path') as path,
  (select collation_name from information_schema.columns
    where table_name = 'department' and column_name = 'id') as id,
  (select string_agg(collname, ' ') from pg_index i join pg_collation c on c.oid = i.indcollation[0]
    where i.indexrelid = 'department_path'::regclass) as index,
  '44/5' < '440' as is_range`

describeEachEngine('departments beneath a path', (open) => {
  it('are those that begin with it and a stroke, in their own letters', async () => {
    const store = await open()
    await planted(store)
    await expectRanges(store)
  })

  it('are read as a range of their index', async () => {
    const store = await open()
    await planted(store)
    const { read, t } = store
    const plans = await planner(open, store)
    try {
      const beneath = await plans.of(
        read.select({ id: t.department.id }).from(t.department).where(isBeneath(t, '44')).toSQL(),
      )
      const both = await plans.of(departmentsWithin(read, t, ['44', '45']).toSQL())
      if (store.engine === 'sqlite') {
        expect(beneath).toMatch(
          /SEARCH department USING COVERING INDEX department_path \(path>\? AND path<\?\)/,
        )
        expect(both.match(/SEARCH department USING (COVERING )?INDEX department_path/g)).toHaveLength(4)
        expect(both).not.toMatch(/SCAN department/)
      } else expect(beneath).toMatch(/department_path.*Index Cond: .*path >= .*path < /)
    } finally {
      await plans.end()
    }
  })
})

describePostgres('departments of a database that sorts as a language does', (open) => {
  it('are in the order of bytes all the same', async () => {
    const { url = '' } = open.place(await open.empty())
    const name = `test_${randomBytes(6).toString('hex')}`
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    // Strokes count for nothing in it, as in the languages of most systems.
    await client.query(
      `create database ${name} template template0 locale_provider icu icu_locale 'und-u-ka-shifted'`,
    )
    const own = new URL(url)
    own.pathname = name
    const store = await openStore({ url: own.href, dataDir: await testFolder(), max: 2 })
    onTestFinished(async () => {
      await store.close()
      await client.query(`drop database ${name}`)
      await client.end()
    })
    await store.migrate()
    const inside = new pg.Client({ connectionString: own.href })
    await inside.connect()
    const { rows } = await inside.query(collations)
    await inside.end()
    // By the database's own order, what is beneath 44 would not come before 440.
    expect(rows).toEqual([{ path: 'C', id: null, index: 'C', is_range: false }])
    await planted(store)
    await expectRanges(store)
  })
})
