/**
 * `node server.ts [--dev]`: the application behind its door. Runs from a checkout and, copied with `lib/door`,
 * `lib/text/door.ts`, `lib/fault-line.ts` and `lib/network.ts`, beside a standalone build, so it may import nothing but
 * node:*, next and those.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createDoor, type LogLine } from './lib/door/door.ts'
import { logLines } from './lib/door/log-lines.ts'
import { isEveryAddress, originAt } from './lib/door/origin.ts'
import { prerendered } from './lib/door/policy.ts'
import { doorSettings, processesOf } from './lib/door/settings.ts'
import { faultLine, processMark } from './lib/fault-line.ts'

const drainLimit = 25_000
const startLimit = 60_000
const dir = import.meta.dirname
const dev = process.argv.includes('--dev')

const stop = (sentence: string): never => {
  console.error(sentence)
  process.exit(1)
}
const lines = logLines((text) => void process.stdout.write(text))
process.once('exit', lines.flush)
const log = (line: LogLine) => lines.say({ ...line, ...processMark() })
const now = () => new Date().toISOString()

// better-sqlite3 ends an older Node without a word.
if (Number(process.versions.napi) < 10)
  stop(`Node 24 is needed, this is ${process.version}: use "npm start".`)
process.chdir(dir)

const { settings, processes } = (() => {
  try {
    return { settings: doorSettings(process.env, dev), processes: processesOf(process.env, dev) }
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error))
  }
})()

const requiredFiles = join(dir, '.next/required-server-files.json')
if (!dev && !existsSync(requiredFiles))
  stop('There is no build here: use "npm start", or "npm run build" first.')
const conf = dev ? undefined : JSON.parse(readFileSync(requiredFiles, 'utf8')).config

const isOneOfMany = process.env.PROCESS_NUMBER !== undefined
if (processes > 1 && !isOneOfMany) {
  const { keepProcesses } = await import('./lib/door/processes.ts')
  const code = await keepProcesses({
    count: processes,
    port: settings.port,
    host: settings.host,
    log: (line) => log({ at: now(), ...line }),
    limit: drainLimit + 10_000,
    listening: () => process.send?.('listening'),
  }).catch((error: Error) => stop(`Cannot listen on ${settings.host}:${settings.port}: ${error.message}`))
  process.exit(code)
}

process.env.TZ ??= 'Asia/Shanghai'
const near = isEveryAddress(settings.host) ? '127.0.0.1' : settings.host
Object.assign(process.env, {
  NODE_ENV: dev ? 'development' : 'production',
  NEXT_TELEMETRY_DISABLED: '1',
  // After an action Next fetches the page it redirects to: from itself, not by way of the public address.
  __NEXT_PRIVATE_ORIGIN: originAt(near, settings.port),
  ...(process.env.ACTION_KEY ? { NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: process.env.ACTION_KEY } : {}),
  ...(conf ? { __NEXT_PRIVATE_STANDALONE_CONFIG: JSON.stringify(conf) } : {}),
})

const { default: next } = await import('next')
const app = next({ dev, dir, hostname: settings.host, port: settings.port, conf })
await app.prepare()

/** Set by lib/jobs/start.ts once nothing speaks against serving; where something does, that ends this process with a sentence. */
const isStarted = () => Reflect.get(globalThis, Symbol.for('app.started')) === true
for (const until = performance.now() + startLimit; !dev && !isStarted() && performance.now() < until; )
  await sleep(10)
if (!dev && !isStarted()) stop('The application has not come up: see the lines above.')

const pages = dev ? new Map<string, readonly string[]>() : prerendered(join(dir, '.next/server/app'))
const door = createDoor({ settings, handle: app.getRequestHandler(), prerendered: pages, log })
door.server.once('error', (error) =>
  stop(`Cannot listen on ${settings.host}:${settings.port}: ${error.message}`),
)
door.server.listen({ port: settings.port, host: settings.host, reusePort: isOneOfMany }, () => {
  log({ at: now(), event: 'listening', origin: settings.origins[0], dev })
  process.send?.('listening')
})

/** What the application wants closed before the process ends: `once('closers', () => [])` in lib/deps.ts. */
const closers = (): (() => Promise<void>)[] => {
  const made: unknown = Reflect.get(globalThis, Symbol.for('app.closers'))
  return Array.isArray(made) ? made : []
}

let ending = false
const end = async (reason: string, code: number) => {
  if (ending) return
  ending = true
  log({ at: now(), event: 'draining', reason })
  setTimeout(() => process.exit(code || 1), drainLimit + 5_000).unref()
  await door.drain(drainLimit)
  await Promise.allSettled(closers().map((close) => close()))
  await app.close()
  log({ at: now(), event: 'stopped' })
  process.exit(code)
}
process.on('SIGTERM', () => void end('SIGTERM', 0))
process.on('SIGINT', () => void end('SIGINT', 0))
// Started by another process of ours: its end is the end of this one.
process.once('disconnect', () => void end('parent gone', 0))

/** A browser that goes away mid-upload is no fault of ours. */
const gone = new Set(['ECONNRESET', 'EPIPE', 'ABORT_ERR', 'ERR_STREAM_PREMATURE_CLOSE'])
const isGone = (error: unknown) =>
  error instanceof Error && (error.message === 'aborted' || gone.has(String(Reflect.get(error, 'code'))))
process.stdout.on('error', () => {})
process.on('unhandledRejection', (error) => {
  if (!isGone(error)) log({ at: now(), event: 'rejection', ...faultLine(error) })
})
process.on('uncaughtException', (error) => {
  if (isGone(error)) return
  log({ at: now(), event: 'exception', ...faultLine(error) })
  void end('exception', 1)
})
