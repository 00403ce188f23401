/** Who acts on an application: their name and how to reach them stand beside its status (MSG-1). */
import type { ServiceCase } from '#db/queries/cases.ts'
import { departmentById } from '#db/queries/departments.ts'
import type { Deps } from '#lib/deps.ts'
import { isUnderReview } from '#lib/domain/case-states.ts'

const hasActed = ({ state }: ServiceCase) =>
  isUnderReview(state) || state === 'returned' || state === 'refused'

/** Whose turn it is, or who has returned or refused it; null where nobody has it. */
export async function actingDepartment({ store }: Deps, found: ServiceCase) {
  const id = found.sentTo ?? found.departmentId
  return id !== null && hasActed(found) ? departmentById(store.read, store.t, id) : null
}
