import { record } from '#db/events.ts'
import { latestCase, type ServiceCase, sectionContext } from '#db/queries/cases.ts'
import { lockEntry } from '#db/queries/conduct.ts'
import { type OpenRecord, openRecord } from '#db/queries/records.ts'
import type { Q } from '#db/store.ts'
import { insert } from '#db/write.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { CaseKindId } from '#lib/cases/define.ts'
import type { Deps } from '#lib/deps.ts'
import type { Person } from '#lib/domain/actor.ts'
import type { CaseState } from '#lib/domain/case-states.ts'
import { type ChangeSection, changedSection } from '#lib/domain/changes.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { lockAccount } from './support/lock-account.ts'

const once: readonly CaseState[] = ['refused', 'cancelled']
const repeatable: readonly CaseState[] = [...once, 'approved']

/**
 * The person's case of this kind to work on: the newest one unless it came to its end, else a new draft. Asked twice,
 * made once. A kind that can be filed again begins anew after an approval too. `not-found` for a kind this person may
 * not file; `change-before-approval` for a 信息变更 of who has no record yet (CHG-1).
 *
 * A 异议 is about one entry of 奖惩 (`about`, its id) that is this person's own, `not-found` otherwise; refused: `conduct-revoked` where
 * it does not stand any more, `objection-open` while one about another entry is open.
 */
export async function openDraft(
  deps: Deps,
  actor: Person,
  kind: CaseKindId,
  about: string | null = null,
): Promise<string> {
  const { store } = deps
  const { t } = store
  if (!caseKinds[kind].filedBy.includes(actor.kind)) throw notFound()
  return store.tx(async (q) => {
    // A transfer that is being completed takes along every draft there is.
    await lockAccount(deps, q, actor.id)
    if (kind === 'objection') await requireStanding(deps, q, actor, about)
    const known = await latestCase(q, t, actor.id, kind)
    const ends = caseKinds[kind].isRepeatable ? repeatable : once
    const over = known && ends.includes(known.state)
    if (known && !over) return sameMatter(known, about)
    const page = changedSection(kind)
    const base = page === null ? null : await openRecord(q, t, deps.keys, actor.id)
    if (page !== null && base === null) throw refused(issue(null, 'change-before-approval'))
    const at = deps.clock.now()
    const id = newId(at)
    const [made] = await q
      .insert(t.serviceCase)
      .values({
        id,
        kind,
        personId: actor.id,
        state: 'draft',
        openKey: caseKinds[kind].openKey(actor.id),
        departmentId: base?.departmentId ?? null,
        about: kind === 'objection' ? about : null,
        createdAt: at,
        updatedAt: at,
      })
      .onConflictDoNothing()
      .returning({ id: t.serviceCase.id })
    if (!made) {
      const other = await latestCase(q, t, actor.id, kind)
      if (!other) throw new Error('an open case exists and cannot be read')
      return sameMatter(other, about)
    }
    if (page !== null && base !== null) await copyPage(deps, q, id, page, base)
    await record(q, t, {
      id: newId(at),
      kind: 'case.opened',
      actorId: actor.id,
      personId: actor.id,
      caseId: id,
      at,
    })
    return id
  })
}

/** The open case, unless it is a 异议 about another entry. */
function sameMatter(known: Pick<ServiceCase, 'id' | 'kind' | 'about'>, about: string | null): string {
  if (known.kind === 'objection' && known.about !== about) throw refused(issue(null, 'objection-open'))
  return known.id
}

/** An entry of one's own that counts (AWD-1). */
async function requireStanding({ store }: Deps, q: Q, actor: Person, about: string | null): Promise<void> {
  const entry = about === null ? null : await lockEntry(q, store.t, about)
  if (entry?.personId !== actor.id) throw notFound()
  if (entry.revokedAt !== null) throw refused(issue(null, 'conduct-revoked'))
}

/** A change begins with the page as it is, its pictures included (CHG-2). */
async function copyPage(
  { store, keys, clock }: Deps,
  q: Q,
  caseId: string,
  page: ChangeSection,
  base: OpenRecord,
): Promise<void> {
  const { attachment, caseSection } = store.t
  const at = clock.now()
  await insert(q, caseSection, {
    caseId,
    section: page,
    rowsSealed: keys.seal(JSON.stringify(base.proposals.get(page)?.rows ?? []), sectionContext(caseId, page)),
    editedFor: 1,
    version: 1,
    updatedAt: at,
  })
  const files = base.files.filter(({ section }) => section === page)
  if (files.length === 0) return
  await insert(
    q,
    attachment,
    files.map(({ section, rowId, slot, fileId }, index) => ({
      // Ids sort by their millisecond, and pictures are shown in that order.
      id: newId(new Date(at.getTime() + index)),
      caseId,
      section,
      rowId,
      slot,
      fileId,
      createdAt: at,
    })),
  )
}
