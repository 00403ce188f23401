import { recordAccess } from '#db/access.ts'
import { caseFacts, departmentFacts } from '#db/queries/case-file.ts'
import { casesShowing, storedFileById } from '#db/queries/files.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { lost, notFound } from '#lib/domain/errors.ts'
import { newId } from '#lib/ids.ts'
import { judge } from '#lib/policy/case-policy.ts'

/** What is stored does not open under its key (db/crypto.ts). */
export const isDamage = (error: unknown) =>
  error instanceof Error && Reflect.get(error, 'code') === 'unseal-failed'

/**
 * A stored picture for whoever may see it: its owner, or a reviewer of a case that shows it, whose look is logged (SEC-3, REV-6).
 * `lost` where its row is there and its file is not, or is damaged.
 */
export async function pictureFor(
  deps: Deps,
  actor: Actor,
  fileId: string,
): Promise<{ format: 'jpeg' | 'png'; bytes: Buffer }> {
  const { read, t } = deps.store
  const stored = await storedFileById(read, t, fileId)
  if (!stored) throw notFound()
  if (stored.ownerId !== actor.id) {
    const now = deps.clock.now()
    let seenIn: string | null = null
    for (const found of await casesShowing(read, t, fileId)) {
      // Whom the round was sent to, not where the applicant points the draft by now.
      const department = await departmentFacts(read, t, found.case.sentTo ?? found.departmentId)
      if (
        judge(
          actor,
          'read-for-review',
          caseFacts({ case: found.case, department, passes: [], entryPeople: [] }),
          now,
        ) === 'yes'
      ) {
        seenIn = found.case.id
        break
      }
    }
    if (seenIn === null) throw notFound()
    const caseId = seenIn
    await deps.store.tx((q) =>
      recordAccess(q, t, {
        id: newId(now),
        actorId: actor.id,
        personId: stored.ownerId,
        caseId,
        what: 'picture',
        subject: fileId,
        at: now,
      }),
    )
  }
  const bytes = await deps.files.get(stored.storageKey).catch((error: unknown) => {
    if (isDamage(error)) throw lost()
    throw error
  })
  if (!bytes) throw lost()
  return { format: stored.format, bytes }
}
