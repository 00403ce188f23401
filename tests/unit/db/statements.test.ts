import SQLite from 'better-sqlite3'
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

it('is the connection in all else', () => {
  expect(remembering.pragma('user_version', { simple: true })).toBe(0)
  expect(remembering.open).toBe(true)
})
