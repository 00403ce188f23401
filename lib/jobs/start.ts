import { deps, env } from '#lib/deps.ts'
import { once } from '#lib/once.ts'
import { checkPlace, checkStore } from '#lib/start-checks.ts'
import { beOnlyServer } from './only-server.ts'
import { startWorker } from './worker.ts'

/** Ends the process with the sentence of what speaks against serving: half a server would answer every request with a fault. */
async function orEnd<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check()
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    return process.exit(1)
  }
}

/** Opens the process's dependencies, once nothing speaks against it, and starts its worker. */
export async function start(): Promise<void> {
  await orEnd(() => checkPlace(env()))
  await beOnlyServer(env())
  const opened = await orEnd(deps)
  for (const line of await orEnd(() => checkStore(opened))) console.error(line)
  startWorker(opened)
  once('started', () => true) // server.ts waits for it before it listens
}
