import { loadDepartments } from '#db/seed/load-departments.ts'
import type { Deps } from '#lib/deps.ts'
import { withDeps } from './with-deps.ts'

/** Applies the migrations that are missing and brings the tree of departments up to date; says what it changed. */
export async function migrate({ store, clock }: Pick<Deps, 'store' | 'clock'>): Promise<string> {
  await store.migrate()
  const { added, corrected } = await loadDepartments(store, clock.now())
  return added + corrected === 0 ? '' : `departments: ${added} added, ${corrected} corrected`
}

export const run = async () => {
  const said = await withDeps(migrate)
  if (said !== '') console.log(said)
}
