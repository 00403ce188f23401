/** Drives collections through the commands of an applicant and the machine checks, and tells what stopped each first. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openStore, type Store } from '#db/store.ts'
import { giveConsent } from '#lib/commands/give-consent.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { makeApplicant, newMainlandNumber, type TestDeps, testDeps } from '#tests/support/deps.ts'
import type { Collection } from './collection.ts'
import { seedCorpusDepartments } from './departments.ts'
import { Desk, type Outcome } from './desk.ts'
import type { Entry } from './entry.ts'
import { lightTable } from './upload.ts'

/** A sound collection and what is to be made of it; the same twice for a sound one. */
type Pair = Pick<Entry, 'sound' | 'faulty'>

export interface Bench {
  readonly run: (pair: Pair) => Promise<Outcome>
  readonly close: () => Promise<void>
}

/**
 * One store in a folder of its own. A sound collection is filled in once, by a person of its own; a fault is typed over it in
 * a transaction that is undone.
 */
export async function openBench(): Promise<Bench> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'corpus-'))
  const store = await openStore({ dataDir })
  await store.migrate()
  const deps = testDeps(store)
  await seedCorpusDepartments(deps)
  const arrived = lightTable(path.join(dataDir, 'incoming'))
  const filled = new Map<string, Desk>()
  const deskOf = async (one: Collection) => {
    const key = JSON.stringify([one.person, one.consented, one.rows, one.pictures])
    const known = filled.get(key)
    if (known) return known
    const desk = await newDesk(deps, arrived, one)
    await desk.fillIn(one)
    if (one.consented && desk.told.length > 0) throw new Error(`not sound: ${desk.told.join(' ')}`)
    filled.set(key, desk)
    return desk
  }
  return {
    run: async ({ sound, faulty }) => {
      const samePerson =
        JSON.stringify(sound.person) === JSON.stringify(faulty.person) && sound.consented === faulty.consented
      const desk = await deskOf(samePerson ? sound : faulty)
      return undone(store, () => desk.on(faulty).finish(samePerson ? sound : faulty))
    },
    close: async () => {
      await store.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** What `work` gives; what it wrote is taken back. */
async function undone<T>(store: Store, work: () => Promise<T>): Promise<T> {
  const done: T[] = []
  const undo = new Error('undone')
  try {
    await store.tx(async () => {
      done.push(await work())
      throw undo
    })
  } catch (error) {
    if (error !== undo) throw error
  }
  const [value] = done
  if (value === undefined) throw new Error('nothing was done')
  return value
}

async function newDesk(bench: TestDeps, arrived: Desk['arrived'], one: Collection): Promise<Desk> {
  const { idType, birth, sex, verified } = one.person
  const number =
    idType === 'mainland_id'
      ? { number: newMainlandNumber(birth.replaceAll('-', ''), sex) }
      : { number: `E${newMainlandNumber().slice(6, 13)}1`, nationality: 'GBR', birth, sex }
  const made = await makeApplicant(bench, { idType, verified, ...number })
  const caseId = await openDraft(bench, made.actor, 'collection')
  if (one.consented) await giveConsent(bench, made.actor, { purpose: 'collection' })
  return new Desk({ deps: bench, arrived, caseId, ...made }, one)
}
