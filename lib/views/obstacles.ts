/** Why something cannot be begun or sent, and where what stands in its way is to be found (TRF-1). */
import { caseKinds } from '#lib/cases/all.ts'
import { matterOf } from '#lib/cases/blocking.ts'
import { type CaseKindId, nothingAgainst, type SubmitFacts } from '#lib/cases/define.ts'
import type { Issue } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'
import { issueText } from '#lib/text/issues.ts'
import { pageOfCase } from './case-pages.ts'

/** `at` is the control where it is mended; null where that is not on the page of the application. */
export interface Obstacle extends Issue {
  readonly text: string
  readonly href: string | null
}

/** Judged by the precondition the command asks; what is only said in the form itself is taken for granted. */
export const obstaclesOf = (kind: CaseKindId, facts: Partial<SubmitFacts>): Obstacle[] =>
  caseKinds[kind].precondition({ ...nothingAgainst, ...facts }).map((one) => ({
    ...one,
    text: issueText(one),
    href: hrefOf(one.code, facts.underReview ?? []),
  }))

/** The item that is in the way: `transfer-while-change` leads to the change that is under review. */
function hrefOf(code: string, underReview: readonly CaseKindId[]): string | null {
  if (code.endsWith('-before-approval')) return paths.collection
  if (code === 'while-transfer') return paths.transfers
  const [, matter] = /^transfer-while-(.+)$/.exec(code) ?? []
  const kind = underReview.find((one) => matterOf(one) === matter)
  return kind ? pageOfCase[kind] : null
}
