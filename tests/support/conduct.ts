/** 奖惩 in tests: a penalty as it is typed, and cases decided by whoever is next. */
import { caseKinds } from '#lib/cases/all.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { enterPenalty } from '#lib/commands/enter-penalty.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant, Staff } from '#lib/domain/actor.ts'
import { caseRow } from './case-state.ts'
import { typeRow } from './cases.ts'
import type { MadeApplicant, TestDeps } from './deps.ts'

type Typed = Readonly<Record<string, string>>

export const typedPenalty = {
  penalty: 'fine',
  basis: '违反会计法第四十条，伪造会计凭证',
  authority: '广州市天河区财政局',
  documentNo: '天财会罚〔2026〕3号',
  decidedOn: '2026-11-18',
} as const satisfies Typed

/** Enters a penalty and gives the case. */
export async function enteredPenalty(
  deps: Deps,
  actor: Staff,
  { number, name }: Pick<MadeApplicant, 'number' | 'name'>,
  values: Typed = {},
): Promise<string> {
  const typed: Typed = { ...typedPenalty, ...values }
  const form = { get: (key: string) => typed[key] ?? '' }
  const entered = await enterPenalty(deps, actor, { number, name, form, confirmed: true })
  const { t, read } = deps.store
  const found = (await read.select().from(t.serviceCase)).find((one) => one.number === entered.number)
  if (!found) throw new Error('a penalty without its case')
  return found.id
}

/** Claims the case and lets it pass, at whatever stage it is. */
export async function passBy(deps: TestDeps, actor: Staff, caseId: string): Promise<void> {
  deps.clock.advance(1000)
  await claimCase(deps, actor, { caseId })
  const { version, kind } = await caseRow(deps, caseId)
  const verdicts = Object.fromEntries(caseKinds[kind].sections.map((section) => [section, 'pass']))
  await approveCase(deps, actor, { caseId, version, opinions: { verdicts, findings: [] } })
}

/** The entry that stands of this case. */
export async function entryOf(deps: Deps, caseId: string) {
  const { t, read } = deps.store
  const entry = (await read.select().from(t.conduct)).find((one) => one.caseId === caseId)
  if (!entry) throw new Error('a case without its entry')
  return entry
}

/** 异议 against an entry, sent. */
export async function sentObjection(deps: TestDeps, actor: Applicant, entryId: string): Promise<string> {
  deps.clock.advance(1000)
  const caseId = await openDraft(deps, actor, 'objection', entryId)
  await typeRow(
    deps,
    actor,
    { caseId, section: 'objection', rowId: 'main' },
    { story: '决定书写的是另一个单位，本人当时不在该单位任职' },
  )
  await submitCase(deps, actor, { caseId, declared: true })
  return caseId
}
