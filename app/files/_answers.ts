/** How an upload answers a browser, with script or without. */
import { keep } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { ownerOfCookie } from '#lib/auth/session.ts'
import { deps } from '#lib/deps.ts'
import type { Issue } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'
import { lostPictureSvg } from '#lib/views/lost-picture.ts'

/**
 * Where the upload comes back to: a redirect for a form; for the script that sent it in the background an address, and
 * what is wrong with this one picture of several.
 */
export const seeOther = (
  request: Request,
  to: string,
  { close = false, issues = [] }: { close?: boolean; issues?: readonly Issue[] } = {},
) => {
  const headers: Record<string, string> = close ? { connection: 'close' } : {}
  return request.headers.get('accept') === 'application/json'
    ? Response.json({ to, issues }, { headers })
    : new Response(null, { status: 303, headers: { location: to, ...headers } })
}

/** The file cannot be kept (SEC-5), but the way back to its page can. */
export async function signInFirst(request: Request, page: string) {
  const ownerId = await ownerOfCookie(await deps())
  if (ownerId === null) return seeOther(request, paths.login(), { close: true })
  const id = await keep({ page, form: new Form({}), secret: [], issues: [], notice: 'signed-out', ownerId })
  return seeOther(request, paths.login(id), { close: true })
}

/** In the place of a picture that is lost, wherever it stands, with script or without; the status tells programs and the log. */
export const lostPicture = () =>
  new Response(lostPictureSvg(), {
    status: 410,
    headers: {
      'content-type': 'image/svg+xml',
      'cache-control': 'private, no-store',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  })
