/** Kinds of case that are one page of a form and its proofs, about an approved record: 调转, 学分, 奖励, 异议. Also the ids of their sections. */
export const applicationKinds = ['transfer', 'credit', 'award', 'objection'] as const
export type ApplicationKind = (typeof applicationKinds)[number]

export const isApplicationKind = (kind: string): kind is ApplicationKind =>
  applicationKinds.some((one) => one === kind)
