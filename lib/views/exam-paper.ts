/** 报名信息表 of one's own registration for an exam (EXM-3). */
import { latestEntry } from '#db/queries/exam-entries.ts'
import { openPrinted, receiptsOf } from '#db/queries/receipts.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { sessionTitle } from '#lib/text/exams.ts'
import { ownReceipt } from './receipts.ts'

/** As many as somebody makes in some days. */
const looked = 50

/** The newest paper of the registration, to print; `receipt` is null before one was made, `isPaid` false before it can be. `not-found` where they never registered. */
export async function ownExamPaper(deps: Deps, actor: Applicant, sessionId: string) {
  const { store, keys } = deps
  const { read, t } = store
  const found = await latestEntry(read, t, actor.id, sessionId)
  if (!found) throw notFound()
  const { entry, session } = found
  const isPaid = entry.state === 'paid'
  const made = isPaid ? await receiptsOf(read, t, actor.id, { kind: 'exam', limit: looked }) : []
  const newest = made.find((one) => openPrinted(keys, one).about === entry.caseId)
  return {
    title: sessionTitle(session),
    isPaid,
    receipt: newest ? await ownReceipt(deps, actor, newest.code) : null,
  }
}

/** The case of the registration a paper is asked of; `not-found` where there is none. */
export async function ownEntryCase({ store }: Deps, actor: Applicant, sessionId: string): Promise<string> {
  const found = await latestEntry(store.read, store.t, actor.id, sessionId)
  if (!found) throw notFound()
  return found.entry.caseId
}
