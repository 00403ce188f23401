import type { CaseKindId } from '#lib/cases/define.ts'
import { changedSection } from '#lib/domain/changes.ts'
import { paths } from '#lib/paths.ts'

/** The page on which a person sees how a case of theirs stands. */
export const pageOfCase: Readonly<Record<CaseKindId, string>> = {
  collection: paths.collectionStep('outcome'),
  identity: paths.identity,
  correction: paths.accountCorrection,
  appeal: paths.accountAppeal,
  'change-basic': paths.changes('basic'),
  'change-education': paths.changes('education'),
  'change-employment': paths.changes('employment'),
  'change-qualifications': paths.changes('qualifications'),
  'change-scope': paths.changes('scope'),
  transfer: paths.transfers,
  credit: paths.credits(),
  award: paths.conduct,
  penalty: paths.conduct,
  objection: paths.conduct,
  exam: paths.exams,
}

export const isCaseKind = (kind: unknown): kind is CaseKindId =>
  typeof kind === 'string' && Object.hasOwn(pageOfCase, kind)

/** The page of one that was sent, where there is such a page; else `pageOfCase`. */
export function placeOfCase(kind: CaseKindId, caseId: string): string {
  const page = changedSection(kind)
  if (page !== null) return paths.changeRecord(page, caseId)
  return kind === 'transfer' ? paths.transfer(caseId) : pageOfCase[kind]
}
