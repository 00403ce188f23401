/** 材料准备提示: which proofs this very person needs, from the slots the rules read, and which of them are there (COL-5). */

import { type Issue, issue } from '#lib/domain/result.ts'
import { blankRow } from '#lib/readers/rows.ts'
import { type SectionId, sections } from '#lib/sections/all.ts'
import { emptyRow, mainRow, sharedRow, valueOf } from '#lib/sections/define.ts'
import { materials as words } from '#lib/text/collection.ts'
import { sectionWords } from '#lib/text/sections.ts'
import type { Desk } from './collection.ts'
import {
  isAskedIn,
  kindsTaken,
  kindWord,
  missing,
  type ProofPlace,
  proofsOf,
  rowPlaces,
  type Scene,
  wholePage,
  workProofWords,
} from './material-proofs.ts'

export interface MaterialGroup {
  readonly title: string
  readonly places: readonly ProofPlace[]
  /** What will be needed under a condition, while no row says whether it holds. */
  readonly later: readonly string[]
}
export interface Materials {
  readonly groups: readonly MaterialGroup[]
  /** What needs no paper. */
  readonly free: readonly string[]
  /** The class is not chosen yet, so that not everything can be told. */
  readonly isOpen: boolean
}

type Draft = Desk['draft']

/** `isAsked`: whether a register is asked about claims (CHK-2), or a person checks them all. */
export function materialsOf({ context, rows, files }: Draft, isAsked: boolean): Materials {
  const scene = (section: SectionId): Scene => ({
    section,
    context,
    rows: rows(section),
    files: files(section),
  })
  const isOpen = context.scope === ''
  return {
    groups: [
      basicGroup(scene('basic')),
      educationGroup(scene('education')),
      ...(isOpen ? [] : [employmentGroup(scene('employment')), qualificationGroup(scene('qualifications'))]),
    ],
    free: [
      ...words.free(isAsked, context.situation === 'student'),
      ...(context.scope === 'intermediate_candidate_phd' ? [words.doctor] : []),
    ],
    isOpen,
  }
}

/** What keeps 按选择列出材料 from listing anything: of no class there is no list (COL-5). */
export const materialsIssues = (issues: readonly Issue[]): readonly Issue[] =>
  issues.map((one) => (one.code === 'required' ? issue(one.at, 'materials-scope') : one))

/** The department's other kinds of proof, by name, where it takes 简历表 as well (WRK-4). */
export const insteadOfResume = ({ context }: Draft): readonly string[] => {
  const kinds = kindsTaken(context)
  return kinds.includes('resume') ? kinds.filter((kind) => kind !== 'resume').map(kindWord) : []
}

function basicGroup(scene: Scene): MaterialGroup {
  const { context, rows } = scene
  const row = rows.find(({ id }) => id === mainRow) ?? blankRow(sections.basic, mainRow)
  const isUnknown = context.situation === 'other' && context.household !== '' && context.department === null
  return {
    title: sectionWords.basic.title,
    places: wholePage('basic', proofsOf(scene, sections.basic.slots, { row })),
    later: isUnknown ? [words.residenceLater] : [],
  }
}

/** Nobody has a diploma of 大专 before this age. */
const youngestGraduate = 15
const couldGraduateBefore2001 = (birth: string) =>
  birth === '' || Number(birth.slice(0, 4)) + youngestGraduate < 2001

function educationGroup(scene: Scene): MaterialGroup {
  const { context, rows } = scene
  const isStudent = context.situation === 'student'
  const awaited = [
    ...(isStudent && !isAskedIn(scene, 'studyProof') ? [missing(words.study)] : []),
    ...(isStudent && !isAskedIn(scene, 'diploma') ? [missing(words.highest)] : []),
  ]
  return {
    title: sectionWords.education.title,
    places: [...rowPlaces(scene, 'school'), ...wholePage('education', awaited)],
    later:
      rows.length > 0
        ? []
        : [
            words.school,
            ...(couldGraduateBefore2001(context.person.birth) ? [words.before2001] : []),
            words.overseas,
            words.lost,
          ],
  }
}

function employmentGroup(scene: Scene): MaterialGroup {
  const { context, rows } = scene
  const { sharedSlots } = sections.employment
  const isFirstClass = context.scope === 'accounting_staff'
  const isEmployed = context.situation === 'employed'
  const isWritten = rows.length > 0
  const hasPresent = rows.some((row) => valueOf(row, 'end') === 'ongoing')
  const hasAccounting = rows.some((row) => valueOf(row, 'accounting') === 'yes')
  const mustPresent = isEmployed && (isFirstClass || isWritten) && !hasPresent
  // Without 简历表 the proof stands in a job, which may not be written yet.
  const mustProve = isFirstClass && !hasAccounting && !kindsTaken(context).includes('resume')
  return {
    title: sectionWords.employment.title,
    places: [
      ...rowPlaces(scene, 'employer'),
      ...wholePage('employment', [
        ...(mustPresent ? [missing(words.credit)] : []),
        ...proofsOf(scene, sharedSlots, { row: emptyRow(sharedRow) }),
        ...(mustProve ? [missing(workProofWords(context))] : []),
      ]),
    ],
    later: isWritten
      ? []
      : [
          // Who neither works nor studies has no job to date.
          ...(!mustPresent && context.situation !== 'other' ? [words.creditLater] : []),
          ...(isFirstClass ? [words.appointment] : []),
        ],
  }
}

function qualificationGroup(scene: Scene): MaterialGroup {
  const places = rowPlaces(scene, '')
  const isKnown = places.length > 0 && places.every(({ isOpen }) => !isOpen)
  return {
    title: sectionWords.qualifications.title,
    places,
    later: isKnown ? [] : [words.reviewed],
  }
}
