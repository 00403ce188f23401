/** Why something is returned: a closed list (REV-4), each reason with the sections it fits. Words: `lib/text/review.ts`. */

const everywhere = null

/** Sections a reason can be given for; null for all of them. `note` says that the reason says nothing without one. */
const reasons = {
  'portrait-unsuitable': { sections: ['basic'] },
  'identity-picture-unclear': { sections: ['basic', 'identity', 'correction', 'appeal'] },
  'identity-expired': { sections: ['basic', 'identity', 'correction', 'appeal'] },
  'name-or-number-differs': { sections: ['basic', 'identity', 'correction', 'appeal'] },
  'residence-permit-missing': { sections: ['basic'] },
  'change-proof-missing': { sections: ['correction'] },
  'claim-unproven': { sections: ['appeal'] },
  'education-differs-from-chsi': { sections: ['education'] },
  'degree-differs-from-register': { sections: ['education'] },
  'diploma-missing': { sections: ['education'] },
  'study-proof-missing': { sections: ['education'] },
  'work-period-conflict': { sections: ['employment'] },
  'employer-name-code-differ': { sections: ['employment'] },
  'resume-missing-or-unsigned': { sections: ['employment'] },
  'work-proof-missing': { sections: ['employment'] },
  'scope-wrong': { sections: ['scope'] },
  'department-wrong': { sections: ['department', 'identity', 'correction', 'appeal', 'transfer'] },
  'qualification-differs-from-register': { sections: ['qualifications'] },
  'qualification-unverifiable': { sections: ['qualifications'] },
  'transfer-proof-missing': { sections: ['transfer'] },
  'transfer-reason-wrong': { sections: ['transfer'] },
  'credit-proof-missing': { sections: ['credit'] },
  'credit-form-wrong': { sections: ['credit'] },
  'conduct-proof-missing': { sections: ['award', 'objection'] },
  'conduct-facts-differ': { sections: ['award', 'penalty', 'objection'] },
  'exam-conditions-unmet': { sections: ['exam'] },
  'exam-conditions-unproven': { sections: ['exam'] },
  'not-in-register': { sections: ['education', 'employment', 'qualifications'] },
  'register-names-somebody-else': { sections: ['education', 'qualifications'] },
  'answer-incomplete': { sections: everywhere },
  other: { sections: everywhere, note: true },
} as const satisfies Record<string, { sections: readonly string[] | null; note?: true }>

export type ReturnReason = keyof typeof reasons

export const isReturnReason = (id: string): id is ReturnReason => Object.hasOwn(reasons, id)

export const returnReasons: readonly ReturnReason[] = Object.keys(reasons).filter(isReturnReason)

export function reasonFits(reason: ReturnReason, section: string): boolean {
  const { sections }: { sections: readonly string[] | null } = reasons[reason]
  return sections === null || sections.includes(section)
}

/** In the order in which they are offered: what fits this section only comes before what fits all. */
export const reasonsFor = (section: string): readonly ReturnReason[] =>
  returnReasons.filter((reason) => reasonFits(reason, section))

export const needsNote = (reason: ReturnReason): boolean => 'note' in reasons[reason]
