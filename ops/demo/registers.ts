/** Registers of the demo, imported as operators import theirs. */
import { registerRecords } from '#db/queries/registers.ts'
import { type DemoApplicant, demoApplicants } from '#db/seed/demo-people.ts'
import { demoRegisters } from '#db/seed/demo-registers.ts'
import { importRegister } from '#lib/commands/import-register.ts'
import type { Deps } from '#lib/deps.ts'
import { type ClaimKind, claimKinds, type Facts, subjectOf } from '#lib/domain/claims.ts'
import { headingOf } from '#lib/readers/register-file.ts'
import { sampleContext, sampleRows } from '#lib/readers/sample.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { numberOf } from './accounts.ts'

/** Of other qualifications nobody has a register here. */
const held: readonly ClaimKind[] = claimKinds.filter((kind) => kind !== 'other-qualification')
const claiming: readonly SectionId[] = ['education', 'employment', 'qualifications']

/** What this person's rows claim, as a register that knows better has it. */
function recordsOf(kind: ClaimKind, person: DemoApplicant): Facts[] {
  const known = demoRegisters[person.state]
  if (!known) return []
  const { name, rows: variant } = person
  const context = sampleContext({}, variant)
  return claiming.flatMap((section) =>
    sampleRows(section, variant)
      .filter((row) => sectionById(section).claims(row, context).includes(kind))
      .map((row) => ({ ...subjectOf(kind, row.values, { name, number: numberOf(person) }), ...known[kind] })),
  )
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`

function csvOf(kind: ClaimKind, records: readonly Facts[]): string {
  const fields = [...new Set(records.flatMap((record) => Object.keys(record)))]
  const lines = [
    fields.map((field) => headingOf(kind, field)),
    ...records.map((record) => fields.map((field) => record[field] ?? '')),
  ]
  return lines.map((line) => line.map(quoted).join(',')).join('\n')
}

async function* once(text: string): AsyncGenerator<string> {
  yield text
}

async function isHeld({ store, keys }: Deps, kind: ClaimKind, record: Facts): Promise<boolean> {
  const held = await registerRecords(store.read, store.t, keys, kind, record)
  return held !== null && held.length > 0
}

/** Only some people are in them: for everybody else the demo knows nothing. What is there is not brought in again. */
export async function seedRegisters(deps: Deps): Promise<void> {
  for (const kind of held) {
    const records = demoApplicants.flatMap((person) => recordsOf(kind, person))
    const known = await Promise.all(records.map((record) => isHeld(deps, kind, record)))
    if (known.every((is) => is)) continue
    const file = { kind, text: once(csvOf(kind, records)), partial: true, replace: false }
    await importRegister(deps, null, file, ({ line, fault, field }) => {
      throw new Error(`the demo's register of ${kind}: line ${line}: ${field ?? ''} ${fault}`)
    })
  }
}
