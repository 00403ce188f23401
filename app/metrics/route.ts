import { mayReadMetrics } from '#lib/auth/metrics-reader.ts'
import { deps, env } from '#lib/deps.ts'
import { metrics, metricsType } from '#lib/views/metrics.ts'

export const dynamic = 'force-dynamic'

/** Of several processes behind one port another one is to answer the next time. */
const headers = { 'cache-control': 'no-store', connection: 'close' }

/** The numbers of docs/operations.md for who asks on this machine or shows the token; for everybody else there is nothing here. */
export async function GET(request: Request) {
  if (!mayReadMetrics(request.headers, env().metricsToken))
    return new Response('not found', { status: 404, headers })
  return new Response(await metrics(await deps()), { headers: { ...headers, 'content-type': metricsType } })
}
