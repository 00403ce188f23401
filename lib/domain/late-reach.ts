/** What a reason is judged by, and so what must have stayed as it was for it to have been there to be seen before (一次性告知, REV-4). */
import type { ReturnReason } from './return-reasons.ts'

/**
 * `place` the answer or picture it names · `proof` a picture where there is one, else what asks for it, its row · `row` the rest
 * of its row · `page` the other rows of its page · `all` everything · `time` days that went by: nobody can say since when.
 */
export type Reach = 'place' | 'proof' | 'row' | 'page' | 'all' | 'time'

const reaches: Readonly<Record<ReturnReason, Reach>> = {
  'portrait-unsuitable': 'place',
  'identity-picture-unclear': 'place',
  'identity-expired': 'time',
  'name-or-number-differs': 'row',
  'residence-permit-missing': 'proof',
  'change-proof-missing': 'proof',
  'claim-unproven': 'row',
  'education-differs-from-chsi': 'row',
  'degree-differs-from-register': 'row',
  'diploma-missing': 'proof',
  'study-proof-missing': 'proof',
  'work-period-conflict': 'page',
  'employer-name-code-differ': 'row',
  'resume-missing-or-unsigned': 'proof',
  'work-proof-missing': 'proof',
  'scope-wrong': 'all',
  'department-wrong': 'all',
  'qualification-differs-from-register': 'row',
  'qualification-unverifiable': 'row',
  'transfer-proof-missing': 'proof',
  'transfer-reason-wrong': 'row',
  'credit-proof-missing': 'proof',
  'credit-form-wrong': 'row',
  'conduct-proof-missing': 'proof',
  'conduct-facts-differ': 'row',
  'exam-conditions-unmet': 'row',
  'exam-conditions-unproven': 'row',
  'not-in-register': 'row',
  'register-names-somebody-else': 'row',
  'answer-incomplete': 'place',
  other: 'place',
}

export const reachOf = (reason: ReturnReason): Reach => reaches[reason]
