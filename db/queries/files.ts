import { and, asc, eq, inArray, ne } from 'drizzle-orm'
import { among, type Given, prepared } from '../prepared.ts'
import type { Q, Schema } from '../store.ts'

export async function storedFileById(q: Q, t: Schema, id: string) {
  const [row] = await q.select().from(t.storedFile).where(eq(t.storedFile.id, id)).limit(1)
  return row ?? null
}

/** Every picture a person has uploaded that is still kept, oldest first. */
export const filesOwnedBy = (q: Q, t: Schema, ownerId: string) =>
  q
    .select()
    .from(t.storedFile)
    .where(eq(t.storedFile.ownerId, ownerId))
    .orderBy(asc(t.storedFile.createdAt), asc(t.storedFile.id))

/** Cases with a round that froze this picture, each with the department its latest round was sent to. */
export const casesShowing = (q: Q, t: Schema, fileId: string) =>
  q
    .selectDistinct({ case: t.serviceCase, departmentId: t.caseRound.departmentId })
    .from(t.roundFile)
    .innerJoin(t.serviceCase, eq(t.serviceCase.id, t.roundFile.caseId))
    .innerJoin(
      t.caseRound,
      and(eq(t.caseRound.caseId, t.serviceCase.id), eq(t.caseRound.round, t.serviceCase.round)),
    )
    .where(eq(t.roundFile.fileId, fileId))

/** Which of these pictures some round of the case still holds, and how large they are, in pixels. */
export async function picturesHeld(q: Q, t: Schema, caseId: string, fileIds: readonly string[]) {
  const { roundFile, storedFile } = t
  if (fileIds.length === 0) return []
  return q
    .selectDistinct({ id: storedFile.id, width: storedFile.width, height: storedFile.height })
    .from(roundFile)
    .innerJoin(storedFile, eq(storedFile.id, roundFile.fileId))
    .where(and(eq(roundFile.caseId, caseId), inArray(roundFile.fileId, [...fileIds])))
}

const digestsQuery = prepared((q, t, { ids }: Given<{ ids: readonly string[] }>) =>
  q
    .select({ id: t.storedFile.id, digest: t.storedFile.digest })
    .from(t.storedFile)
    .where(among(t, t.storedFile.id, ids)),
)

type Elsewhere = Given<{ digests: readonly string[]; personId: string }>

const elsewhereQuery = prepared((q, t, { digests, personId }: Elsewhere) => {
  const { storedFile, attachment, roundFile, serviceCase, account } = t
  const seen = (place: typeof attachment | typeof roundFile) =>
    q
      .selectDistinct({ digest: storedFile.digest, personId: serviceCase.personId, birth: account.birth })
      .from(storedFile)
      .innerJoin(place, eq(place.fileId, storedFile.id))
      .innerJoin(serviceCase, eq(serviceCase.id, place.caseId))
      .innerJoin(account, eq(account.id, serviceCase.personId))
      .where(and(among(t, storedFile.digest, digests), ne(serviceCase.personId, personId)))
  return seen(attachment).union(seen(roundFile))
})

/** Which of these pictures, by their digests, stand in cases of other accounts, and in whose (CHK-3). */
export async function picturesElsewhere(
  q: Q,
  t: Schema,
  personId: string,
  fileIds: readonly string[],
): Promise<{ fileId: string; personId: string; birth: string }[]> {
  if (fileIds.length === 0) return []
  const own = await digestsQuery(q, t, { ids: fileIds })
  const found = await elsewhereQuery(q, t, { digests: own.map(({ digest }) => digest), personId })
  return own.flatMap(({ id, digest }) =>
    found
      .filter((one) => one.digest === digest)
      .map(({ personId, birth }) => ({ fileId: id, personId, birth })),
  )
}
