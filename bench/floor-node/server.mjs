/**
 * What a page and a save cost with nothing between Node, SQLite and a template string. `PORT`, and `FLOOR_DIR` for its database.
 * GET reads one row by the key in the cookie; POST takes a form and inserts one row, on the disk before it answers.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'

const dir = process.env.FLOOR_DIR
rmSync(dir, { recursive: true, force: true })
mkdirSync(dir, { recursive: true })
const db = new SQLite(join(dir, 'floor.db'))
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec('create table word (id integer primary key, text text not null)')
const insert = db.prepare('insert into word (text) values (?)')
const read = db.prepare('select text from word where id = ?').pluck()
const save = db.transaction((text) => insert.run(text).lastInsertRowid)
save('new')

const page = (word) => `<!doctype html>
<html lang="en"><head><title>Floor</title></head><body><main><h1>Floor</h1><p>${word}</p></main>
<form method="post"><input name="word" value="${word}"><button>Save</button></form></body></html>`

const bodyOf = async (request) => {
  const parts = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}

createServer(async (request, response) => {
  if (request.method === 'POST') {
    const word = new URLSearchParams(await bodyOf(request)).get('word') ?? ''
    const id = save(word)
    response.writeHead(303, { location: '/?done=saved', 'set-cookie': `seen=${id}; Path=/; HttpOnly` }).end()
    return
  }
  const [, id = '1'] = /(?:^|; )seen=(\d+)/.exec(request.headers.cookie ?? '') ?? []
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end(page(read.get(Number(id)) ?? 'new'))
}).listen(Number(process.env.PORT), '127.0.0.1')
