/** Looks at a case as it is stored: what a test compares before and after. */
import { asc, eq } from 'drizzle-orm'
import { caseById, placedFiles, proposalsOf } from '#db/queries/cases.ts'
import type { Store } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import type { SectionId } from '#lib/sections/all.ts'
import type { Row } from '#lib/sections/define.ts'

export async function caseRow({ store }: Deps, caseId: string) {
  const row = await caseById(store.read, store.t, caseId)
  if (!row) throw new Error('no such case')
  return row
}

/** The rows of a section as typed. */
export async function rowsOf(deps: Deps, caseId: string, section: SectionId): Promise<readonly Row[]> {
  const { store, keys } = deps
  return (await proposalsOf(store.read, store.t, keys, caseId)).get(section)?.rows ?? []
}

export const placed = ({ store, keys }: Deps, caseId: string) =>
  placedFiles(store.read, store.t, keys, caseId)

/** `section/row/slot` of every picture of a case, in order. */
export const placesOf = async (deps: Deps, caseId: string) =>
  (await placed(deps, caseId)).map(({ section, rowId, slot }) => `${section}/${rowId}/${slot}`).sort()

/** The kinds of events of a case, sorted: those of one millisecond have no order among themselves. */
export const eventsOf = async ({ store }: Deps, caseId: string) =>
  (
    await store.read
      .select({ kind: store.t.event.kind })
      .from(store.t.event)
      .where(eq(store.t.event.caseId, caseId))
  )
    .map(({ kind }) => kind)
    .sort()

/** Everything a command on this case may change, to see that it changed nothing. */
export async function everythingOf(deps: Deps, caseId: string) {
  const { read, t } = deps.store
  return {
    case: await caseRow(deps, caseId),
    sections: await read
      .select()
      .from(t.caseSection)
      .where(eq(t.caseSection.caseId, caseId))
      .orderBy(asc(t.caseSection.section)),
    files: await placed(deps, caseId),
    stored: (await read.select({ id: t.storedFile.id }).from(t.storedFile)).length,
    rounds: await read.select().from(t.caseRound).where(eq(t.caseRound.caseId, caseId)),
    events: await eventsOf(deps, caseId),
  }
}

/** The same dependencies, whose transactions stay open after their last query until `release` is called. */
export function holding<D extends Deps>(deps: D) {
  const reached = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const tx: Store['tx'] = (fn) =>
    deps.store.tx(async (q) => {
      const value = await fn(q)
      reached.resolve()
      await released.promise
      return value
    })
  // A getter of the store must go on answering from within its transactions.
  const store: Store = Object.create(deps.store, { tx: { value: tx } })
  return { deps: { ...deps, store }, reached: reached.promise, release: () => released.resolve() }
}
