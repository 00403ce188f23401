import SQLite from 'better-sqlite3'
import { eq, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { rememberingStatements } from '#db/statements.ts'

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
