import { and, eq } from 'drizzle-orm'
import { provinceRow } from '#db/queries/provinces.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { refused, stale } from '#lib/domain/errors.ts'
import { provinceRuleKeys, usualRules } from '#lib/domain/province-rules.ts'
import { checkProvinceRules } from '#lib/schemas/province-rules.ts'
import {
  type DepartmentForm,
  logDepartment,
  openDepartment,
  requireActive,
} from './support/department-work.ts'

/**
 * 本省规则 (TRF-3, CRE-1) of a first-level node; `version` is that of the rules as they were seen, 0 before any were set. Transfers are routed
 * as their submission found it; what is entered for 网络培训 counts as it was entered. The same form twice changes nothing
 * the second time. Refused: the issues of `checkProvinceRules`, `department-closed`; `stale`; `not-found` for everybody but its
 * manager and operators.
 */
export async function setProvinceRules(deps: Deps, actor: Actor, input: DepartmentForm): Promise<void> {
  const { store } = deps
  const { province } = store.t
  const read = checkProvinceRules(input.typed)
  await store.tx(async (q) => {
    const { node } = await openDepartment(deps, q, actor, 'rules', input.departmentId)
    requireActive(node)
    if (!read.ok) throw refused(...read.issues)
    const rules = read.value
    const own = await provinceRow(q, store.t, node.id)
    const changed = provinceRuleKeys.filter((key) => (own ?? usualRules)[key] !== rules[key])
    if (changed.length === 0) return
    if ((own?.version ?? 0) !== input.version) throw stale()
    const [written] =
      own === null
        ? await q
            .insert(province)
            .values({ departmentId: node.id, ...rules })
            .onConflictDoNothing()
            .returning({ version: province.version })
        : await q
            .update(province)
            .set({ ...rules, version: own.version + 1 })
            .where(and(eq(province.departmentId, node.id), eq(province.version, own.version)))
            .returning({ version: province.version })
    if (!written) throw stale()
    await logDepartment(deps, q, 'department.rules-set', actor, {
      department: node.id,
      changed: changed.join(' '),
      ...rules,
    })
  })
}
