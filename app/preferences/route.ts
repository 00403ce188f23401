/** 长辈版 and 高对比: remembered in this browser for a year, set by a plain form so that no script is needed. */
import { localPath } from '#lib/schemas/local-path.ts'

const settings = [
  { name: 'size', on: 'large' },
  { name: 'contrast', on: 'high' },
] as const
const yearInSeconds = 365 * 24 * 60 * 60
const longest = 4096

const cookie = (name: string, value: string) =>
  `${name}=${value}; Path=/; Max-Age=${value === '' ? 0 : yearInSeconds}; HttpOnly; SameSite=Lax`

/** Sets what was posted (`size`, `contrast`; anything but `large` / `high` clears it) and goes back where one was. */
export async function POST(request: Request): Promise<Response> {
  const length = request.headers.get('content-length')
  if (length === null) return new Response(null, { status: 411 })
  if (!(Number(length) <= longest)) return new Response(null, { status: 413 })
  const form = await request.formData().catch(() => new FormData())
  const posted = settings.filter(({ name }) => form.has(name))
  const back = form.get('back')
  return new Response(null, {
    status: 303,
    headers: [
      ['location', localPath(typeof back === 'string' ? back : request.headers.get('referer'))],
      ...posted.map(({ name, on }): [string, string] => [
        'set-cookie',
        cookie(name, form.get(name) === on ? on : ''),
      ]),
    ],
  })
}
