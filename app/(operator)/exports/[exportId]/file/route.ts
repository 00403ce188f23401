import { keep } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { requireStaff } from '#lib/auth/actors.ts'
import { ownerOfCookie } from '#lib/auth/session.ts'
import { fetchExport } from '#lib/commands/fetch-export.ts'
import { deps } from '#lib/deps.ts'
import { isFault } from '#lib/domain/errors.ts'
import { paths } from '#lib/paths.ts'

interface Params {
  params: Promise<{ exportId: string }>
}

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** 下载 (ADM-2): a POST, because each one leaves a line in the log. */
export async function POST(_request: Request, { params }: Params): Promise<Response> {
  const d = await deps()
  try {
    const { exportId } = await params
    const file = await fetchExport(d, await requireStaff(), { exportId })
    return new Response(new Uint8Array(file.bytes), {
      headers: {
        'content-type': types[file.format],
        'content-length': String(file.bytes.length),
        'content-disposition': attachment(file),
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      },
    })
  } catch (error) {
    if (isFault(error, 'not-found')) return new Response(null, { status: 404 })
    if (isFault(error, 'signed-out')) return signInFirst(await ownerOfCookie(d))
    throw error
  }
}

/** RFC 6266: the first name for programs that know no other. `encodeURIComponent` leaves some that RFC 8187 does not allow. */
function attachment({ name, asciiName }: { name: string; asciiName: string }): string {
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${asciiName}"; filename*=UTF-8''${encoded}`
}

/** Back to the list afterwards, where the button is pressed again (SEC-5). */
async function signInFirst(ownerId: string | null): Promise<Response> {
  const page = paths.exports()
  const kept = { page, form: new Form({}), secret: [], issues: [], notice: 'signed-out', ownerId } as const
  const to = ownerId === null ? paths.login() : paths.login(await keep(kept))
  return new Response(null, { status: 303, headers: { location: to } })
}
