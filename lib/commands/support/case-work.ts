/** What every command on a case does first and last: load, authorise, write back under the version it read. */
import { and, eq } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { type CaseFile, caseFacts, caseFile } from '#db/queries/case-file.ts'
import { sectionContext } from '#db/queries/cases.ts'
import type { Q, Schema } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { type CaseAction, decide } from '#lib/domain/case-states.ts'
import { notFound, refused, stale } from '#lib/domain/errors.ts'
import { newId } from '#lib/ids.ts'
import { authorise, type Verb } from '#lib/policy/case-policy.ts'
import type { SectionId } from '#lib/sections/all.ts'
import type { Row } from '#lib/sections/define.ts'

/** The case, if the actor may do `verb` to it; `not-found` or `refused` otherwise. */
export async function openCase(deps: Deps, q: Q, actor: Actor, verb: Verb, caseId: string): Promise<CaseFile> {
  const file = await caseFile(q, deps.store.t, deps.keys, caseId)
  if (!file) throw notFound()
  authorise(actor, verb, caseFacts(file), deps.clock.now())
  return file
}

/** Changes the case row if nobody did since it was read; `stale` otherwise (SQLite alone would hide a missing check). */
export async function changeCase(
  deps: Deps,
  q: Q,
  file: CaseFile,
  change: Partial<Schema['serviceCase']['$inferInsert']>,
): Promise<void> {
  const { t } = deps.store
  const [row] = await q
    .update(t.serviceCase)
    .set({ ...change, version: file.case.version + 1, updatedAt: deps.clock.now() })
    .where(and(eq(t.serviceCase.id, file.case.id), eq(t.serviceCase.version, file.case.version)))
    .returning({ id: t.serviceCase.id })
  if (!row) throw stale()
}

/** The state an action leads to; `refused` where the state does not allow it. */
export function nextState(file: CaseFile, action: CaseAction) {
  const next = decide(file.case.state, action)
  if (!next.ok) throw refused(...next.issues)
  return next.value
}

/** Writes a section's rows under the version they were read at. */
export async function writeSection(
  deps: Deps,
  q: Q,
  file: CaseFile,
  section: SectionId,
  rows: readonly Row[],
): Promise<void> {
  const { t } = deps.store
  const known = file.proposals.get(section)
  const values = {
    rowsSealed: deps.keys.seal(JSON.stringify(rows), sectionContext(file.case.id, section)),
    editedFor: file.case.round + 1,
    updatedAt: deps.clock.now(),
  }
  const written = known
    ? await q
        .update(t.caseSection)
        .set({ ...values, version: known.version + 1 })
        .where(
          and(
            eq(t.caseSection.caseId, file.case.id),
            eq(t.caseSection.section, section),
            eq(t.caseSection.version, known.version),
          ),
        )
        .returning({ version: t.caseSection.version })
    : await q
        .insert(t.caseSection)
        .values({ caseId: file.case.id, section, version: 1, ...values })
        .onConflictDoNothing()
        .returning({ version: t.caseSection.version })
  if (written.length === 0) throw stale()
}

export const log = (
  deps: Deps,
  q: Q,
  file: CaseFile,
  actor: Actor,
  kind: string,
  data: Record<string, string | number | boolean> = {},
) => {
  const at = deps.clock.now()
  return record(q, deps.store.t, {
    id: newId(at),
    kind,
    actorId: actor.id,
    personId: file.case.personId,
    caseId: file.case.id,
    data,
    at,
  })
}
