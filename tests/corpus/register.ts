import { type Registers as Adapter, registerFailed } from '#lib/adapters/registers.ts'
import { claimShapes, subjectOf } from '#lib/domain/claims.ts'
import { claimsOf } from './bases.ts'
import { type Collection, heldAs } from './collection.ts'

/** Answers what the collection says, but for what its registers say otherwise. */
export function registerOf(one: Collection, person: { name: string; number: string }): Adapter | null {
  const { registers } = one
  if (registers === null) return null
  const { differs, without, down } = registers
  const records = claimsOf(one).flatMap(({ row, kind }) => {
    const lay = differs[`${kind}/${row.id}`]
    return lay === null ? [] : [{ kind, facts: heldAs(subjectOf(kind, row.values, person), lay ?? {}) }]
  })
  return {
    look: async (kind, subject) => {
      if (down) throw registerFailed('HTTP-503')
      if (without.includes(kind)) return { records: null, source: '' }
      const { by } = claimShapes[kind]
      const found = records.filter((held) => held.kind === kind && held.facts[by] === subject[by])
      return { records: found.map(({ facts }) => facts), source: '2026-11-20' }
    },
  }
}
