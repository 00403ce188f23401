/** What the frame of every page shows of who is looking. */
import { unreadCap, unreadCount } from '#db/queries/messages.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { managesDepartments } from '#lib/policy/department-policy.ts'
import { listsEntries } from '#lib/policy/exam-entries-policy.ts'
import { seesExamSessions } from '#lib/policy/exam-policy.ts'
import { exportableKinds } from '#lib/policy/export-policy.ts'
import { seesFigures } from '#lib/policy/figures-policy.ts'
import { rolesToGive } from '#lib/policy/staff-policy.ts'
import { maskedName } from '#lib/text/surnames.ts'
import { countWords } from '#lib/text/ui.ts'
import { audits } from './audit.ts'
import { hasQueue } from './review-queue.ts'

export async function frameView(deps: Deps, actor: Actor, name: string) {
  const found = await unreadCount(deps.store.read, deps.store.t, actor.id)
  return {
    name: maskedName(name),
    kind: actor.kind,
    unread: found === 0 ? '' : countWords(found, unreadCap),
    hasQueue: actor.kind === 'staff' && hasQueue(actor),
    managesStaff: rolesToGive(actor).length > 0,
    managesDepartments: managesDepartments(actor),
    runsExams: seesExamSessions(actor),
    listsEntries: listsEntries(actor),
    seesFigures: seesFigures(actor),
    exports: exportableKinds(actor).length > 0,
    audits: audits(actor),
  }
}
