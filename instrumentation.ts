/** What Next calls once when the server starts, and for every fault of a page, action or route. */
import type { Instrumentation } from 'next'
import { noteUnavailable } from './db/unavailable.ts'
import { loggedPath } from './lib/door/logged-path.ts'
import { faultLine, processMark } from './lib/fault-line.ts'

export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return
  const { start } = await import('./lib/jobs/start.ts')
  await start()
}

export const onRequestError: Instrumentation.onRequestError = (error, request, context) => {
  // A disk or a bucket that failed; what databases throw is noted where they are asked.
  noteUnavailable(error)
  const id = request.headers['x-request-id']
  const line = {
    at: new Date().toISOString(),
    event: 'fault',
    ...(typeof id === 'string' ? { id } : {}),
    method: request.method,
    path: loggedPath(request.path.split('?', 1)[0] ?? ''),
    route: context.routePath,
    ...faultLine(error),
    ...processMark(),
  }
  console.log(JSON.stringify(line))
}
