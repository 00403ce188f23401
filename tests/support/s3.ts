/**
 * An S3 service of one's own on the loopback: s3rver over a temporary folder. It knows one key, checks no signature of version 4,
 * and cannot list further than one page on this Node.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import S3rver from 's3rver'
import { type BucketSettings, readFilesUrl } from '#lib/files/settings.ts'
import { quickest } from './quickest.ts'

export interface Bucket {
  /** What a server needs to keep its files here. */
  readonly env: Readonly<Record<'FILES_URL' | 'AWS_ACCESS_KEY_ID' | 'AWS_SECRET_ACCESS_KEY', string>>
  /** The same as the store takes it, under a prefix of one's own. */
  settings(prefix?: string): BucketSettings
  /** Nobody answers any more, at once. */
  goAway(): Promise<void>
  /** It answers again, at the same address, with what it held. */
  comeBack(): Promise<void>
  stop(): Promise<void>
}

const name = 'pictures'
/** The one that it knows. */
const keys = { keyId: 'S3RVER', keySecret: 'S3RVER' }

export async function startBucket(): Promise<Bucket> {
  const directory = await mkdtemp(path.join(await quickest(), 'kuaiji-s3-'))
  const listen = async (port: number) => {
    const service = new S3rver({
      address: '127.0.0.1',
      port,
      silent: true,
      directory,
      vhostBuckets: false,
      configureBuckets: [{ name }],
    })
    const bound = await service.run()
    return { service, port: bound.port }
  }
  let { service, port } = await listen(0)
  let isUp = true
  const goAway = async () => {
    if (!isUp) return
    isUp = false
    const { httpServer } = service
    const closed = new Promise((done) => httpServer.close(done))
    httpServer.closeAllConnections()
    await closed
  }
  const url = (prefix: string) =>
    `s3://${name}?endpoint=http://127.0.0.1:${port}&region=cn-north-1&prefix=${prefix}&path-style=1`
  return {
    env: {
      FILES_URL: url('files'),
      AWS_ACCESS_KEY_ID: keys.keyId,
      AWS_SECRET_ACCESS_KEY: keys.keySecret,
    },
    settings: (prefix = 'files') => readFilesUrl(url(prefix), keys),
    goAway,
    async comeBack() {
      ;({ service, port } = await listen(port))
      isUp = true
    },
    async stop() {
      await goAway()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
