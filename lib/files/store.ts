import { randomBytes } from 'node:crypto'
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { release } from '#lib/domain/release.ts'
import { makeFolder } from './make-folder.ts'

/** Bytes under random keys: the folder here, a bucket (`store-s3.ts`) beyond one machine (OPS-3). */
export interface FileStore {
  /** Durable when it resolves, and the bytes are the caller's again; a key already there is replaced whole. */
  put(key: string, bytes: Uint8Array): Promise<void>
  /** null when there is none. */
  get(key: string): Promise<Buffer | null>
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>
  list(): AsyncIterable<{ readonly key: string; readonly storedAt: Date }>
}

/** A store whose content is sealed. */
export interface SealedFiles extends FileStore {
  /** How the stored bytes begin, which tells the key that sealed them, and what they open to. null when there is none. */
  sealed(key: string): Promise<{ readonly head: string; open(): Buffer } | null>
}

/** What sealing needs of the keyring; `db/crypto.ts` has it all. */
export interface ByteSealer {
  sealBytes(bytes: Uint8Array, context: string): Buffer
  unsealBytes(sealed: Uint8Array, context: string): Buffer
}

/** 32 hex digits that say nothing about owner or content. */
export const newFileKey = (): string => randomBytes(16).toString('hex')

const KEY = /^[0-9a-f]{32}$/

/** Folders and name of a key, alike in every store. A malformed key is a RangeError. */
export function placeOf(key: string): readonly [string, string, string] {
  if (!KEY.test(key)) throw new RangeError('not a file key')
  return [key.slice(0, 2), key.slice(2, 4), key]
}

/** The key of what lies at this place, `ab/cd/<key>`; null for anything else. */
export function keyAt(place: string): string | null {
  const key = place.slice(place.lastIndexOf('/') + 1)
  return KEY.test(key) && place === placeOf(key).join('/') ? key : null
}

/** Half-written files wait here; `sweepTemp` may clear what a crash left. */
export const INCOMING = 'incoming'

/** Files at `dir/ab/cd/<key>`, mode 0600 in folders of 0700. A malformed key is a RangeError. */
export function folderStore(dir: string): FileStore {
  const pathOf = (key: string) => join(dir, ...placeOf(key))
  const incoming = join(dir, INCOMING)
  /** Of the folders right below `dir`, those whose names are durable. */
  const known = new Set<string>()
  return {
    async put(key, bytes) {
      const [first, second, name] = placeOf(key)
      const [upper, lower] = [join(dir, first), join(dir, first, second)]
      const temp = join(incoming, `${key}.${randomBytes(4).toString('hex')}`)
      await writeSynced(temp, bytes).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error
        await makeFolder(incoming)
        await writeSynced(temp, bytes)
      })
      try {
        await makeFolder(lower)
        await rename(temp, join(lower, name))
      } catch (error) {
        await rm(temp, { force: true })
        throw error
      }
      // The name is durable only when every folder on the way to it is, and any of them may be new.
      await Promise.all([lower, upper, ...(known.has(first) ? [] : [dir])].map(syncFolder))
      known.add(first)
    },
    async get(key) {
      return readFile(pathOf(key)).catch(nullWhenMissing)
    },
    async delete(key) {
      const [first, second, name] = placeOf(key)
      const lower = join(dir, first, second)
      await rm(join(lower, name), { force: true })
      await syncFolder(lower).catch(nullWhenMissing)
    },
    async *list() {
      for (const first of await foldersIn(dir)) {
        for (const second of await foldersIn(join(dir, first))) {
          for (const key of await readdir(join(dir, first, second))) {
            if (!KEY.test(key)) continue
            // Gone meanwhile: not there to be listed.
            const info = await stat(pathOf(key)).catch(nullWhenMissing)
            if (info) yield { key, storedAt: info.mtime }
          }
        }
      }
    },
  }
}

/** More than any header has. */
const headBytes = 24

/** The same store with its content encrypted; a file moved under another key does not open (SEC-2). */
export function sealedFiles(store: FileStore, keyring: ByteSealer): SealedFiles {
  const contextOf = (key: string) => `file:${key}`
  const sealed: SealedFiles['sealed'] = async (key) => {
    const bytes = await store.get(key)
    if (!bytes) return null
    const head = bytes.subarray(0, headBytes).toString('latin1')
    return { head, open: () => keyring.unsealBytes(bytes, contextOf(key)) }
  }
  return {
    sealed,
    async put(key, bytes) {
      const closed = keyring.sealBytes(bytes, contextOf(key))
      await store.put(key, closed)
      release(closed)
    },
    get: async (key) => (await sealed(key))?.open() ?? null,
    delete: (key) => store.delete(key),
    list: () => store.list(),
  }
}

/** Leaves nothing where it fails. */
async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function foldersIn(path: string): Promise<string[]> {
  const entries = (await readdir(path, { withFileTypes: true }).catch(nullWhenMissing)) ?? []
  return entries.filter((entry) => entry.isDirectory() && /^[0-9a-f]{2}$/.test(entry.name)).map((e) => e.name)
}

function nullWhenMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
