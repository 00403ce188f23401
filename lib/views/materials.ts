/** 材料准备提示: which proofs this very person needs, from the slots the rules read, and which of them are there (COL-5). */

import { paths } from '#lib/paths.ts'
import { type Placed, type SlotPlace, slotNeed } from '#lib/readers/examine.ts'
import { blankRow } from '#lib/readers/rows.ts'
import { type SectionId, sectionById, sections } from '#lib/sections/all.ts'
import {
  askedKey,
  type Context,
  emptyRow,
  mainRow,
  type Row,
  type Slots,
  sharedRow,
  valueOf,
} from '#lib/sections/define.ts'
import { acceptedWorkProofs, type WorkProofKind, workProofSlots } from '#lib/sections/work-proofs.ts'
import { materials as words } from '#lib/text/collection.ts'
import { identityTypeWords } from '#lib/text/registration.ts'
import { rowTitle, type SectionWords, sectionWords } from '#lib/text/sections.ts'
import { filledResume, resumeTemplate } from '#lib/text/templates.ts'
import type { Desk } from './collection.ts'

interface Link {
  readonly href: string
  readonly label: string
}
export interface Proof {
  readonly label: string
  readonly uploaded: boolean
  readonly links: readonly Link[]
}
/** Where proofs are uploaded: a row with its name, or a page as a whole ('' for its title). */
export interface ProofPlace {
  readonly title: string
  readonly href: string
  readonly proofs: readonly Proof[]
}
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

interface Scene {
  readonly section: SectionId
  readonly context: Context
  readonly rows: readonly Row[]
  readonly files: readonly Placed[]
}

/** The department's other kinds of proof, by name, where it takes 简历表 as well (WRK-4). */
export const insteadOfResume = ({ context }: Draft): readonly string[] => {
  const kinds = kindsTaken(context)
  return kinds.includes('resume') ? kinds.filter((kind) => kind !== 'resume').map(kindWord) : []
}

const kindsTaken = ({ department }: Context) => acceptedWorkProofs(department?.acceptedProofs ?? [])
const kindWord = (kind: WorkProofKind) => sectionWords.employment.slots[workProofSlots[kind]].label
const isKindSlot = (slot: string) => Object.values(workProofSlots).some((one) => one === slot)

/** What slots of one row hold, and which of those that must be filled are empty. */
function proofsOf(scene: Scene, slots: Slots, at: Omit<SlotPlace, 'rows' | 'files'>): readonly Proof[] {
  const { context, files, rows } = scene
  const section = sectionById(scene.section)
  const holds = (slot: string) => files.some((file) => file.rowId === at.row.id && file.slot === slot)
  return Object.entries(slots).flatMap(([key, slot]) => {
    const isOwed =
      slotNeed(section, key, slot, { ...at, rows, files }, context) === 'required' &&
      !(slot.or && holds(slot.or))
    return holds(key) || isOwed ? [proof(scene, key, at.row.id, holds(key))] : []
  })
}

function proof({ section, context, rows }: Scene, slot: string, rowId: string, uploaded: boolean): Proof {
  const isKind = section === 'employment' && isKindSlot(slot)
  // Where one of several kinds is owed, each of them is named; who was asked for one owes that one.
  const isAnyKind = isKind && !uploaded && !context.asked.has(askedKey(section, rowId, slot))
  return {
    label: isAnyKind ? workProofWords(context) : labelOf(section, slot, context),
    uploaded,
    links: isKind && slot === workProofSlots.resume ? resumeLinks(rows) : [],
  }
}

/** The sheet filled in, once there is something to fill it with, and the empty one. */
const resumeLinks = (rows: readonly Row[]): readonly Link[] => [
  ...(rows.length > 0 ? [{ href: paths.collectionResume, label: filledResume.link }] : []),
  { href: paths.template('resume'), label: resumeTemplate.crumb },
]
const workProofWords = (context: Context) => words.oneOf(kindsTaken(context).map(kindWord))

function labelOf(section: SectionId, slot: string, { person: { idType } }: Context): string {
  const { slots }: SectionWords = sectionWords[section]
  const label = slots[slot]?.label ?? slot
  if (section !== 'basic') return label
  if (slot === 'residencePermit') return words.residencePermit
  if (slot !== 'idFront' && slot !== 'idBack') return label
  if (idType === 'foreign_passport') return words.passport
  const document = identityTypeWords[idType]
  if (idType === 'mainland_id' || !document) return label
  return slot === 'idFront' ? words.front(document) : words.back(document)
}

/** A page as a whole: proofs that belong to no row, or to one that is not written yet. */
function wholePage(section: SectionId, proofs: readonly Proof[]): readonly ProofPlace[] {
  return proofs.length === 0 ? [] : [{ title: '', href: paths.collectionStep(section), proofs }]
}

const missing = (label: string, links: readonly Link[] = []): Proof => ({ label, uploaded: false, links })

/** Every row with its proofs, those of its nested rows among them. */
const rowPlaces = (scene: Scene, name: string): readonly ProofPlace[] => {
  const { slots, nested } = sectionById(scene.section)
  return scene.rows.map((row, index) => {
    const inner = nested?.when(row.values, scene.context) ? (row.children ?? []) : []
    return {
      title: [rowTitle(scene.section, index + 1), valueOf(row, name)].filter(Boolean).join(' '),
      href: paths.collectionRow(scene.section, row.id),
      proofs: [
        ...proofsOf(scene, slots, { row }),
        ...inner.flatMap((child) => proofsOf(scene, nested?.slots ?? {}, { row: child, parent: row })),
      ],
    }
  })
}

/** Whether some row has, or will have, a proof in this slot. */
const isAskedIn = ({ section, context, rows, files }: Scene, slot: string) => {
  const definition = sectionById(section)
  const asked = definition.slots[slot]
  return rows.some(
    (row) => asked && slotNeed(definition, slot, asked, { row, rows, files }, context) === 'required',
  )
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
  return {
    title: sectionWords.qualifications.title,
    places: rowPlaces(scene, ''),
    later: scene.rows.length > 0 ? [] : [words.reviewed],
  }
}
