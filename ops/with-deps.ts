import { makeAppKeys } from '#db/crypto.ts'
import { type Deps, openDeps } from '#lib/deps.ts'
import { readEnv } from '#lib/env.ts'

/** Runs an operator's work over the outside that the environment names, and closes it. */
export async function withDeps<T>(work: (deps: Deps) => Promise<T>): Promise<T> {
  const deps = await openDeps(readEnv(process.env, makeAppKeys))
  try {
    return await work(deps)
  } finally {
    await deps.store.close()
  }
}
