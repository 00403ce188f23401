/** What every store of files promises (OPS-3), asked of the folder and of a bucket alike. */
import { createHash } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { makeAppKeys, openKeyring } from '#db/crypto.ts'
import { isUnavailable } from '#db/unavailable.ts'
import { openFiles } from '#lib/files/open.ts'
import { readFilesUrl } from '#lib/files/settings.ts'
import { type FileStore, newFileKey, sealedFiles } from '#lib/files/store.ts'
import { bucketStore } from '#lib/files/store-s3.ts'
import { testFolder } from '#tests/support/folder.ts'
import { type Bucket, startBucket } from '#tests/support/s3.ts'

let bucket: Bucket
beforeAll(async () => {
  bucket = await startBucket()
})
afterAll(() => bucket.stop())

const keysOf = async (store: FileStore) => {
  const keys: string[] = []
  for await (const { key } of store.list()) keys.push(key)
  return keys.sort()
}
let prefixes = 0

const stores = [
  { name: 'folder', open: async () => openFiles({ kind: 'folder', dir: await testFolder() }) },
  { name: 'bucket', open: () => openFiles(bucket.settings(`of-test-${++prefixes}`)) },
] as const

describe.each(stores)('the $name', ({ open }) => {
  it('gives back what was put, until it is deleted', async () => {
    const store = await open()
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (bytes) => {
        const key = newFileKey()
        await store.put(key, bytes)
        expect(Uint8Array.from((await store.get(key)) ?? [1])).toEqual(bytes)
        await store.delete(key)
        expect(await store.get(key)).toBeNull()
      }),
      { numRuns: 15 },
    )
    await store.delete(newFileKey())
    expect(await store.get(newFileKey())).toBeNull()
  })

  it('replaces a file whole, whoever else replaces it at the same time', async () => {
    const store = await open()
    const key = newFileKey()
    await store.put(key, Buffer.from('a long first version'))
    await store.put(key, Buffer.from('short'))
    expect((await store.get(key))?.toString()).toBe('short')
    const versions = Array.from({ length: 8 }, (_, n) => Buffer.alloc(50_000, n))
    await Promise.all(versions.map((bytes) => store.put(key, bytes)))
    const left = await store.get(key)
    expect(versions.some((bytes) => left?.equals(bytes))).toBe(true)
    expect(await keysOf(store)).toEqual([key])
  })

  it('keeps a large picture byte for byte', async () => {
    const store = await open()
    const key = newFileKey()
    const bytes = createHash('shake256', { outputLength: 6_000_000 }).update('picture').digest()
    await store.put(key, bytes)
    expect((await store.get(key))?.equals(bytes)).toBe(true)
  })

  it('lists its keys with the time they came, and those of nobody else', async () => {
    const [store, other] = [await open(), await open()]
    const since = Date.now() - 2_000
    expect(await keysOf(store)).toEqual([])
    const keys = [newFileKey(), newFileKey(), newFileKey()].sort()
    for (const key of keys) await store.put(key, Buffer.from('x'))
    await other.put(newFileKey(), Buffer.from('x'))
    expect(await keysOf(store)).toEqual(keys)
    for await (const { storedAt } of store.list()) {
      expect(storedAt.getTime()).toBeGreaterThan(since)
      expect(storedAt.getTime()).toBeLessThan(Date.now() + 2_000)
    }
  })

  it.each(['', '../../../etc/passwd', 'ABCDEF0123456789ABCDEF0123456789', `${'a'.repeat(32)}/x`])(
    'refuses the key %j',
    async (key) => {
      const store = await open()
      await expect(store.put(key, Buffer.from('x'))).rejects.toThrow(RangeError)
      await expect(store.get(key)).rejects.toThrow(RangeError)
      await expect(store.delete(key)).rejects.toThrow(RangeError)
    },
  )

  it('holds nothing that can be read, and opens a file under its own key alone, when it is sealed', async () => {
    const raw = await open()
    const store = sealedFiles(raw, openKeyring(makeAppKeys()))
    const [mine, other] = [newFileKey(), newFileKey()]
    await store.put(mine, Buffer.from('a portrait'))
    expect((await raw.get(mine))?.includes('portrait')).toBe(false)
    expect((await store.get(mine))?.toString()).toBe('a portrait')
    await raw.put(other, (await raw.get(mine)) ?? Buffer.alloc(0))
    await expect(store.get(other)).rejects.toThrow()
  })
})

describe('a bucket', () => {
  const allFail = async (store: FileStore, cause: string | RegExp) => {
    const key = newFileKey()
    const list = async () => {
      for await (const { key: found } of store.list()) throw new Error(`listed ${found}`)
    }
    for (const call of [
      () => store.put(key, Buffer.from('x')),
      () => store.get(key),
      () => store.delete(key),
      list,
    ]) {
      const error: unknown = await call().catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'files-unavailable' })
      expect(isUnavailable(error)).toBe(true)
      const named = error instanceof Error && error.cause instanceof Error ? error.cause : null
      expect(named?.name).toMatch(cause)
      // A fault is logged, and says nothing of keys or addresses.
      expect(named?.message).toBe('')
    }
  }

  it('says that files cannot be had while nobody answers, and works again once somebody does', async () => {
    const store = bucketStore(bucket.settings('of-outage'))
    const key = newFileKey()
    await store.put(key, Buffer.from('before'))
    await bucket.goAway()
    await allFail(store, 'ECONNREFUSED')
    await bucket.comeBack()
    expect((await store.get(key))?.toString()).toBe('before')
  })

  it('says the same of a wrong key and of a bucket that is not there, never that a file is missing', async () => {
    const settings = bucket.settings()
    await allFail(bucketStore({ ...settings, keyId: 'nobody' }), /InvalidAccessKeyId|Forbidden|403/)
    await allFail(bucketStore({ ...settings, bucket: 'nowhere' }), 'NoSuchBucket')
  })

  /** A service that answers as told, of this test's own. */
  async function standIn(answer: (url: URL, method: string, response: ServerResponse) => void) {
    const server = createServer((request, response) =>
      answer(new URL(request.url ?? '/', 'http://s3'), request.method ?? '', response),
    )
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const { port } = server.address() as AddressInfo
    const at = `s3://pictures?endpoint=http://127.0.0.1:${port}&path-style=1&prefix=files`
    return readFilesUrl(at, { keyId: 'a', keySecret: 'b' })
  }

  it('is given up after a while when it does not end its answers', async () => {
    const settings = await standIn((url, method, response) => {
      if (method !== 'GET' || url.searchParams.has('list-type')) return
      response.writeHead(200, { 'content-length': '1000' })
      response.write('x'.repeat(500))
    })
    const began = Date.now()
    await allFail(bucketStore(settings, { connectMs: 200, answerMs: 200, callMs: 300 }), /./)
    expect(Date.now() - began).toBeLessThan(8_000)
  })

  it('lists page after page, in the words of the protocol', async () => {
    const keys = Array.from({ length: 5 }, newFileKey)
    const entry = (key: string) =>
      `<Contents><Key>files/${key.slice(0, 2)}/${key.slice(2, 4)}/${key}</Key><LastModified>2026-11-20T08:00:00.000Z</LastModified><Size>1</Size></Contents>`
    const asked: string[] = []
    const settings = await standIn(({ searchParams }, _method, response) => {
      const token = searchParams.get('continuation-token')
      asked.push(`${searchParams.get('prefix')} ${token}`)
      const from = Number(token ?? 0)
      const more = from + 2 < keys.length
      response.setHeader('content-type', 'application/xml')
      response.end(
        `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>pictures</Name>${keys
          .slice(from, from + 2)
          .map(entry)
          .join(
            '',
          )}<Contents><Key>files/README</Key><LastModified>2026-11-20T08:00:00.000Z</LastModified></Contents><IsTruncated>${more}</IsTruncated>${
          more ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : ''
        }</ListBucketResult>`,
      )
    })
    expect(await keysOf(bucketStore(settings))).toEqual(keys.toSorted())
    expect(asked).toEqual(['files/ null', 'files/ 2', 'files/ 4'])
  })

  it('is asked again when it fails for a moment', async () => {
    let calls = 0
    const settings = await standIn((_url, _method, response) => {
      calls += 1
      response.statusCode = calls === 1 ? 503 : 200
      response.end()
    })
    await bucketStore(settings).put(newFileKey(), Buffer.from('x'))
    expect(calls).toBe(2)
  })
})
