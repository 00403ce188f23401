import type { SectionId } from '#lib/sections/all.ts'
import { changes } from './changes.ts'
import { type HelpTopic, type HelpTopicId, helpTopicIds } from './define.ts'
import { departmentAndScope } from './department-and-scope.ts'
import { education } from './education.ts'
import { employment } from './employment.ts'
import { identity } from './identity.ts'
import { learningAndExams } from './learning-and-exams.ts'
import { pictures } from './pictures.ts'
import { qualifications } from './qualifications.ts'
import { registration } from './registration.ts'
import { review } from './review.ts'
import { signIn } from './sign-in.ts'

const byId: Readonly<Record<HelpTopicId, HelpTopic>> = {
  registration,
  'sign-in': signIn,
  identity,
  'department-and-scope': departmentAndScope,
  pictures,
  education,
  employment,
  qualifications,
  review,
  changes,
  'learning-and-exams': learningAndExams,
}

/** In the order of what people do. */
export const helpTopics: readonly HelpTopic[] = helpTopicIds.map((id) => byId[id])

/** Which topic answers what a page of a form asks. */
export const helpOfSection: Readonly<Record<SectionId, HelpTopicId>> = {
  department: 'department-and-scope',
  scope: 'department-and-scope',
  basic: 'pictures',
  education: 'education',
  employment: 'employment',
  qualifications: 'qualifications',
  identity: 'identity',
  correction: 'registration',
  appeal: 'sign-in',
  transfer: 'changes',
  credit: 'learning-and-exams',
  award: 'changes',
  penalty: 'changes',
  objection: 'changes',
  exam: 'learning-and-exams',
}

/** The very question of that topic, where there is one. */
export const questionOfSection: Partial<Readonly<Record<SectionId, string>>> = {
  transfer: 'why-not-transfer',
  award: 'conduct',
  objection: 'conduct',
}

/** 更多：帮助中心 · 教育经历. */
export const moreHelp = (topic: HelpTopicId) => `更多：帮助中心 · ${byId[topic].title}`
