/** Every section there is, by id. */
import { appeal } from './appeal.ts'
import { award } from './award.ts'
import { basic } from './basic.ts'
import { correction } from './correction.ts'
import { credit } from './credit.ts'
import type { Field, Section } from './define.ts'
import { department } from './department.ts'
import { education } from './education.ts'
import { employment } from './employment.ts'
import { exam } from './exam.ts'
import { identity } from './identity.ts'
import { objection } from './objection.ts'
import { penalty } from './penalty.ts'
import { qualifications } from './qualifications.ts'
import { scope } from './scope.ts'
import { transfer } from './transfer.ts'

export const sections = {
  department,
  scope,
  basic,
  education,
  employment,
  qualifications,
  identity,
  correction,
  appeal,
  transfer,
  credit,
  award,
  penalty,
  objection,
  exam,
} as const
export type Sections = typeof sections
export type SectionId = keyof Sections

export const isSectionId = (id: string): id is SectionId => Object.hasOwn(sections, id)
/** Whether a page chooses the department that will decide. */
export const choosesDepartment = (id: SectionId): boolean =>
  Object.values<Field>(sections[id].fields).some(({ kind }) => kind === 'department')
export const sectionById = (id: SectionId): Section => sections[id]
