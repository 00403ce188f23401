/** 视同继续教育 (CRE-1): what counts as how much, 《会计专业技术人员继续教育规定》 财会〔2018〕10号 and domain.md §4, as data. */

/** What a quantity counts. */
export type CreditUnit = 'subject' | 'day' | 'course' | 'project' | 'paper' | 'book' | 'year' | 'hour'

interface CreditForm {
  readonly credits: number
  readonly unit: CreditUnit
  /** How many can be claimed at once. */
  readonly most: number
  /** Entered by departments from rosters; a person claims it too where there is a proof. */
  readonly byRoster?: true
}

export const creditForms = {
  exam_pass: { credits: 90, unit: 'subject', most: 6 },
  conference: { credits: 10, unit: 'day', most: 30 },
  degree_study: { credits: 90, unit: 'course', most: 20 },
  research_solo: { credits: 90, unit: 'project', most: 5 },
  research_lead: { credits: 90, unit: 'project', most: 5 },
  research_member: { credits: 60, unit: 'project', most: 5 },
  paper_solo: { credits: 30, unit: 'paper', most: 20 },
  paper_first: { credits: 30, unit: 'paper', most: 20 },
  paper_other: { credits: 10, unit: 'paper', most: 20 },
  book_solo: { credits: 90, unit: 'book', most: 5 },
  book_first: { credits: 90, unit: 'book', most: 5 },
  book_other: { credits: 60, unit: 'book', most: 5 },
  senior_training: { credits: 90, unit: 'year', most: 1 },
  related_ce: { credits: 90, unit: 'year', most: 1 },
  face_to_face: { credits: 10, unit: 'day', most: 30, byRoster: true },
  online_course: { credits: 1, unit: 'hour', most: 200, byRoster: true },
} as const satisfies Record<string, CreditForm>

export type CreditFormId = keyof typeof creditForms
export const isCreditForm = (id: string): id is CreditFormId => Object.hasOwn(creditForms, id)
export const creditFormIds: readonly CreditFormId[] = Object.keys(creditForms).filter(isCreditForm)

/** Credits for so many of a form; a province sets what an hour of an online course is worth. */
export const creditsFor = (
  form: CreditFormId,
  quantity: number,
  { creditsOnline }: { readonly creditsOnline: number },
): number => (form === 'online_course' ? creditsOnline : creditForms[form].credits) * quantity

/** What names the same thing, however it was typed: 〈会计 信息化〉 and 〈会计信息化〉, full width and half. */
export const titleKey = (title: string): string =>
  title
    .normalize('NFKC')
    .replaceAll(/[\s\p{P}]/gu, '')
    .toLowerCase()
