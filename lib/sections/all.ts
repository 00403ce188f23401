/** Every section there is, by id. */
import { appeal } from './appeal.ts'
import { basic } from './basic.ts'
import { correction } from './correction.ts'
import type { Section } from './define.ts'
import { department } from './department.ts'
import { education } from './education.ts'
import { employment } from './employment.ts'
import { identity } from './identity.ts'
import { qualifications } from './qualifications.ts'
import { scope } from './scope.ts'

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
} as const
export type Sections = typeof sections
export type SectionId = keyof Sections

export const isSectionId = (id: string): id is SectionId => Object.hasOwn(sections, id)
export const sectionById = (id: SectionId): Section => sections[id]
