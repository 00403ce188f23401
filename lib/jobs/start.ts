import { deps, env } from '#lib/deps.ts'
import { once } from '#lib/once.ts'
import { checkPlace, checkStore } from '#lib/start-checks.ts'
import { beOnlyServer } from './only-server.ts'
import { startWorker } from './worker.ts'

/**
 * Opens the process's dependencies, once nothing speaks against it, and starts its worker. Ends the process with the sentence of
 * what does, whatever it is: Next would go on without, and half a server would answer every request with a fault.
 */
export async function start(): Promise<void> {
  try {
    await checkPlace(env())
    await beOnlyServer(env())
    const opened = await deps()
    for (const line of await checkStore(opened)) console.error(line)
    startWorker(opened)
    once('started', () => true) // server.ts waits for it before it listens
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  }
}
