import { hasConsented } from '#db/queries/accounts.ts'
import type { CaseFile } from '#db/queries/case-file.ts'
import { fileNameContext } from '#db/queries/cases.ts'
import type { Q } from '#db/store.ts'
import { insert, remove, update } from '#db/write.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import type { Person } from '#lib/domain/actor.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { mainRow, type Slot, sharedRow } from '#lib/sections/define.ts'
import { log, openCase, requireSection, seeCase, writeSection } from './support/case-work.ts'

export interface SlotPlace {
  readonly caseId: string
  readonly section: SectionId
  readonly rowId: string
  readonly slot: string
}
export interface ReceivedPicture {
  readonly storageKey: string
  readonly format: 'jpeg' | 'png'
  readonly bytes: number
  readonly width: number
  readonly height: number
  readonly name: string
  readonly digest: string
  /** What its digest is by the other keys of the ring. */
  readonly otherDigests?: readonly string[]
}

/** The slot at a place of a case, if its row exists; `not-found` otherwise. */
function slotAt(file: CaseFile, { section, rowId, slot }: Omit<SlotPlace, 'caseId'>): Slot {
  requireSection(file, section)
  const definition = sectionById(section)
  const rows = file.proposals.get(section)?.rows ?? []
  const slots =
    rowId === sharedRow
      ? definition.sharedSlots
      : (definition.shape === 'form' && rowId === mainRow) || rows.some(({ id }) => id === rowId)
        ? definition.slots
        : rows.some(({ children }) => children?.some(({ id }) => id === rowId))
          ? (definition.nested?.slots ?? {})
          : {}
  const found = Object.hasOwn(slots, slot) ? slots[slot] : undefined
  if (!found) throw notFound()
  return found
}

/** Whether this person may put a picture here, asked before a byte of it is read. */
export async function mayAttach(deps: Deps, actor: Person, place: SlotPlace): Promise<Slot> {
  const file = await seeCase(deps, deps.store.read, actor, 'edit', place.caseId)
  return slotFor(deps, deps.store.read, file, place)
}

async function slotFor(deps: Deps, q: Q, file: CaseFile, place: SlotPlace): Promise<Slot> {
  const slot = slotAt(file, place)
  const asksConsent = caseKinds[file.case.kind].picturesEnd || place.section === 'basic'
  if (
    asksConsent &&
    !(await hasConsented(q, deps.store.t, file.case.personId, caseKinds[file.case.kind].consent))
  )
    throw refused(issue('consent', 'consent-required'))
  return slot
}

/** Places a stored picture. A slot of one picture replaces it; a full slot of several refuses (`slot-full`). */
export async function attachFile(
  deps: Deps,
  actor: Person,
  input: SlotPlace & { picture: ReceivedPicture },
): Promise<void> {
  const { t } = deps.store
  await deps.store.tx(async (q) => {
    const file = await openCase(deps, q, actor, 'edit', input.caseId)
    const slot = await slotFor(deps, q, file, input)
    const held = file.files.filter(
      (placed) =>
        placed.section === input.section && placed.rowId === input.rowId && placed.slot === input.slot,
    )
    if (slot.max > 1 && held.length >= slot.max)
      throw refused(issue(`slot:${input.slot}`, 'slot-full', { limit: slot.max }))
    const at = deps.clock.now()
    const fileId = newId(at)
    const { name, otherDigests = [], ...picture } = input.picture
    await insert(q, t.storedFile, {
      id: fileId,
      ownerId: actor.id,
      nameSealed: deps.keys.seal(name, fileNameContext(fileId)),
      createdAt: at,
      ...picture,
    })
    // The same picture is found by equal digests (CHK-3), also where it was stored under another key.
    if (otherDigests.length > 0)
      await update(q, t.storedFile, { digest: otherDigests }, { digest: picture.digest })
    if (slot.max === 1)
      for (const { attachmentId } of held) await remove(q, t.attachment, { id: attachmentId })
    await insert(q, t.attachment, {
      id: newId(at),
      caseId: input.caseId,
      section: input.section,
      rowId: input.rowId,
      slot: input.slot,
      fileId,
      createdAt: at,
    })
    // The section counts as edited: a picture may be all that a return asked for (SUB-4).
    await writeSection(deps, q, file, input.section, file.proposals.get(input.section)?.rows ?? [])
    await log(deps, q, file, actor, 'file.attached', { section: input.section, slot: input.slot })
  })
}

/** Takes a picture out of its slot; taking it out twice is no error. Rounds that froze it keep it. */
export async function removeFile(
  deps: Deps,
  actor: Person,
  input: { caseId: string; attachmentId: string },
): Promise<void> {
  const { t } = deps.store
  await deps.store.tx(async (q) => {
    const file = await openCase(deps, q, actor, 'edit', input.caseId)
    const placed = file.files.find(({ attachmentId }) => attachmentId === input.attachmentId)
    if (!placed) return
    await remove(q, t.attachment, { id: input.attachmentId, caseId: input.caseId })
    const section = caseKinds[file.case.kind].sections.find((id) => id === placed.section)
    if (section) await writeSection(deps, q, file, section, file.proposals.get(section)?.rows ?? [])
    await log(deps, q, file, actor, 'file.removed', { section: placed.section, slot: placed.slot })
  })
}
