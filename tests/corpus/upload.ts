/** A picture sent to a slot as the upload route does it: received, inspected, judged, placed. */
import { attachFile, mayAttach, type SlotPlace } from '#lib/commands/attach-file.ts'
import type { Person } from '#lib/domain/actor.ts'
import { isFault } from '#lib/domain/errors.ts'
import type { Issue } from '#lib/domain/result.ts'
import { type Inspected, inspectPicture } from '#lib/files/inspect.ts'
import { arrivalIssue, judgePicture, mostReceived } from '#lib/files/judge.ts'
import { type NotReceived, receive } from '#lib/files/receive.ts'
import { newFileKey } from '#lib/files/store.ts'
import type { TestDeps } from '#tests/support/deps.ts'
import { type Drawn, drawnAs } from './pictures.ts'

/** What came of a picture before any slot had a word. */
export type Arrived = { readonly refused: Pick<NotReceived, 'code'> } | { readonly inspected: Inspected }

/** As a browser posts it: with its length. */
async function posted(bytes: Buffer, breaksOff: boolean): Promise<Request> {
  const form = new FormData()
  form.set('file', new File([new Uint8Array(bytes)], '图片.jpg', { type: 'image/jpeg' }))
  const whole = new Request('http://x', { method: 'POST', body: form })
  const body = await whole.arrayBuffer()
  const headers = new Headers(whole.headers)
  headers.set('content-length', String(body.byteLength))
  return new Request('http://x', { method: 'POST', body: breaksOff ? body.slice(0, -500) : body, headers })
}

async function arrive({ draw, breaksOff }: Drawn, dir: string): Promise<Arrived> {
  const got = await receive(await posted(await draw(), breaksOff === true), { maxBytes: mostReceived, dir })
  if (!got.ok) return { refused: got }
  try {
    return { inspected: await inspectPicture(got.content) }
  } finally {
    await got.drop()
  }
}

/** Each picture is drawn and looked at once, however many people send it. */
export function lightTable(dir: string) {
  const seen = new Map<string, Promise<Arrived>>()
  return (name: string): Promise<Arrived> => {
    const known = seen.get(name) ?? arrive(drawnAs(name), dir)
    seen.set(name, known)
    return known
  }
}

/** What is wrong with it; nothing where it stands in its slot now. */
export async function upload(
  deps: TestDeps,
  actor: Person,
  place: SlotPlace,
  { name, arrived }: { name: string; arrived: Arrived },
): Promise<readonly Issue[]> {
  const at = `slot:${place.slot}`
  try {
    const slot = await mayAttach(deps, actor, place)
    if ('refused' in arrived) return [arrivalIssue({ at, accept: slot.accept }, arrived.refused)]
    const judged = judgePicture(arrived.inspected, { at, accept: slot.accept })
    if (!judged.ok) return judged.issues
    const { clean, ...measured } = judged.value
    const storageKey = newFileKey()
    await deps.files.put(storageKey, clean)
    // Everybody's pictures are their own, although they were drawn once.
    const own = Buffer.from([place.caseId, place.rowId, place.slot, storageKey].join('/'))
    await attachFile(deps, actor, {
      ...place,
      picture: { ...measured, storageKey, name, digest: deps.keys.digest('picture', own) },
    })
    return []
  } catch (error) {
    if (isFault(error, 'refused')) return error.issues
    throw error
  }
}
