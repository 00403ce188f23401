/** The data of one size, opened while no server runs over it. */
import { asc, count, eq, inArray } from 'drizzle-orm'
import { makeAppKeys } from '#db/crypto.ts'
import { type Deps, openDeps } from '#lib/deps.ts'
import { readEnv } from '#lib/env.ts'
import { type SteppedClock, steppedClock } from '#tests/support/deps.ts'
import { dataDirOf, type Seeded } from './server.ts'

export interface BenchDeps extends Deps {
  readonly clock: SteppedClock
}

/** At the moment the data was made; without registers, so that what is submitted waits for a person at once. */
export async function withData<T>(
  size: number,
  seeded: Seeded,
  work: (deps: BenchDeps) => Promise<T>,
): Promise<T> {
  const clock = steppedClock(seeded.at)
  const env = readEnv({ DEMO: '1', DATA_DIR: dataDirOf(size), REGISTER_PROVIDER: 'off' }, makeAppKeys)
  const deps = await openDeps(env, clock)
  try {
    return await work({ ...deps, clock })
  } finally {
    await deps.store.close()
  }
}

/**
 * Takes away what an earlier run left: it began at the same moment of the same clock. Codes of an authenticator work once and
 * sign-ins are counted: both would keep the staff of this run out.
 */
export async function forgetSignIns({ store }: BenchDeps): Promise<void> {
  const { account, counter, session, echo } = store.t
  await store.tx(async (q) => {
    await q.update(account).set({ totpStep: 0 }).where(eq(account.kind, 'staff'))
    for (const table of [counter, session, echo]) await q.delete(table)
  })
}

/** A case that waits and was taken up least: what a run does to one stands in its history, which the review screen shows. */
export async function freshCaseOf(
  { store: { read, t } }: BenchDeps,
  { applicants }: Seeded,
): Promise<string> {
  const waiting = applicants.flatMap(({ fate, caseId }) => (fate === 'waiting' && caseId ? [caseId] : []))
  const [freshest] = await read
    .select({ id: t.serviceCase.id })
    .from(t.serviceCase)
    .leftJoin(t.event, eq(t.event.caseId, t.serviceCase.id))
    .where(inArray(t.serviceCase.id, waiting))
    .groupBy(t.serviceCase.id)
    .orderBy(asc(count(t.event.id)), asc(t.serviceCase.id))
    .limit(1)
  if (!freshest) throw new Error('nobody waits')
  return freshest.id
}
