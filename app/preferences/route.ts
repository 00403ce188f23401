/** 长辈版 and 高对比: remembered in this browser for a year, set by a plain form so that no script is needed. */
import { cookies, headers } from 'next/headers'
import { localPath } from '#lib/schemas/local-path.ts'

const settings = [
  { name: 'size', on: 'large' },
  { name: 'contrast', on: 'high' },
] as const
const yearInSeconds = 365 * 24 * 60 * 60
const longest = 4096

const seeOther = (location: string) => new Response(null, { status: 303, headers: { location } })

/** Sets what was posted (`size`, `contrast`; anything but `large` / `high` clears it) and goes back where one was. */
export async function POST(request: Request): Promise<Response> {
  const length = request.headers.get('content-length')
  if (length === null || Number(length) > longest)
    return new Response(null, { status: length === null ? 411 : 413 })
  const form = await request.formData().catch(() => new FormData())
  const jar = await cookies()
  for (const { name, on } of settings) {
    const value = form.get(name)
    if (value === on) jar.set(name, on, { httpOnly: true, sameSite: 'lax', path: '/', maxAge: yearInSeconds })
    else if (value !== null) jar.delete(name)
  }
  const back = form.get('back')
  return seeOther(localPath(typeof back === 'string' ? back : (await headers()).get('referer')))
}
