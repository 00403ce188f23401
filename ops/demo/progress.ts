/** Brings a demo person to where the demo wants them, by the commands everybody uses. */
import { setTimeout as sleep } from 'node:timers/promises'
import { caseFile } from '#db/queries/case-file.ts'
import { type DemoApplicant, type DemoState, demoNotes } from '#db/seed/demo-people.ts'
import { drawPortrait, drawProof } from '#db/seed/demo-pictures.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { CaseKindId } from '#lib/cases/define.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { attachFile } from '#lib/commands/attach-file.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { giveConsent } from '#lib/commands/give-consent.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { inspectPicture } from '#lib/files/inspect.ts'
import { newFileKey } from '#lib/files/store.ts'
import { runJobs } from '#lib/jobs/run-jobs.ts'
import { blankRow } from '#lib/readers/rows.ts'
import { asPosted, filledForm, sampleContext, sampleFiles, sampleRows } from '#lib/readers/sample.ts'
import type { PostedFinding, PostedOpinions } from '#lib/schemas/findings.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import type { Row, Values } from '#lib/sections/define.ts'
import { staffOf } from './accounts.ts'

const day = 86_400_000
/** How long ago each was done, so that the queue and the history look lived in. */
const daysAgo: Readonly<Partial<Record<DemoState, number>>> = {
  submitted: 1,
  returned: 2,
  'returned-by-check': 1,
  'not-in-register': 3,
  'not-checkable': 2,
  approved: 6,
}

interface Work {
  readonly deps: Deps
  readonly actor: Applicant
  readonly caseId: string
  readonly person: DemoApplicant
}

async function fileOf({ deps, caseId }: Pick<Work, 'deps' | 'caseId'>) {
  const file = await caseFile(deps.store.read, deps.store.t, deps.keys, caseId)
  if (!file) throw new Error(`case ${caseId} is not there`)
  return file
}

/** The rows this person fills in: the sample's, in their own department; a draft stops half way. */
function rowsOf(section: SectionId, { rows: variant, departmentId, state }: DemoApplicant): readonly Row[] {
  const rows = sampleRows(section, variant)
  const changed = (values: Values) => rows.map((row) => ({ ...row, values: { ...row.values, ...values } }))
  if (section === 'department') return changed({ departmentId })
  if (state !== 'draft') return rows
  if (section === 'basic') return changed({ address: '' })
  return section === 'education' ? changed({ school: '' }).slice(0, 1) : section === 'scope' ? rows : []
}

/** Types a row in, nested rows one after another as the page offers them. */
async function enter(work: Work, section: SectionId, row: Row): Promise<void> {
  const { deps, actor, caseId, person } = work
  const form = asPosted(filledForm(section, row, sampleContext({}, person.rows)))
  for (;;) {
    const known = (await fileOf(work)).proposals.get(section)?.rows.find(({ id }) => id === row.id)
    const held = (known ?? blankRow(sectionById(section), row.id)).children?.length ?? 0
    const addChild = held < (row.children?.length ?? 0)
    await saveEntry(deps, actor, { caseId, section, rowId: row.id, rev: known?.rev ?? 0, form, addChild })
    if (!addChild) return
  }
}

async function attach(
  work: Work,
  section: SectionId,
  { rowId, slot }: { rowId: string; slot: string },
): Promise<void> {
  const { deps, actor, caseId, person } = work
  const placed = (await fileOf(work)).files
  if (placed.some((file) => file.section === section && file.rowId === rowId && file.slot === slot)) return
  const seed = [person.numberHead, section, rowId, slot].join(' ')
  const received = slot === 'portrait' ? await drawPortrait(seed) : await drawProof(seed)
  const inspected = await inspectPicture(received)
  if (!inspected.ok) throw new Error(`the drawing for ${slot} is no picture`)
  const { format, bytes, width, height } = inspected.facts
  const storageKey = newFileKey()
  await deps.files.put(storageKey, inspected.clean)
  const digest = deps.keys.digest('picture', inspected.clean)
  const picture = { storageKey, format, bytes, width, height, name: `${slot}.jpg`, digest }
  await attachFile(deps, actor, { caseId, section, rowId, slot, picture })
}

async function fillIn(work: Work, kind: CaseKindId): Promise<void> {
  const { deps, actor, person } = work
  await giveConsent(deps, actor, { purpose: caseKinds[kind].consent })
  const context = sampleContext({}, person.rows)
  for (const section of caseKinds[kind].sections) {
    const rows = rowsOf(section, person)
    for (const row of rows) await enter(work, section, row)
    // A draft has its portrait and nothing more.
    for (const file of sampleFiles(sectionById(section), rows, context))
      if (person.state !== 'draft' || file.slot === 'portrait') await attach(work, section, file)
  }
}

const finding = (section: SectionId, rest: Omit<PostedFinding, 'at' | 'section'>): PostedFinding => ({
  at: `finding.${section}.0`,
  section,
  ...rest,
})

function opinionsFor(state: DemoState): PostedOpinions {
  const findings =
    state === 'returned'
      ? [
          finding('basic', {
            rowId: 'main',
            target: 'slot:portrait',
            reason: 'portrait-unsuitable',
            note: demoNotes.portrait,
          }),
          finding('education', {
            rowId: 'row002',
            target: 'major',
            reason: 'answer-incomplete',
            note: demoNotes.major,
          }),
        ]
      : []
  const wrong = new Set(findings.map(({ section }) => section))
  const verdicts = caseKinds.collection.sections.map((section) => [
    section,
    wrong.has(section) ? 'problem' : 'pass',
  ])
  return { verdicts: Object.fromEntries(verdicts), findings }
}

async function review({ deps, caseId, person }: Work): Promise<void> {
  const reviewer = await staffOf(deps, 'reviewer', person.departmentId)
  await claimCase(deps, reviewer, { caseId })
  const { version } = (await fileOf({ deps, caseId })).case
  const decide = person.state === 'approved' ? approveCase : returnCase
  await decide(deps, reviewer, { caseId, version, opinions: opinionsFor(person.state) })
}

/**
 * Sends it and has its checks done at once: by the embedded register or by nobody, as the demo depends on nothing outside.
 * Where a server runs beside it, that one may be faster to take a job up, and is waited for.
 */
async function submit(work: Work): Promise<void> {
  const { actor, caseId } = work
  const deps = {
    ...work.deps,
    registers: work.deps.env.registers.provider === 'register' ? work.deps.registers : null,
  }
  await submitCase(deps, actor, { caseId, declared: true })
  for (let tries = 0; tries < 50; tries += 1) {
    await runJobs(deps, 'demo', 50)
    if ((await fileOf(work)).case.state !== 'checking') return
    await sleep(200)
  }
}

/** The same, with a clock that is `days` slow. */
export const back = (deps: Deps, days: number): Deps => ({
  ...deps,
  clock: { now: () => new Date(deps.clock.now().getTime() - days * day) },
})

/** Goes on from wherever the person's case is; one that somebody has taken further stays there. */
export async function bringTo(now: Deps, actor: Applicant, person: DemoApplicant): Promise<void> {
  const { state } = person
  if (state === 'fresh' || state === 'verified') return
  const deps = back(now, daysAgo[state] ?? 0)
  const kind: CaseKindId = state === 'identity' ? 'identity' : 'collection'
  const caseId = await openDraft(deps, actor, kind)
  const work = { deps, actor, caseId, person }
  const at = async () => (await fileOf(work)).case.state
  if ((await at()) === 'draft') {
    await fillIn(work, kind)
    if (state !== 'draft') await submit(work)
  }
  const reviewed = state === 'returned' || state === 'approved'
  if (reviewed && ['waiting', 'in_review'].includes(await at())) await review(work)
}
