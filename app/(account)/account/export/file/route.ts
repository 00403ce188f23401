import { typedIn } from '#app/_form/typed.ts'
import { keep, withEcho } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { requireHolder } from '#lib/auth/actors.ts'
import { ownerOfCookie, viewer } from '#lib/auth/session.ts'
import { beginExport } from '#lib/commands/begin-export.ts'
import { deps } from '#lib/deps.ts'
import { isFault } from '#lib/domain/errors.ts'
import type { Issue } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'
import { ownDataArchive } from '#lib/views/own-data-archive.ts'

const longest = 4096
const nothing = new Form({})

const seeOther = (to: string) => new Response(null, { status: 303, headers: { location: to } })

/** 导出 (ACC-8): the archive as a download; what is wrong leads back to the page, as any other form does. */
export async function POST(request: Request): Promise<Response> {
  if (!(Number(request.headers.get('content-length') ?? Number.NaN) <= longest))
    return new Response(null, { status: 413 })
  const form = new Form(await request.formData().catch(() => new FormData()))
  const d = await deps()
  try {
    const actor = await requireHolder()
    await beginExport(d, actor, { typed: typedIn(form) })
    const { name, body } = await ownDataArchive(d, actor)
    return new Response(body, {
      headers: {
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="personal-data.zip"; filename*=UTF-8''${encodeURIComponent(name)}`,
        'cache-control': 'private, no-store',
      },
    })
  } catch (error) {
    if (isFault(error, 'refused')) return refusal(error.issues)
    if (isFault(error, 'signed-out')) return signInFirst()
    if (isFault(error, 'not-found')) return new Response(null, { status: 404 })
    throw error
  }
}

async function refusal(issues: readonly Issue[]) {
  const ownerId = (await viewer())?.actor.id ?? null
  const id = await keep({
    page: paths.accountExport,
    form: nothing,
    secret: [],
    issues,
    notice: '',
    ownerId,
  })
  return seeOther(`${withEcho(paths.accountExport, id)}#errors`)
}

/** The password is not kept, the way back to the page is (SEC-5). */
async function signInFirst() {
  const ownerId = await ownerOfCookie(await deps())
  if (ownerId === null) return seeOther(paths.login())
  const page = paths.accountExport
  return seeOther(
    paths.login(await keep({ page, form: nothing, secret: [], issues: [], notice: 'signed-out', ownerId })),
  )
}
