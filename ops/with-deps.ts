import { makeAppKeys } from '#db/crypto.ts'
import { type Deps, openDeps } from '#lib/deps.ts'
import { readEnv } from '#lib/env.ts'
import { checkPlace } from '#lib/start-checks.ts'

/**
 * Runs an operator's work over the outside that the environment names, and closes it. Refuses where there is no database, outside
 * demo mode; with `isNew` it is made.
 */
export async function withDeps<T>(work: (deps: Deps) => Promise<T>, isNew = false): Promise<T> {
  const env = readEnv(process.env, makeAppKeys)
  await checkPlace(env, isNew)
  const deps = await openDeps(env)
  try {
    return await work(deps)
  } finally {
    await deps.store.close()
  }
}
