/** What changed between two frozen rounds, field by field, in words (REV-4, CHG-3). */
import type { AnswerRow, AnswerSection } from './answers.ts'

export interface FieldChange {
  readonly rowId: string
  readonly key: string
  readonly before: string | null
  readonly after: string | null
}

const flat = (rows: readonly AnswerRow[]): AnswerRow[] => rows.flatMap((row) => [row, ...flat(row.children)])

/** Everything shown in a section as `row/key → text`; files count by their ids. */
function facts(
  section: AnswerSection | undefined,
): Map<string, { rowId: string; key: string; text: string }> {
  const entries = (section ? flat(section.rows) : []).flatMap((row) => [
    ...row.answers.map(({ key, shown }) => ({ rowId: row.id, key, text: shown })),
    ...row.slots.map(({ slot, files }) => ({ rowId: row.id, key: `slot:${slot}`, text: files.join(' ') })),
  ])
  const shared = (section?.shared ?? []).map(({ slot, files }) => ({
    rowId: 'all',
    key: `slot:${slot}`,
    text: files.join(' '),
  }))
  return new Map([...entries, ...shared].map((entry) => [`${entry.rowId}/${entry.key}`, entry]))
}

export function diffAnswers(
  before: AnswerSection | undefined,
  after: AnswerSection | undefined,
): FieldChange[] {
  const old = facts(before)
  const now = facts(after)
  const keys = new Set([...old.keys(), ...now.keys()])
  return [...keys].flatMap((id) => {
    const was = old.get(id)
    const is = now.get(id)
    const entry = is ?? was
    if (!entry || was?.text === is?.text) return []
    return [{ rowId: entry.rowId, key: entry.key, before: was?.text ?? null, after: is?.text ?? null }]
  })
}

/** Sections whose inputs did not change keep their pass in the next round (REV-4). */
export const unchanged = (before: AnswerSection | undefined, after: AnswerSection | undefined) =>
  before !== undefined && after !== undefined && diffAnswers(before, after).length === 0
