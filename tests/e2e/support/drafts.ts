/** Drafts of people who do by hand only what is theirs alone, and what a register holds of them. */
import { attachFile } from '#lib/commands/attach-file.ts'
import { giveConsent } from '#lib/commands/give-consent.ts'
import { importRegister } from '#lib/commands/import-register.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import type { ClaimKind, Facts } from '#lib/domain/claims.ts'
import { newFileKey } from '#lib/files/store.ts'
import { headingOf } from '#lib/readers/register-file.ts'
import { asPosted, filledForm, sampleContext, sampleFiles, sampleRows } from '#lib/readers/sample.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import type { Context, Row } from '#lib/sections/define.ts'
import { type ApplicantWish, type MadeApplicant, makeApplicant } from '#tests/support/deps.ts'
import type { Service } from './seeded.ts'
import { picture } from './wizard.ts'

type Answers = Readonly<Partial<Record<SectionId, readonly Row[]>>>

/** What the pages of the sample person say, but for their schools and qualifications. */
export const usual: Answers = {
  department: sampleRows('department'),
  scope: sampleRows('scope'),
  basic: sampleRows('basic'),
  education: [],
  employment: sampleRows('employment'),
}

/** A row types itself in, nested rows one after another as the page offers them. */
async function type(
  deps: Deps,
  actor: Applicant,
  { caseId, section, row, context }: { caseId: string; section: SectionId; row: Row; context: Context },
): Promise<void> {
  const form = asPosted(filledForm(section, row, context))
  // A new row has one nested row to begin with.
  const saves = Math.max(1, row.children?.length ?? 0)
  for (let rev = 0; rev < saves; rev += 1)
    await saveEntry(deps, actor, { caseId, section, rowId: row.id, rev, form, addChild: rev < saves - 1 })
}

/** A picture nobody else has sent, in this slot. */
export async function attached(
  { deps }: Pick<Service, 'deps'>,
  actor: Applicant,
  place: { caseId: string; section: SectionId; rowId: string; slot: string },
): Promise<void> {
  const bytes = await picture.proof()
  const storageKey = newFileKey()
  await deps.files.put(storageKey, bytes)
  const digest = deps.keys.digest('picture', Buffer.from(storageKey))
  const facts = { format: 'jpeg', bytes: bytes.length, width: 800, height: 600 } as const
  const file = { ...facts, storageKey, digest, name: `${place.slot}.jpg` }
  await attachFile(deps, actor, { ...place, picture: file })
}

/** Somebody verified with these pages filled in, and the pictures these need; what stands nowhere is left to do by hand. */
export async function drafted(
  { deps }: Service,
  answers: Answers,
  { known, ...wish }: ApplicantWish & { readonly known?: Partial<Context> } = {},
): Promise<MadeApplicant & { readonly caseId: string }> {
  const person = await makeApplicant(deps, { name: '欧阳试', ...wish })
  const { actor } = person
  const caseId = await openDraft(deps, actor, 'collection')
  await giveConsent(deps, actor, { purpose: 'collection' })
  const context = sampleContext(known)
  const sections = Object.entries(answers) as [SectionId, readonly Row[]][]
  for (const [section, rows] of sections) {
    for (const row of rows) await type(deps, actor, { caseId, section, row, context })
    for (const { rowId, slot } of sampleFiles(sectionById(section), rows, context))
      await attached({ deps }, actor, { caseId, section, rowId, slot })
  }
  return { ...person, caseId }
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
async function* once(text: string): AsyncGenerator<string> {
  yield text
}

/** Brings one record into the register as an operator imports it; whoever else is not in it stays unknown. */
export async function registered({ deps }: Service, kind: ClaimKind, record: Facts): Promise<void> {
  const lines = [Object.keys(record).map((field) => headingOf(kind, field)), Object.values(record)]
  const text = once(lines.map((line) => line.map(quoted).join(',')).join('\n'))
  await importRegister(deps, null, { kind, text, partial: true, replace: false }, ({ fault, field }) => {
    throw new Error(`${kind}: ${field ?? ''} ${fault}`)
  })
}
