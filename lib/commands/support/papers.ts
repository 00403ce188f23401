/** What can be printed with a receipt, of each kind: a new kind is one more line of `papers`. */
import { accountById } from '#db/queries/accounts.ts'
import { departmentFacts } from '#db/queries/case-file.ts'
import { openSnapshot, roundAt } from '#db/queries/cases.ts'
import { creditHome, creditJudge, creditLines } from '#db/queries/credits.ts'
import { paidEntry } from '#db/queries/exam-lists.ts'
import { openRecord } from '#db/queries/records.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import type { ReceiptKind } from '#lib/domain/receipts.ts'
import { creditPaper } from '#lib/readers/credit-paper.ts'
import { recordDraft } from '#lib/readers/draft.ts'
import { examPaper } from '#lib/readers/exam-paper.ts'
import type { Paper } from '#lib/readers/paper.ts'
import { recordPaper } from '#lib/readers/record-paper.ts'

export interface MadePaper {
  readonly paper: Paper
  /** Equal as long as what is printed is: values, not words, so that a new word is no change (`canonical`). */
  readonly content: string
  readonly name: string
  /** Full name of the department that answers for it. */
  readonly department: string
  /** What it is about where a person may have several of a kind, in words; told to whoever verifies it. */
  readonly subject?: string
}

/** What would be printed of this person now, of what `about` names; null where there is nothing to print. Reads only. */
export type PaperOf = (deps: Deps, q: Q, personId: string, about: string) => Promise<MadePaper | null>

/** 会计人员信息登记表. */
const record: PaperOf = async ({ store, keys, clock }, q, personId) => {
  const { t } = store
  const held = await openRecord(q, t, keys, personId)
  const account = held && (await accountById(q, t, keys, personId))
  if (!held || !account) return null
  const node = await departmentFacts(q, t, held.departmentId)
  const department = node?.fullName ?? ''
  const draft = recordDraft({ account, department: node, ...held }, dayOf(clock.now()))
  return { ...recordPaper(draft, account, department), name: account.name, department }
}

/** 继续教育学分证明; nothing before something was entered. */
const credits: PaperOf = async ({ store, keys }, q, personId) => {
  const { t } = store
  const home = await creditHome(q, t, personId)
  const lines = home === null ? [] : await creditLines(q, t, personId)
  const account = lines.length === 0 ? null : await accountById(q, t, keys, personId)
  if (!home || !account) return null
  const judge = await creditJudge(q, t, home, lines)
  const years = [...Map.groupBy(lines, ({ year }) => year)]
    .map(([year, of]) => ({ year, ledger: judge(of) }))
    .toSorted((a, b) => b.year - a.year)
  const department = home.fullName
  return { ...creditPaper(account, department, years, lines), name: account.name, department }
}

/** 报名信息表 of a registration that is paid for (EXM-3), as it was frozen: later changes of the record are not in it. */
const exam: PaperOf = async ({ store, keys }, q, personId, about) => {
  const { t } = store
  const found = await paidEntry(q, t, personId, about)
  const round = found && (await roundAt(q, t, about, found.round))
  if (!found || !round) return null
  const node = await departmentFacts(q, t, round.departmentId)
  const department = node?.fullName ?? ''
  return { ...examPaper(openSnapshot(keys, round), found.entry, department), department }
}

const papers: Readonly<Record<ReceiptKind, PaperOf>> = { record, credits, exam }

/** The keyed hashes of what a paper says, newest key first. */
export const paperDigests = ({ keys }: Pick<Deps, 'keys'>, kind: ReceiptKind, content: string): string[] =>
  keys.digests(`paper:${kind}`, Buffer.from(content))

/** What would be printed of this kind now, with the keyed hashes of it, newest key first; null where there is nothing. */
export async function paperNow(deps: Deps, q: Q, kind: ReceiptKind, personId: string, about = '') {
  const made = await papers[kind](deps, q, personId, about)
  if (!made) return null
  const digests = paperDigests(deps, kind, made.content)
  return { ...made, digest: digests[0] ?? '', digests }
}
