import { escalateDepartments } from '#lib/commands/escalate-departments.ts'
import type { Deps } from '#lib/deps.ts'

/** Tells whoever stands above of departments whose cases nobody of their own reviews (REV-7); what was told today is not told again. */
export async function escalate(deps: Deps): Promise<void> {
  await escalateDepartments(deps)
}
