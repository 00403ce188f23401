/** The proofs of one place for 材料准备提示: how each is called, whether it is there, and what helps to make it (COL-5). */
import { paths } from '#lib/paths.ts'
import { isProofUnknown, type Placed, type SlotPlace, slotNeed } from '#lib/readers/examine.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { askedKey, type Context, type Row, type Slots, valueOf } from '#lib/sections/define.ts'
import { acceptedWorkProofs, type WorkProofKind, workProofSlots } from '#lib/sections/work-proofs.ts'
import { materials as words } from '#lib/text/collection.ts'
import { rowTitle, type SectionWords, sectionWords } from '#lib/text/sections.ts'
import { filledResume, resumeTemplate } from '#lib/text/templates.ts'
import { sidesOf } from '#lib/text/words-for.ts'

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
  /** The row has yet to say what it is to be proven by. */
  readonly isOpen: boolean
}
export interface Scene {
  readonly section: SectionId
  readonly context: Context
  readonly rows: readonly Row[]
  readonly files: readonly Placed[]
}

export const kindsTaken = ({ department }: Context) => acceptedWorkProofs(department?.acceptedProofs ?? [])
export const kindWord = (kind: WorkProofKind) => sectionWords.employment.slots[workProofSlots[kind]].label
const isKindSlot = (slot: string) => Object.values(workProofSlots).some((one) => one === slot)

/** What slots of one row hold, and which of those that must be filled are empty. */
export function proofsOf(
  scene: Scene,
  slots: Slots,
  at: Omit<SlotPlace, 'rows' | 'files'>,
): readonly Proof[] {
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
export const workProofWords = (context: Context) => words.oneOf(kindsTaken(context).map(kindWord))

function labelOf(section: SectionId, slot: string, { person: { idType } }: Context): string {
  if (section === 'basic' && slot === 'residencePermit') return words.residencePermit
  if (section === 'basic' && (slot === 'idFront' || slot === 'idBack')) return sidesOf(idType)[slot]
  const { slots }: SectionWords = sectionWords[section]
  return slots[slot]?.label ?? slot
}

/** A page as a whole: proofs that belong to no row, or to one that is not written yet. */
export function wholePage(section: SectionId, proofs: readonly Proof[]): readonly ProofPlace[] {
  return proofs.length === 0
    ? []
    : [{ title: '', href: paths.collectionStep(section), proofs, isOpen: false }]
}

export const missing = (label: string, links: readonly Link[] = []): Proof => ({
  label,
  uploaded: false,
  links,
})

/** Every row with its proofs, those of its nested rows among them. */
export const rowPlaces = (scene: Scene, name: string): readonly ProofPlace[] => {
  const { context, files, rows } = scene
  const section = sectionById(scene.section)
  const { slots, nested } = section
  return rows.map((row, index) => {
    const inner = nested?.when(row.values, context) ? (row.children ?? []) : []
    return {
      title: [rowTitle(scene.section, index + 1), valueOf(row, name)].filter(Boolean).join(' '),
      href: paths.collectionRow(scene.section, row.id),
      proofs: [
        ...proofsOf(scene, slots, { row }),
        ...inner.flatMap((child) => proofsOf(scene, nested?.slots ?? {}, { row: child, parent: row })),
      ],
      isOpen: isProofUnknown(section, { row, rows, files }, context),
    }
  })
}

/** Whether some row has, or will have, a proof in this slot. */
export const isAskedIn = ({ section, context, rows, files }: Scene, slot: string) => {
  const definition = sectionById(section)
  const asked = definition.slots[slot]
  return rows.some(
    (row) => asked && slotNeed(definition, slot, asked, { row, rows, files }, context) === 'required',
  )
}
