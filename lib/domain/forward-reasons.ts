/** Why a case is passed on to another department (REV-5): a closed list, because the log holds no free text. */
export const forwardReasons = [
  'workplace-elsewhere',
  'school-elsewhere',
  'residence-elsewhere',
  'other-office',
  'agreed-with-applicant',
] as const
export type ForwardReason = (typeof forwardReasons)[number]
export const isForwardReason = (reason: string): reason is ForwardReason =>
  forwardReasons.some((one) => one === reason)
