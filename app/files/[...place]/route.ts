import path from 'node:path'
import { keep, withEcho } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { requirePerson } from '#lib/auth/actors.ts'
import { viewer } from '#lib/auth/session.ts'
import { attachFile, mayAttach, type SlotPlace } from '#lib/commands/attach-file.ts'
import { takeUploadTurn } from '#lib/commands/take-upload-turn.ts'
import { deps } from '#lib/deps.ts'
import { isFault } from '#lib/domain/errors.ts'
import { release } from '#lib/domain/release.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import { inspectPicture, preview } from '#lib/files/inspect.ts'
import { arrivalIssue, judgePicture, mostReceived } from '#lib/files/judge.ts'
import { receive } from '#lib/files/receive.ts'
import { newFileKey } from '#lib/files/store.ts'
import { anchorOf } from '#lib/paths.ts'
import { isSectionId } from '#lib/sections/all.ts'
import { pictureFor } from '#lib/views/file.ts'
import { type SlotPage, slotPage } from '#lib/views/slot-page.ts'
import { lostPicture, seeOther, signInFirst } from '../_answers.ts'

interface Params {
  params: Promise<{ place: string[] }>
}

/** POST a picture to `/files/<case>/<section>/<row>/<slot>` (BAS-1, BAS-3): judged by address before a byte is read. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const d = await deps()
  const place = placeOf((await params).place)
  if (!place) return new Response(null, { status: 404 })
  const page = slotPage(place, new URL(request.url).searchParams.get('desk') ?? '')
  const { at } = page
  try {
    const actor = await requirePerson()
    const slot = await mayAttach(d, actor, place)
    await takeUploadTurn(d, actor)
    const back = (issues: readonly Issue[]) => refusal(request, page, actor.id, issues)
    const got = await receive(request, { maxBytes: mostReceived, dir: path.join(d.env.dataDir, 'incoming') })
    if (!got.ok) return back([arrivalIssue({ at, accept: slot.accept }, got)])
    const inspected = await inspectPicture(got.content).finally(() => got.drop())
    const judged = judgePicture(inspected, { at, accept: slot.accept })
    if (!judged.ok) return back(judged.issues)
    const { clean, ...measured } = judged.value
    const storageKey = newFileKey()
    const [digest = '', ...otherDigests] = d.keys.digests('picture', clean)
    await d.files.put(storageKey, clean)
    release(clean)
    try {
      await attachFile(d, actor, {
        ...place,
        picture: { ...measured, storageKey, name: got.originalName.slice(0, 120), digest, otherDigests },
      })
    } catch (error) {
      // Refused, so no row names it. After any other fault a commit may have gone through: the sweep decides.
      if (isFault(error)) await d.files.delete(storageKey)
      throw error
    }
    return seeOther(request, `${page.path}?done=uploaded#${anchorOf(at)}`)
  } catch (error) {
    const owner = (await viewer())?.actor.id ?? null
    if (isFault(error, 'refused'))
      return refusal(
        request,
        page,
        owner,
        error.issues.map((found) => (found.at?.startsWith('slot:') ? { ...found, at } : found)),
      )
    if (isFault(error, 'stale')) return refusal(request, page, owner, [issue(at, 'picture-interrupted')])
    if (isFault(error, 'signed-out')) return signInFirst(request, page.path)
    if (isFault(error, 'not-found')) return new Response(null, { status: 404 })
    throw error
  }
}

async function refusal(
  request: Request,
  { path: page, at }: SlotPage,
  ownerId: string | null,
  issues: readonly Issue[],
) {
  const id = await keep({ page, form: new Form({}), secret: [], issues, notice: '', ownerId })
  return seeOther(request, `${withEcho(page, id)}#${anchorOf(at)}`, { issues })
}

/** GET a stored picture, or a small one for lists; as an image and nothing else (SEC-3). */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const [fileId, ...rest] = (await params).place
  const found = await viewer()
  if (!found || !fileId || rest.length > 0) return new Response(null, { status: 404 })
  try {
    const { format, bytes } = await pictureFor(await deps(), found.actor, fileId)
    const small = new URL(request.url).searchParams.get('size') === 'small'
    const body = small ? await preview(bytes, { width: 320 }) : bytes
    return new Response(new Uint8Array(body), {
      headers: {
        'content-type': small ? 'image/jpeg' : `image/${format}`,
        'cache-control': 'private, no-store',
        'content-disposition': `inline; filename="picture.${small || format === 'jpeg' ? 'jpg' : 'png'}"`,
        'content-security-policy': "default-src 'none'; sandbox",
      },
    })
  } catch (error) {
    if (isFault(error, 'not-found')) return new Response(null, { status: 404 })
    if (isFault(error, 'lost')) return lostPicture()
    throw error
  }
}

function placeOf(place: readonly string[]): SlotPlace | null {
  const [caseId, section, rowId, slot] = place
  if (place.length !== 4 || !caseId || !section || !rowId || !slot || !isSectionId(section)) return null
  return { caseId, section, rowId, slot }
}
