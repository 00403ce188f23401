/**
 * What tests of corrections and appeals need to act and to look: judging, signing in, codes, messages. Each judgement comes
 * a millisecond later, since rows of one moment have no order among themselves.
 */
import { and, asc, eq, isNull } from 'drizzle-orm'
import { accountById } from '#db/queries/accounts.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { refuseCase } from '#lib/commands/refuse-case.ts'
import { requestSmsCode } from '#lib/commands/request-sms-code.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { signIn } from '#lib/commands/sign-in.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { isFault } from '#lib/domain/errors.ts'
import { deliverOutbox } from '#lib/jobs/outbox.ts'
import type { SmsPurpose } from '#lib/schemas/account.ts'
import type { PostedOpinions } from '#lib/schemas/findings.ts'
import { caseRow } from './case-state.ts'
import type { TestDeps } from './deps.ts'
import { answeredCaptcha } from './sms-codes.ts'

export const browser = 'b'.repeat(43)

/** The form of a judgement with nothing said of any page. */
export const noOpinions: PostedOpinions = { verdicts: {}, findings: [] }

const judged = async (deps: Deps, caseId: string) => {
  const { version, kind } = await caseRow(deps, caseId)
  return { caseId, version, kind }
}

/** Passes every section, as the case stands. */
export async function approve(deps: Deps, reviewer: Staff, caseId: string) {
  const { kind, ...shown } = await judged(deps, caseId)
  return approveCase(deps, reviewer, {
    ...shown,
    opinions: { verdicts: { [kind]: 'pass' }, findings: [] },
  })
}

export async function pass(deps: TestDeps, reviewer: Staff, caseId: string) {
  deps.clock.advance(1)
  await claimCase(deps, reviewer, { caseId })
  return approve(deps, reviewer, caseId)
}

export async function refuse(deps: TestDeps, reviewer: Staff, caseId: string, note = '材料不足') {
  deps.clock.advance(1)
  await claimCase(deps, reviewer, { caseId })
  const { version } = await judged(deps, caseId)
  await refuseCase(deps, reviewer, { caseId, version, note, opinions: noOpinions })
}

/** 退回 with one finding at a slot or field of its one section. */
export async function sendBack(deps: TestDeps, reviewer: Staff, caseId: string, target: string) {
  deps.clock.advance(1)
  await claimCase(deps, reviewer, { caseId })
  const { kind, ...shown } = await judged(deps, caseId)
  const finding = { section: kind, rowId: 'main', target, reason: 'other', note: '请重新上传' }
  await returnCase(deps, reviewer, {
    ...shown,
    opinions: {
      verdicts: { [kind]: 'problem' },
      findings: [{ at: `finding.${kind}.0`, ...finding }],
    },
  })
}

export async function account({ store, keys }: TestDeps, id: string) {
  const found = await accountById(store.read, store.t, keys, id)
  if (!found) throw new Error('no such account')
  return found
}

/** Whose account this lets into; null where it lets into none. */
export async function enters(deps: TestDeps, login: string, password: string): Promise<string | null> {
  const typed = { login, password, totp: '', ...answeredCaptcha(deps) }
  try {
    return (await signIn(deps, null, { typed, address: '192.0.2.7', agent: 'test' })).accountId
  } catch (error) {
    if (isFault(error, 'refused') && error.issues.some(({ code }) => code === 'sign-in-wrong')) return null
    throw error
  }
}

/** The code that comes to a phone. */
export async function codeTo(deps: TestDeps, phone: string, purpose: SmsPurpose): Promise<string> {
  const typed = { phone, ...answeredCaptcha(deps) }
  await requestSmsCode(deps, null, { typed, purpose, browser, address: '192.0.2.7' })
  await deliverOutbox(deps, 100)
  return deps.sent.findLast((message) => message.phone === phone)?.code ?? ''
}

/** What came to a phone, oldest first, codes excepted. */
export async function textsTo(deps: TestDeps, phone: string): Promise<string[]> {
  await deliverOutbox(deps, 100)
  return deps.sent
    .filter((message) => message.phone === phone && message.purpose === 'notice')
    .map(({ text }) => text)
}

/** Kinds of the messages in an inbox, in the order they were written. */
export async function inboxOf({ store }: TestDeps, accountId: string): Promise<string[]> {
  const { message } = store.t
  const rows = await store.read
    .select({ kind: message.kind })
    .from(message)
    .where(eq(message.accountId, accountId))
    .orderBy(asc(message.createdAt), asc(message.id))
  return rows.map(({ kind }) => kind)
}

/** How many sessions of an account live. */
export async function sessionsOf({ store }: TestDeps, accountId: string): Promise<number> {
  const { session } = store.t
  const rows = await store.read
    .select({ id: session.id })
    .from(session)
    .where(and(eq(session.accountId, accountId), isNull(session.endedAt)))
  return rows.length
}
