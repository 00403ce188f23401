import {
  departmentById,
  departmentChain,
  departmentsUnder,
  departmentTyped,
} from '#db/queries/departments.ts'
import type { Deps } from '#lib/deps.ts'

/** The three selects of DEP-1 as far as the choice leads: a stored node, or what the selects said (`a/b/c`). */
export async function departmentLevels(deps: Deps, chosen: string) {
  const { read, t } = deps.store
  const node = chosen.includes('/')
    ? await departmentTyped(read, t, chosen)
    : chosen === ''
      ? null
      : await departmentById(read, t, chosen)
  const chain = node ? await departmentChain(read, t, node) : []
  const levels = [await departmentsUnder(read, t, null)]
  for (const { id } of chain) {
    const below = await departmentsUnder(read, t, id)
    if (below.length === 0) break
    levels.push(below)
  }
  return {
    levels: levels.map((level) => level.map(({ id, name }) => ({ id, label: name }))),
    chain: chain.map(({ id }) => id),
    fullName: node?.fullName ?? '',
  }
}

/** Active nodes beneath one, for the cascade with script. */
export const departmentOptions = async (deps: Deps, parentId: string) =>
  (await departmentsUnder(deps.store.read, deps.store.t, parentId)).map(({ id, name }) => ({
    id,
    label: name,
  }))
