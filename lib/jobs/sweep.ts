/** Takes away what has had its time. Repeating it, or being interrupted, does no harm. */
import { and, eq, isNull, lt, notExists, or } from 'drizzle-orm'
import { remove } from '#db/write.ts'
import { releaseEnded } from '#lib/commands/release-ended.ts'
import type { Deps } from '#lib/deps.ts'
import { endCasePictures } from './end-case-pictures.ts'
import { endClaims } from './end-claims.ts'
import { endDrafts } from './end-drafts.ts'
import { endRosters } from './end-rosters.ts'
import { escalate } from './escalate.ts'
import { areFilesHeld } from './file-hold.ts'
import { resumeMoves } from './move-department.ts'
import { sweepExports } from './sweep-exports.ts'
import { sweepUploads } from './sweep-leftovers.ts'

const day = 24 * 3_600_000
const sessionsKept = 7 * day
const messagesKept = 7 * day
const jobsKept = 7 * day
const invitationsKept = 30 * day
const filesAtOnce = 200

/**
 * Removes expired echoes, captcha uses, codes, counters, old sessions, sign-ins, sent messages and finished jobs; ends old drafts,
 * claims nobody pursues, lists of trainees nobody confirms, the pictures of decided cases and exports that have had their time; takes cases out of hands whose office ran out; goes on with what a closed department still holds; tells
 * whoever stands above of departments nobody reviews; then removes every file nothing refers to any more.
 */
export async function sweep(deps: Deps): Promise<void> {
  const { t } = deps.store
  const now = deps.clock.now()
  const before = (ms: number) => new Date(now.getTime() - ms)
  await deps.store.tx(async (q) => {
    await q.delete(t.echo).where(lt(t.echo.expiresAt, now))
    await q.delete(t.captchaUse).where(lt(t.captchaUse.expiresAt, now))
    await q.delete(t.smsCode).where(lt(t.smsCode.createdAt, before(day)))
    await q.delete(t.counter).where(lt(t.counter.resetAt, now))
    // An ended session says for a while whose echo a late POST left (SEC-5).
    const over = before(sessionsKept)
    await q.delete(t.session).where(or(lt(t.session.endedAt, over), lt(t.session.endsAt, over)))
    await q
      .delete(t.signInRecord)
      .where(lt(t.signInRecord.at, before(deps.env.limits.signInRecordDays * day)))
    await q.delete(t.invitation).where(lt(t.invitation.expiresAt, before(invitationsKept)))
    const done = before(messagesKept)
    await q.delete(t.outbox).where(or(lt(t.outbox.sentAt, done), lt(t.outbox.deadAt, done)))
    // Two deletes, each by the index of what is due.
    const ended = before(jobsKept)
    await q.delete(t.job).where(lt(t.job.doneAt, ended))
    await q.delete(t.job).where(and(isNull(t.job.doneAt), lt(t.job.runAt, now), lt(t.job.deadAt, ended)))
  })
  await sweepUploads(deps)
  await endDrafts(deps)
  await endCasePictures(deps)
  await endClaims(deps)
  await endRosters(deps)
  await releaseEnded(deps)
  await resumeMoves(deps)
  await escalate(deps)
  await sweepExports(deps)
  while ((await sweepFiles(deps, now, before(day))) === filesAtOnce);
}

/** The row goes first: a file without a row is found by `verify`, a row without its file would be a broken picture. */
async function sweepFiles({ store, files }: Deps, now: Date, before: Date): Promise<number> {
  const { t } = store
  const gone = await store.tx(async (q) => {
    if (await areFilesHeld(q, t, now)) return []
    const unused = await q
      .select({ id: t.storedFile.id, key: t.storedFile.storageKey })
      .from(t.storedFile)
      .where(
        and(
          lt(t.storedFile.createdAt, before),
          notExists(
            q
              .select({ id: t.attachment.id })
              .from(t.attachment)
              .where(eq(t.attachment.fileId, t.storedFile.id)),
          ),
          notExists(
            q
              .select({ id: t.roundFile.fileId })
              .from(t.roundFile)
              .where(eq(t.roundFile.fileId, t.storedFile.id)),
          ),
        ),
      )
      .limit(filesAtOnce)
    const ids = unused.map(({ id }) => id)
    if (ids.length > 0) await remove(q, t.storedFile, { id: ids })
    return unused
  })
  for (const { key } of gone) await files.delete(key)
  return gone.length
}
