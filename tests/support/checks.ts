/** A collection whose claims are asked of a register that a test makes up. */
import { asc, eq } from 'drizzle-orm'
import { caseFile } from '#db/queries/case-file.ts'
import { claimsOf } from '#db/queries/claims.ts'
import type { Store } from '#db/store.ts'
import { type Registers, registerFailed } from '#lib/adapters/registers.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import type { ClaimKind, Facts } from '#lib/domain/claims.ts'
import { dayOf } from '#lib/domain/days.ts'
import { runJobs } from '#lib/jobs/run-jobs.ts'
import { draftOf } from '#lib/readers/draft.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { filledCase, typedRows, typeRow } from './cases.ts'
import { makeApplicant, seedDepartments, type TestDeps, testDeps } from './deps.ts'
import { outcomeOf } from './refusals.ts'

const source = '2026-11-20'

type Says = (subject: Facts) => readonly Facts[] | null

/** Agrees with everything until told otherwise, and remembers what it was asked. */
export function madeUpRegister() {
  const says = new Map<ClaimKind, Says>()
  const asked: ClaimKind[] = []
  let fails = false
  const registers: Registers = {
    async look(kind, subject) {
      asked.push(kind)
      if (fails) throw registerFailed('down')
      const records = (says.get(kind) ?? ((one: Facts) => [one]))(subject)
      return { records, source: records === null ? '' : source }
    },
  }
  return {
    registers,
    asked,
    /** Holds what was said, but for these values. */
    holds: (kind: ClaimKind, values: Facts) => void says.set(kind, (subject) => [{ ...subject, ...values }]),
    holdsNothingOf: (kind: ClaimKind) => void says.set(kind, () => []),
    hasNo: (kind: ClaimKind) => void says.set(kind, () => null),
    fail: (failing = true) => {
      fails = failing
    },
  }
}

export type MadeUpRegister = ReturnType<typeof madeUpRegister>

/** An office, one person and a register that knows everybody. */
export async function officeWithRegister(store: Store, over: { keys?: string } = {}) {
  const register = madeUpRegister()
  const deps: TestDeps = {
    ...testDeps(store, { now: '2026-11-23T02:00:00Z', env: { REGISTER_PROVIDER: 'register' }, ...over }),
    registers: register.registers,
  }
  const places = await seedDepartments(deps)
  return { deps, register, places }
}

export type Office = Awaited<ReturnType<typeof officeWithRegister>>

/** A filled collection of a new person, and what they do with it. */
export async function newCollection(
  { deps, places }: Office,
  wish: Parameters<typeof makeApplicant>[1] = {},
) {
  const applicant = await makeApplicant(deps, wish)
  const { actor } = applicant
  const caseId = await filledCase(deps, actor, places.tianhe)
  return { applicant, ...worksOn(deps, actor, caseId) }
}

export type Collection = Awaited<ReturnType<typeof newCollection>>

function worksOn(deps: TestDeps, actor: Applicant, caseId: string) {
  const { store, keys, clock } = deps
  const file = async () => {
    const found = await caseFile(store.read, store.t, keys, caseId)
    if (!found) throw new Error('no such case')
    return found
  }
  const draft = async () => draftOf(await file(), dayOf(clock.now()))
  return {
    actor,
    caseId,
    file,
    draft,
    /** `section/rowId: slot` … of every proof that is missing. */
    async missing(section: SectionId) {
      const { rows } = (await draft()).examine(section)
      return [...rows.values()].flat().flatMap(({ code, at }) => (code === 'slot-required' ? [at] : []))
    },
    async submit() {
      clock.advance(1000)
      return submitCase(deps, actor, { caseId, declared: true })
    },
    refusal: () => outcomeOf(submitCase(deps, actor, { caseId, declared: true })),
    /** Types a row over the one that is there. */
    async type(
      section: keyof typeof typedRows,
      rowId: string,
      values: Readonly<Record<string, string>> = {},
    ) {
      const rows = (await file()).proposals.get(section)?.rows ?? []
      const rev = rows.find(({ id }) => id === rowId)?.rev ?? 0
      await typeRow(deps, actor, { caseId, section, rowId, rev }, { ...typedRows[section], ...values })
    },
    /** State, round and the states of the claims of that round by kind. */
    async standing() {
      const { case: row } = await file()
      const claims = (await claimsOf(store.read, store.t, keys, caseId)).filter(
        ({ round }) => round === row.round,
      )
      return {
        state: row.state,
        round: row.round,
        dueOn: row.dueOn,
        claims: Object.fromEntries(
          claims.map(({ kind, state, why, answered }) => [
            kind,
            [state, ...(why === '' ? [] : [why]), ...(answered ? ['answered'] : [])].join(' '),
          ]),
        ),
      }
    },
    async claims(round?: number) {
      const all = await claimsOf(store.read, store.t, keys, caseId)
      return all.filter((claim) => round === undefined || claim.round === round)
    },
    async count(kind: string) {
      const { event } = store.t
      const rows = await store.read.select({ kind: event.kind }).from(event).where(eq(event.caseId, caseId))
      return rows.filter((row) => row.kind === kind).length
    },
  }
}

/** Does every job that is due, a second later: events of one moment have no order. */
export async function runDue(deps: TestDeps, worker = 'test', limit = 100) {
  deps.clock.advance(1000)
  return runJobs(deps, worker, limit)
}

export const jobsOf = ({ store }: TestDeps) =>
  store.read.select().from(store.t.job).orderBy(asc(store.t.job.createdAt), asc(store.t.job.id))
