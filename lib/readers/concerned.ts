import type { Concerned } from '#lib/domain/concerned.ts'
import { maskNumber } from '#lib/domain/masking.ts'
import { auditWords as words } from '#lib/text/audit.ts'
import { maskedName } from '#lib/text/surnames.ts'

/** Whom a row of the audit log concerns, masked where it is an applicant; '' for nobody. On the page and in the export. */
export function whomIn({ concerned }: { readonly concerned: Concerned | null }): string {
  switch (concerned?.kind) {
    case undefined:
      return ''
    case 'self':
      return words.self
    case 'outside':
      return words.outside
    case 'staff':
      return words.staffNamed(concerned.name, concerned.login)
    case 'applicant':
      return `${maskedName(concerned.name)} ${maskNumber(concerned.number)}`
  }
}
