import { holdFolder } from '#db/only-server.ts'
import type { Env } from '#lib/env.ts'
import { once } from '#lib/once.ts'

/**
 * One server process on an embedded database: two would each keep limits, jobs and the one writer to themselves. Ends this process
 * with a sentence where another server has the folder; operators' verbs may run beside a server and do not ask.
 */
export async function beOnlyServer({
  dataDir,
  databaseUrl,
}: Pick<Env, 'dataDir' | 'databaseUrl'>): Promise<void> {
  if (databaseUrl) return
  if (await once('only-server', () => holdFolder(dataDir))) return
  console.error(
    `Another server process is running on ${dataDir}: stop it first, or give this one a DATA_DIR of its own. Several processes need DATABASE_URL (PostgreSQL).`,
  )
  process.exit(1)
}
