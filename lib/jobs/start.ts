import { deps } from '#lib/deps.ts'
import { startWorker } from './worker.ts'

/** Opens the process's dependencies and starts its worker. */
export async function start(): Promise<void> {
  startWorker(await deps())
}
