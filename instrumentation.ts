/** What Next calls once when the server starts, and for every fault of a page, action or route. */
import type { Instrumentation } from 'next'

export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return
  const { start } = await import('./lib/jobs/start.ts')
  await start()
}

const idOf = (header: string | readonly string[] | undefined) => (typeof header === 'string' ? header : '')

/** Where a fault was, without its message: a database error spells out the values it was given. */
function described(error: unknown) {
  if (!(error instanceof Error)) return { fault: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const digest = 'digest' in error && typeof error.digest === 'string' ? { digest: error.digest } : {}
  const cause = error.cause instanceof Error ? { cause: error.cause.name } : {}
  return { fault: error.name, ...code, ...digest, ...cause, stack: frames.slice(0, 12).map((line) => line.trim()) }
}

export const onRequestError: Instrumentation.onRequestError = (error, request, context) => {
  const line = {
    at: new Date().toISOString(),
    event: 'fault',
    id: idOf(request.headers['x-request-id']),
    method: request.method,
    path: request.path.split('?', 1)[0],
    route: context.routePath,
    ...described(error),
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
