import { eq } from 'drizzle-orm'
import { type ProvinceRules, provinceOf, usualRules } from '#lib/domain/province-rules.ts'
import type { Q, Schema } from '../store.ts'

/** The rules of the province in which the department at `path` lies. */
export async function provinceRules(q: Q, t: Schema, path: string): Promise<ProvinceRules> {
  const [own] = await q
    .select()
    .from(t.province)
    .where(eq(t.province.departmentId, provinceOf(path)))
    .limit(1)
  return own ?? usualRules
}
