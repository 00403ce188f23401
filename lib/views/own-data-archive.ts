import { PassThrough, Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Deps } from '#lib/deps.ts'
import type { Applicant, Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { exportWords } from '#lib/text/my-account.ts'
import { isDamage } from './file.ts'
import { ownData } from './own-data.ts'

/** 导出本人信息 as a ZIP, written while it is read: one picture is in memory at a time. */
export async function ownDataArchive(
  deps: Deps,
  actor: Applicant | Staff,
): Promise<{ name: string; body: ReadableStream<Uint8Array<ArrayBuffer>> }> {
  const { data, pictures } = await ownData(deps, actor)
  const mtime = deps.clock.now()
  const zip = new ZipFile()
  const body = new PassThrough()
  zip.on('error', (error: Error) => body.destroy(error))
  zip.addBuffer(Buffer.from(`${JSON.stringify(data, null, 2)}\n`), exportWords.dataFile, { mtime })
  for (const { file, storageKey } of pictures)
    zip.addReadStreamLazy(file, { mtime, compress: false }, (give) => {
      deps.files.get(storageKey).then(
        // One that is lost or damaged stands in the archive empty, rather than that nobody gets theirs.
        (bytes) => give(null, Readable.from([bytes ?? Buffer.alloc(0)])),
        (error) =>
          isDamage(error) ? give(null, Readable.from([Buffer.alloc(0)])) : give(error, Readable.from([])),
      )
    })
  zip.end()
  zip.outputStream.pipe(body)
  return { name: exportWords.archive(dayOf(mtime)), body: webStream(body) }
}

/** Node's own bridge is typed for another ReadableStream than `Response` takes. */
function webStream(body: Readable): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks: AsyncIterator<Buffer> = body[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const next = await chunks.next()
      if (next.done) controller.close()
      else controller.enqueue(new Uint8Array(next.value))
    },
    cancel: () => void body.destroy(),
  })
}
