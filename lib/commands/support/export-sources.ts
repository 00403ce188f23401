import type { Deps } from '#lib/deps.ts'
import { auditSource } from './export-audit.ts'
import { casesSource } from './export-cases.ts'
import { eligibilitySource } from './export-eligibility.ts'
import { entriesSource } from './export-entries.ts'
import { figuresSource } from './export-figures.ts'
import { peopleSource } from './export-people.ts'
import type { ExportSource, ExportWish } from './export-source.ts'

/** What a wish is written from. Whoever calls has asked the policy (`judgeExport`). */
export function exportSource(deps: Deps, wish: ExportWish): ExportSource {
  switch (wish.kind) {
    case 'people':
      return peopleSource(deps, wish)
    case 'cases':
      return casesSource(deps, wish)
    case 'figures':
      return figuresSource(deps, wish)
    case 'audit':
      return auditSource(deps, wish)
    case 'eligibility':
      return eligibilitySource(deps, wish)
    case 'entries':
      return entriesSource(deps, wish)
  }
}
