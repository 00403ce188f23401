import SQLite from 'better-sqlite3'
import { eq, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { rememberingStatements, steadied } from '#db/statements.ts'

const connection = new SQLite(':memory:')
const remembering = rememberingStatements(connection)
beforeAll(() =>
  connection.exec("create table word (id integer, text text); insert into word values (1, 'a')"),
)
afterAll(() => connection.close())

const read = 'select id, text from word'

it('compiles a text once', () => {
  expect(remembering.prepare(read)).toBe(remembering.prepare(read))
})

it('hands a kept statement out as new: rows are objects again', () => {
  expect(remembering.prepare(read).raw().all()).toEqual([[1, 'a']])
  expect(remembering.prepare(read).all()).toEqual([{ id: 1, text: 'a' }])
})

it('keeps what writes as well, and sees what changed meanwhile', () => {
  const write = 'insert into word values (?, ?)'
  remembering.prepare(write).run(2, 'b')
  connection.exec('alter table word add column more text')
  remembering.prepare(write.replace('?, ?', '?, ?, null')).run(3, 'c')
  expect(remembering.prepare(read).all()).toHaveLength(3)
})

it('lets go of what was not used for longest', () => {
  const first = remembering.prepare('select 0')
  const used = remembering.prepare('select -1')
  for (let nth = 1; nth <= 499; nth += 1) {
    remembering.prepare(`select ${nth}`)
    remembering.prepare('select -1')
  }
  expect(remembering.prepare('select -1')).toBe(used)
  expect(remembering.prepare('select 0')).not.toBe(first)
})

it('may be used by a query prepared long before, in between and after it was let go', () => {
  const word = sqliteTable('word', { id: integer('id'), text: text('text') })
  const query = drizzle(remembering)
    .select({ id: word.id, text: word.text })
    .from(word)
    .where(eq(word.id, sql.placeholder('id')))
    .prepare()
  const { sql: asked } = query.getQuery()
  const first = remembering.prepare(asked)
  for (const _ of ['kept', 'let go']) {
    expect(query.all({ id: 1 })).toEqual([{ id: 1, text: 'a' }])
    expect(remembering.prepare(asked).get(1)).toEqual({ id: 1, text: 'a' })
    expect(query.all({ id: 1 })).toEqual([{ id: 1, text: 'a' }])
    expect(remembering.prepare(asked).raw().get(1)).toEqual([1, 'a'])
    for (let nth = 0; nth <= 500; nth += 1) remembering.prepare(`select ${nth} as many`)
  }
  expect(remembering.prepare(asked)).not.toBe(first)
})

it('is the connection in all else', () => {
  expect(remembering.pragma('user_version', { simple: true })).toBe(0)
  expect(remembering.open).toBe(true)
})

it('gives no place that a plan could depend on: each is behind a plus, and what is quoted stays', () => {
  expect(steadied('select "a?" from t where b = ? and c in (?, ?) limit ?')).toBe(
    'select "a?" from t where b = +? and c in (+?, +?) limit +?',
  )
  expect(steadied("select 'it''s ?', `d?` from t where e = ? || '?'")).toBe(
    "select 'it''s ?', `d?` from t where e = +? || '?'",
  )
})

it('finds the same by such places, whatever is given: text by its order, numbers, nothing', () => {
  connection.exec(
    'create table thing (id text primary key, n integer); create index thing_n on thing (n); insert into thing values (1, 1), (2, 2), (3, null)',
  )
  const same = (text: string, ...given: unknown[]) => {
    const found = remembering.prepare(text).pluck().all(given)
    expect(found, text).toEqual(connection.prepare(text).pluck().all(given))
    return found
  }
  expect(same('select id from thing where id = ?', '1')).toEqual(['1'])
  expect(same('select id from thing where id = ?', 1)).toEqual([])
  expect(same('select id from thing where n = ?', '2')).toEqual(['2'])
  expect(same('select id from thing where n is ?', null)).toEqual(['3'])
  expect(same('select id from thing where n in (?, ?) order by n desc limit ?', 1, '2', 1)).toEqual(['2'])
  const plan = 'explain query plan select id from thing where n = ? order by id'
  expect(JSON.stringify(remembering.prepare(plan).all(1))).toContain('thing_n')
})

it('runs a statement as fast as one without places: it is compiled no more', () => {
  const joined = 'select a.id from thing a inner join thing b on b.id = a.id where a.id = '
  // So many columns to name that compiling takes far longer than running.
  const wide = joined.replace('a.id from', `${Array.from({ length: 300 }, (_, n) => `a.n + ${n}`)} from`)
  const took = (statement: SQLite.Statement, ...given: unknown[]) => {
    const rounds = Array.from({ length: 5 }, () => {
      const begun = process.cpuUsage()
      for (let n = 0; n < 200; n += 1) statement.raw().all(...given)
      const { user, system } = process.cpuUsage(begun)
      return user + system
    })
    return Math.min(...rounds)
  }
  const bare = took(connection.prepare(`${wide}?`), 'none')
  expect(took(remembering.prepare(`${wide}?`), 'none')).toBeLessThan(bare / 3)
})
