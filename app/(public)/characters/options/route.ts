import { findCharacters } from '#lib/views/characters.ts'

/** What the 生僻字 picker finds, for the popover (ACC-4). The same for everybody, so any cache may keep it. */
export function GET(request: Request): Response {
  const asked = new URL(request.url).searchParams
  return Response.json(findCharacters(asked.get('q') ?? '', asked.get('n') ?? ''), {
    headers: { 'cache-control': 'public, max-age=3600' },
  })
}
