import { eq } from 'drizzle-orm'
import { type ProvinceRules, provinceOf, usualRules } from '#lib/domain/province-rules.ts'
import { type Given, prepared } from '../prepared.ts'
import type { Q, Schema } from '../store.ts'

const provinceQuery = prepared((q, t, { departmentId }: Given<{ departmentId: string }>) =>
  q.select().from(t.province).where(eq(t.province.departmentId, departmentId)).limit(1),
)

/** What a first-level node has set for itself; null where it has the usual rules. */
export async function provinceRow(q: Q, t: Schema, departmentId: string) {
  const [own] = await provinceQuery(q, t, { departmentId })
  return own ?? null
}

/** The rules of the province in which the department at `path` lies. */
export const provinceRules = async (q: Q, t: Schema, path: string): Promise<ProvinceRules> =>
  (await provinceRow(q, t, provinceOf(path))) ?? usualRules
