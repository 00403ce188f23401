import { randomBytes } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { departmentsUnder } from '#db/queries/departments.ts'
import type { Deps } from '#lib/deps.ts'

export interface Readiness {
  readonly ready: boolean
  /** Which of the three fail; why is for the log, never for the answer. */
  readonly checks: Readonly<Record<'store' | 'migrations' | 'disk', 'ok' | 'failed'>>
}

const outcome = async (check: () => Promise<unknown>): Promise<'ok' | 'failed'> =>
  check().then(
    () => 'ok',
    () => 'failed',
  )

async function writable(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const probe = path.join(folder, `.ready-${randomBytes(6).toString('hex')}`)
  try {
    await writeFile(probe, 'ready')
  } finally {
    await rm(probe, { force: true })
  }
}

/** Whether this process can serve: the store answers, every migration and the reference data are there, the disk takes a file. */
export async function readiness({ store, env }: Pick<Deps, 'store' | 'env'>): Promise<Readiness> {
  const [answers, migrated, disk] = await Promise.all([
    outcome(() => store.ping()),
    outcome(async () => {
      if ((await store.pendingMigrations()) > 0) throw new Error('migrations are missing')
      const provinces = await departmentsUnder(store.read, store.t, null)
      if (provinces.length === 0) throw new Error('no departments')
    }),
    outcome(() => writable(env.dataDir)),
  ])
  const checks = { store: answers, migrations: migrated, disk }
  return { ready: Object.values(checks).every((check) => check === 'ok'), checks }
}
