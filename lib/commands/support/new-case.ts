/** A case that is made and sent in one go: nobody works on it as a draft (AWD-1, EXM-3). */
import { record } from '#db/events.ts'
import { sectionContext } from '#db/queries/cases.ts'
import type { Q, Schema } from '#db/store.ts'
import { insert } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { newId } from '#lib/ids.ts'
import type { SectionId } from '#lib/sections/all.ts'
import type { Row } from '#lib/sections/define.ts'

export interface NewCase {
  readonly kind: Schema['serviceCase']['$inferSelect']['kind']
  readonly personId: string
  readonly openKey: string
  readonly departmentId: string
  /** Its one page, and the row on it. */
  readonly section: SectionId
  readonly row: Row
  /** For the log. */
  readonly data?: Readonly<Record<string, string>>
}

/** Writes it as a draft of one row, to be sent in the same transaction; gives its id. */
export async function makeCase(
  { store, keys, clock }: Deps,
  q: Q,
  actor: Actor,
  { kind, personId, openKey, departmentId, section, row, data = {} }: NewCase,
): Promise<string> {
  const { serviceCase, caseSection } = store.t
  const at = clock.now()
  const id = newId(at)
  await insert(q, serviceCase, {
    id,
    kind,
    personId,
    state: 'draft',
    openKey,
    departmentId,
    createdAt: at,
    updatedAt: at,
  })
  await insert(q, caseSection, {
    caseId: id,
    section,
    rowsSealed: keys.seal(JSON.stringify([row]), sectionContext(id, section)),
    editedFor: 1,
    version: 1,
    updatedAt: at,
  })
  await record(q, store.t, {
    id: newId(at),
    kind: 'case.opened',
    actorId: actor.id,
    personId,
    caseId: id,
    data: { ...data },
    at,
  })
  return id
}
