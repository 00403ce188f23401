/** Files in a bucket (OPS-3), named as the folder names them: `files/` copied into the bucket under the prefix is the same store. */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import type { BucketSettings } from './settings.ts'
import { type FileStore, keyAt, placeOf } from './store.ts'

interface Bounds {
  /** What one try may take to connect and to answer, and all tries of a call together: who waits is a person with a form. */
  readonly connectMs: number
  readonly answerMs: number
  readonly callMs: number
}
const usual: Bounds = { connectMs: 3_000, answerMs: 10_000, callMs: 20_000 }
const tries = 3
const sockets = 50

/**
 * What a caller learns: that the files cannot be had now. The cause is a name (`ECONNREFUSED`, `AccessDenied`) for the
 * log, and nothing of the request.
 */
class FilesUnavailable extends Error {
  readonly code = 'files-unavailable'
}

const nameOf = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error
  const code: unknown = Reflect.get(error, 'code')
  return typeof code === 'string' ? code : error.name
}

function unavailable(error: unknown): FilesUnavailable {
  const cause = new Error()
  cause.name = nameOf(error)
  return new FilesUnavailable('The file store does not answer', { cause })
}

const isMissing = (error: unknown) => nameOf(error) === 'NoSuchKey'

/** Opens no connection by itself: one that is down is found by the first call, which throws `files-unavailable`. */
export function bucketStore(settings: BucketSettings, bounds: Partial<Bounds> = {}): FileStore {
  const { connectMs, answerMs, callMs } = { ...usual, ...bounds }
  const { bucket: Bucket, endpoint, region, prefix, pathStyle, keyId, keySecret } = settings
  const agent = { keepAlive: true, maxSockets: sockets }
  const client = new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    forcePathStyle: pathStyle,
    credentials: { accessKeyId: keyId, secretAccessKey: keySecret },
    maxAttempts: tries,
    retryMode: 'standard',
    // Services that are not Amazon's refuse the newer checksums; bytes are signed by their SHA-256, and sealed, anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: connectMs,
      requestTimeout: answerMs,
      throwOnRequestTimeout: true,
      socketTimeout: answerMs,
      httpAgent: agent,
      httpsAgent: agent,
    },
  })
  const objectOf = (key: string) => ({ Bucket, Key: prefix + placeOf(key).join('/') })
  const limited = () => ({ abortSignal: AbortSignal.timeout(callMs) })
  const answered = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call()
    } catch (error) {
      throw unavailable(error)
    }
  }
  return {
    async put(key, bytes) {
      const object = { ...objectOf(key), Body: bytes, ContentType: 'application/octet-stream' }
      await answered(() => client.send(new PutObjectCommand(object), limited()))
    },
    async get(key) {
      const object = objectOf(key)
      return answered(async () => {
        try {
          const { Body } = await client.send(new GetObjectCommand(object), limited())
          if (!Body) throw new Error('an object without a body')
          return Buffer.from(await Body.transformToByteArray())
        } catch (error) {
          if (isMissing(error)) return null
          throw error
        }
      })
    },
    async delete(key) {
      const object = objectOf(key)
      await answered(() => client.send(new DeleteObjectCommand(object), limited()))
    },
    async *list() {
      for (let ContinuationToken: string | undefined; ; ) {
        const from = { Bucket, Prefix: prefix, ...(ContinuationToken ? { ContinuationToken } : {}) }
        const page = await answered(() => client.send(new ListObjectsV2Command(from), limited()))
        for (const { Key: name = '', LastModified } of page.Contents ?? []) {
          const key = keyAt(name.slice(prefix.length))
          if (key !== null && LastModified) yield { key, storedAt: LastModified }
        }
        if (!page.NextContinuationToken) return
        ContinuationToken = page.NextContinuationToken
      }
    },
  }
}
