/** The file slots of a row as a page shows them. */
import type { Issue } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'
import type { Context, Row, Section, Slots } from '#lib/sections/define.ts'
import { issueText } from '#lib/text/issues.ts'
import { type Placed, slotNeed } from './examine.ts'

/** What is known of a stored picture without opening it. */
export interface StoredPicture {
  readonly id: string
  readonly attachmentId: string
  readonly name: string
  readonly width: number
  readonly height: number
  readonly bytes: number
}

export interface SlotView {
  /** The `at` of its issues: `slot:portrait`, `posts.<id>.slot:appointment`. */
  readonly at: string
  readonly slot: string
  readonly rowId: string
  readonly label: string
  readonly hint: string
  readonly accept: 'portrait' | 'proof'
  readonly required: boolean
  readonly max: number
  readonly files: readonly StoredPicture[]
  readonly uploadTo: string
  readonly errors: readonly string[]
}

/** Slots that are open now, in the order of the section; a slot that holds a file stays visible until it is emptied. */
export function slotsOf(
  section: Section,
  slots: Slots,
  words: Readonly<Record<string, { label: string; hint: string }>>,
  scene: { row: Row; rows: readonly Row[]; parent?: Row },
  given: {
    caseId: string
    /** Where an upload comes back to, where it is not the wizard. */
    desk?: string
    context: Context
    placed: readonly Placed[]
    pictures: ReadonlyMap<string, StoredPicture>
    issues: readonly Issue[]
    prefix?: string
  },
): SlotView[] {
  return Object.entries(slots).flatMap(([key, slot]) => {
    const need = slotNeed(section, key, slot, { ...scene, files: given.placed }, given.context)
    const files = given.placed
      .filter((file) => file.rowId === scene.row.id && file.slot === key)
      .flatMap(({ fileId }) => given.pictures.get(fileId) ?? [])
    if ((need === 'closed' || need === 'unknown') && files.length === 0) return []
    const at = `${given.prefix ?? ''}slot:${key}`
    return [
      {
        at,
        slot: key,
        rowId: scene.row.id,
        label: words[key]?.label ?? key,
        hint: words[key]?.hint ?? '',
        accept: slot.accept,
        required: need === 'required',
        max: slot.max,
        files,
        uploadTo: paths.slot(given.caseId, section.id, scene.row.id, key, given.desk),
        errors: given.issues
          .filter((issue) => issue.at === at)
          .map((issue) => issueText(issue, { label: words[key]?.label ?? key })),
      },
    ]
  })
}
