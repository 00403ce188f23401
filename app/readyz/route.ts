import { deps } from '#lib/deps.ts'
import { readiness } from '#lib/views/readiness.ts'

export const dynamic = 'force-dynamic'

/** 200 when this process can serve, else 503; which check fails, and nothing that tells where or why. */
export async function GET() {
  const found = await deps()
    .then(readiness)
    .catch(() => ({ ready: false }))
  return Response.json(found, { status: found.ready ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}
