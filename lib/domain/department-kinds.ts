/** What may stand where in the tree of departments (DEP-1, ADM-1). */
export type DepartmentKind = 'province' | 'city' | 'county' | 'own' | 'central' | 'corps'

/** What can be added beneath a node; nothing where three selects could not reach it. */
export function kindsBeneath({
  kind,
  level,
}: {
  readonly kind: DepartmentKind
  readonly level: number
}): readonly DepartmentKind[] {
  if (level > 2) return []
  switch (kind) {
    case 'province':
      return level === 1 ? ['city', 'county'] : []
    case 'city':
    case 'corps':
      return ['county']
    case 'central':
      return level === 1 ? ['central'] : []
    case 'county':
    case 'own':
      return []
  }
}

/** Working days a department may set for a review. */
export const reviewDayLimits = { min: 1, max: 60 } as const
