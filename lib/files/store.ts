import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Bytes under random keys: the folder here, S3 beyond one machine (OPS-3). */
export interface FileStore {
  /** Durable when it resolves; a key already there is replaced whole. */
  put(key: string, bytes: Uint8Array): Promise<void>
  /** null when there is none. */
  get(key: string): Promise<Buffer | null>
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>
  list(): AsyncIterable<{ readonly key: string; readonly storedAt: Date }>
}

/** What sealing needs of the keyring; `db/crypto.ts` has it all. */
export interface ByteSealer {
  sealBytes(bytes: Uint8Array, context: string): Buffer
  unsealBytes(sealed: Uint8Array, context: string): Buffer
}

/** 32 hex digits that say nothing about owner or content. */
export const newFileKey = (): string => randomBytes(16).toString('hex')

const KEY = /^[0-9a-f]{32}$/
/** Half-written files wait here; `sweepTemp` may clear what a crash left. */
export const INCOMING = 'incoming'

/** Files at `dir/ab/cd/<key>`, mode 0600 in folders of 0700. A malformed key is a RangeError. */
export function folderStore(dir: string): FileStore {
  const pathOf = (key: string) => {
    if (!KEY.test(key)) throw new RangeError('not a file key')
    return join(dir, key.slice(0, 2), key.slice(2, 4), key)
  }
  return {
    async put(key, bytes) {
      const path = pathOf(key)
      const incoming = join(dir, INCOMING)
      const temp = join(incoming, `${key}.${randomBytes(4).toString('hex')}`)
      await mkdir(incoming, { recursive: true, mode: 0o700 })
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      try {
        await writeSynced(temp, bytes)
        await rename(temp, path)
      } catch (error) {
        await rm(temp, { force: true })
        throw error
      }
      // The name is durable only when every folder on the way to it is, and any of them may be new.
      for (const folder of [dirname(path), dirname(dirname(path)), dir]) await syncFolder(folder)
    },
    async get(key) {
      return readFile(pathOf(key)).catch(nullWhenMissing)
    },
    async delete(key) {
      const path = pathOf(key)
      await rm(path, { force: true })
      await syncFolder(dirname(path)).catch(nullWhenMissing)
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

/** The same store with its content encrypted; a file moved under another key does not open (SEC-2). */
export function sealedFiles(store: FileStore, keyring: ByteSealer): FileStore {
  const contextOf = (key: string) => `file:${key}`
  return {
    put: (key, bytes) => store.put(key, keyring.sealBytes(bytes, contextOf(key))),
    async get(key) {
      const sealed = await store.get(key)
      return sealed && keyring.unsealBytes(sealed, contextOf(key))
    },
    delete: (key) => store.delete(key),
    list: () => store.list(),
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
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
