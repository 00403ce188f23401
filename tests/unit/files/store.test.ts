import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type ByteSealer, type FileStore, folderStore, newFileKey, sealedFiles } from '#lib/files/store.ts'
import { testFolder } from '#tests/support/folder.ts'

const keysOf = async (store: FileStore) => {
  const keys: string[] = []
  for await (const { key } of store.list()) keys.push(key)
  return keys.sort()
}

describe('the folder', () => {
  it('fans out and lets nobody else read', async () => {
    const dir = await testFolder()
    const key = newFileKey()
    await folderStore(join(dir, 'files')).put(key, Buffer.from('x'))
    const path = join(dir, 'files', key.slice(0, 2), key.slice(2, 4), key)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await stat(join(dir, 'files'))).mode & 0o777).toBe(0o700)
    expect(await readdir(join(dir, 'files', 'incoming'))).toEqual([])
  })

  it('makes what is missing again: a folder taken away costs no picture', async () => {
    const dir = await testFolder()
    const store = folderStore(dir)
    const [first, second] = [newFileKey(), newFileKey()]
    await store.put(first, Buffer.from('x'))
    await rm(join(dir, 'incoming'), { recursive: true })
    await rm(join(dir, first.slice(0, 2)), { recursive: true })
    for (const key of [first, second]) {
      await store.put(key, Buffer.from(key))
      expect((await store.get(key))?.toString()).toBe(key)
    }
    expect(await readdir(join(dir, 'incoming'))).toEqual([])
  })

  it('leaves nothing half-written where a picture cannot be placed', async () => {
    const dir = await testFolder()
    const store = folderStore(dir)
    const key = newFileKey()
    await writeFile(join(dir, key.slice(0, 2)), 'a file where a folder is to be')
    await expect(store.put(key, Buffer.from('x'))).rejects.toThrow()
    expect(await readdir(join(dir, 'incoming'))).toEqual([])
  })

  it('lists its keys only, not what a crash or a stranger left', async () => {
    const dir = await testFolder()
    const store = folderStore(dir)
    expect(await keysOf(store)).toEqual([])
    const keys = [newFileKey(), newFileKey(), newFileKey()].sort()
    for (const key of keys) await store.put(key, Buffer.from('x'))
    await writeFile(join(dir, 'incoming', `${newFileKey()}.0badcafe`), 'half')
    await writeFile(join(dir, 'README'), 'stranger')
    await mkdir(join(dir, 'lost+found'))
    expect(await keysOf(store)).toEqual(keys)
  })

  it('makes keys that are never alike', () => {
    expect(newFileKey()).toMatch(/^[0-9a-f]{32}$/)
    expect(new Set(Array.from({ length: 100 }, newFileKey)).size).toBe(100)
  })
})

it('the source picture never stays in plain beside its sealed form', async () => {
  const dir = await testFolder()
  const key = newFileKey()
  await sealedFiles(folderStore(dir), sealer()).put(key, Buffer.from('a portrait'))
  const found = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  )
  expect(found).toHaveLength(1)
  for (const entry of found) {
    expect((await readFile(join(entry.parentPath, entry.name))).includes('portrait')).toBe(false)
  }
})

function sealer(): ByteSealer {
  const secret = randomBytes(32)
  return {
    sealBytes(bytes, context) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', secret, iv).setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(bytes), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), body])
    },
    unsealBytes(sealed, context) {
      const whole = Buffer.from(sealed)
      const opener = createDecipheriv('aes-256-gcm', secret, whole.subarray(0, 12), { authTagLength: 16 })
      opener.setAAD(Buffer.from(context)).setAuthTag(whole.subarray(12, 28))
      return Buffer.concat([opener.update(whole.subarray(28)), opener.final()])
    },
  }
}
