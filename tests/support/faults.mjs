/**
 * Preloaded into a server (`--import`) whose stores are to fail on demand. `FAULTS_FILE` names a file that says what fails while it
 * is there: `disk <code>` (whatever is opened for writing or renamed in DATA_DIR), `late <code>` (a stream that is being written), `sqlite full` and `sqlite readonly` (SQLite's own
 * errors, made by its own limits), `kill <place>` (the process ends there, once). The product knows nothing of it.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'
import Database from 'better-sqlite3'

const control = process.env.FAULTS_FILE ?? ''
const dataDir = path.resolve(process.env.DATA_DIR ?? '.')

/** What is said after this word, or null. */
function asked(word) {
  try {
    const [first, what] = fs.readFileSync(control, 'utf8').trim().split(' ')
    return first === word ? what : null
  } catch {
    return null
  }
}

const isOurs = (file) => typeof file === 'string' && path.resolve(file).startsWith(dataDir + path.sep)
const writes = (flags = 'r') => (typeof flags === 'number' ? (flags & 3) !== 0 : flags !== 'r')

function diskFault(file) {
  const code = isOurs(file) ? asked('disk') : null
  return code ? Object.assign(new Error(`${code}: a fault that was asked for`), { code }) : null
}

/** Ends the process as the power does, at one place and once. */
function killAt(place, file) {
  if (!isOurs(file) || asked('kill') !== place) return
  fs.rmSync(control)
  process.kill(process.pid, 'SIGKILL')
}

const { open, writeFile, appendFile, rename } = fs.promises
Object.assign(fs.promises, {
  async open(file, flags, ...more) {
    const fault = writes(flags) ? diskFault(file) : null
    if (fault) throw fault
    return open(file, flags, ...more)
  },
  async writeFile(file, ...more) {
    const fault = diskFault(file)
    if (fault) throw fault
    return writeFile(file, ...more)
  },
  async appendFile(file, ...more) {
    const fault = diskFault(file)
    if (fault) throw fault
    return appendFile(file, ...more)
  },
  async rename(from, to) {
    const fault = diskFault(to)
    if (fault) throw fault
    killAt('before-rename', to)
    await rename(from, to)
    killAt('after-rename', to)
  },
})

/** What `createWriteStream` asks for, as formidable's upload does. */
const { open: openSlowly, write, writev } = fs
fs.open = (file, flags, ...more) => {
  const fault = writes(flags) ? diskFault(file) : null
  if (fault) return process.nextTick(more.at(-1), fault)
  if (writes(flags) && String(file).endsWith('.part')) killAt('body', file)
  return openSlowly(file, flags, ...more)
}
/** A disk that fills up while the body arrives. */
const unlessFull =
  (write) =>
  (...given) => {
    const done = given.at(-1)
    if (asked('late') === null || typeof done !== 'function') return write(...given)
    process.nextTick(done, Object.assign(new Error('no room is left'), { code: asked('late') }))
  }
Object.assign(fs, { write: unlessFull(write), writev: unlessFull(writev) })
syncBuiltinESMExports()

const { exec } = Database.prototype
const pragma = (database, text) => Database.prototype.pragma.call(database, text, { simple: true })

/** Lets nothing more into the file, then asks for more: SQLite itself says that the disk is full. */
function fill(database) {
  pragma(database, `max_page_count = ${pragma(database, 'page_count')}`)
  try {
    exec.call(database, 'create table no_room (x); insert into no_room values (zeroblob(10000000))')
  } finally {
    pragma(database, 'max_page_count = 4294967294')
  }
}
Database.prototype.exec = function (sql) {
  if (sql === 'BEGIN IMMEDIATE') pragma(this, `query_only = ${asked('sqlite') === 'readonly' ? 1 : 0}`)
  if (sql === 'COMMIT' && asked('sqlite') === 'full') fill(this)
  return exec.call(this, sql)
}
