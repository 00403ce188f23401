/** The departments that collections of the corpus name, and what they take as proof. */
import { departments } from '#db/seed/departments.ts'
import type { TestDeps } from '#tests/support/deps.ts'
import { acceptedProofs } from './bases.ts'

const tree = departments()
const nodeOf = (id: string) => {
  const node = tree.find((one) => one.id === id)
  if (!node) throw new Error(`no such department: ${id}`)
  return node
}
/** Root first, as the three selects name it. */
export const chainOf = (id: string): string[] => {
  const { parentId } = nodeOf(id)
  return parentId === null ? [id] : [...chainOf(parentId), id]
}
const usable = ['440106', '440104', '440402', '440305', '430102']

export async function seedCorpusDepartments({ store, clock }: TestDeps) {
  const ids = [...new Set(usable.flatMap(chainOf))]
  await store.tx(async (q) => {
    for (const id of ids) {
      const { own: _own, ...seed } = nodeOf(id)
      const accepts = acceptedProofs[id]
      await q.insert(store.t.department).values({
        ...seed,
        path: chainOf(id).join('/'),
        createdAt: clock.now(),
        ...(accepts === undefined ? {} : { acceptedProofs: accepts }),
      })
    }
  })
}
