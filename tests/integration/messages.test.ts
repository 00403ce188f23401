import { expect, it } from 'vitest'
import { messagesOf, unreadCap, unreadCount } from '#db/queries/messages.ts'
import { collection } from '#lib/cases/collection.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { openMessage, readAllMessages } from '#lib/commands/read-messages.ts'
import { refuseCase } from '#lib/commands/refuse-case.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { notify } from '#lib/commands/support/notify.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import { dayOf } from '#lib/domain/days.ts'
import { addWorkingDays } from '#lib/domain/working-days.ts'
import { deliverOutbox } from '#lib/jobs/outbox.ts'
import { paths } from '#lib/paths.ts'
import { dayWords } from '#lib/text/dates.ts'
import { frameView } from '#lib/views/frame.ts'
import { inbox } from '#lib/views/messages.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { filledCase, rowIds, submittedCase, submittedIdentity } from '#tests/support/cases.ts'
import { noOpinions } from '#tests/support/claims.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const passAll = {
  verdicts: Object.fromEntries(collection.sections.map((section) => [section, 'pass'])),
  findings: [],
}
const oneFinding = {
  verdicts: { ...passAll.verdicts, education: 'problem' },
  findings: [
    {
      at: 'finding.education.0',
      section: 'education',
      rowId: rowIds.education,
      target: 'diplomaNo',
      reason: 'answer-incomplete',
      note: '',
    },
  ],
}

async function office(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const applicant = await makeApplicant(deps, { name: '欧阳𬭊' })
  const reviewer = await makeStaff(deps, { role: 'reviewer', departmentId: places.guangzhou })
  const held = async (caseId: string) => {
    await claimCase(deps, reviewer.actor, { caseId })
    return { caseId, version: (await caseRow(deps, caseId)).version }
  }
  return { deps, places, applicant, reviewer: reviewer.actor, held }
}

const kindsOf = async (deps: TestDeps, accountId: string) =>
  (await messagesOf(deps.store.read, deps.store.t, accountId, { after: '', limit: 50 })).map(
    ({ kind }) => kind,
  )

/** Every SMS that is due goes out. */
async function delivered(deps: TestDeps) {
  await deliverOutbox(deps, 50)
  return deps.sent
}

describeEachEngine('messages', (open) => {
  it('tells each change of state, in the inbox and by SMS, with who is next and by when', async () => {
    const { deps, places, applicant, reviewer, held } = await office(open)
    const { actor, phone } = applicant
    const caseId = await submittedCase(deps, actor, places.tianhe)
    const number = (await caseRow(deps, caseId)).number ?? ''
    const due = dayWords(addWorkingDays(dayOf(deps.clock.now()), 5, await deps.calendar()))
    const [submitted] = (await inbox(deps, actor, '')).rows
    expect(submitted?.title).toBe('信息采集已提交')
    expect(submitted?.text).toContain(number)
    expect(submitted?.text).toContain('广东省广州市天河区')
    expect(submitted?.text).toContain(due)
    expect(submitted?.place).toBe(paths.collectionStep('outcome'))

    deps.clock.advance(1000)
    await returnCase(deps, reviewer, { ...(await held(caseId)), opinions: oneFinding })
    deps.clock.advance(1000)
    await submitCase(deps, actor, { caseId, declared: true }).catch(() => undefined)
    expect(await kindsOf(deps, actor.id)).toEqual(['case-returned', 'case-submitted'])
    const returned = (await inbox(deps, actor, '')).rows[0]
    expect(returned?.text).toContain('1 处')

    const sent = await delivered(deps)
    expect(sent.map(({ phone: to, purpose }) => [to, purpose])).toEqual([
      [phone, 'notice'],
      [phone, 'notice'],
    ])
    expect(sent.map(({ text }) => text).join()).toContain(`受理编号 ${number}`)
    for (const { text } of sent) {
      expect(text).not.toMatch(/https?:|欧阳|天河/)
      expect(text).not.toContain(applicant.number)
    }
  })

  it('tells an approval, a refusal and a withdrawal', async () => {
    const { deps, places, applicant, reviewer, held } = await office(open)
    const approved = await submittedCase(deps, applicant.actor, places.tianhe)
    deps.clock.advance(1000)
    await approveCase(deps, reviewer, { ...(await held(approved)), opinions: passAll })
    expect((await kindsOf(deps, applicant.actor.id))[0]).toBe('case-approved')

    const other = await makeApplicant(deps, { verified: false })
    const refused = await submittedIdentity(deps, other.actor, '440100')
    deps.clock.advance(1000)
    await refuseCase(deps, reviewer, { ...(await held(refused)), note: '照片不是本人', opinions: noOpinions })
    expect((await kindsOf(deps, other.actor.id))[0]).toBe('case-refused')

    const third = await makeApplicant(deps)
    const withdrawn = await submittedCase(deps, third.actor, places.tianhe)
    deps.clock.advance(1000)
    await withdrawCase(deps, third.actor, { caseId: withdrawn })
    await withdrawCase(deps, third.actor, { caseId: withdrawn })
    expect(await kindsOf(deps, third.actor.id)).toEqual(['case-withdrawn', 'case-submitted'])
  })

  it('tells one submission once, however often it is sent', async () => {
    const { deps, places, applicant } = await office(open)
    const caseId = await filledCase(deps, applicant.actor, places.tianhe)
    await Promise.all(
      Array.from({ length: 5 }, () => submitCase(deps, applicant.actor, { caseId, declared: true })),
    )
    expect(await kindsOf(deps, applicant.actor.id)).toEqual(['case-submitted'])
    expect(await delivered(deps)).toHaveLength(1)
  })

  it('sends one phone only so many SMS a day, and keeps the rest in the inbox', async () => {
    const { deps, applicant } = await office(open)
    const { actor, phone } = applicant
    const limit = deps.env.limits.noticesPerPhonePerDay
    const tell = () =>
      deps.store.tx((q) => notify(deps, q, { id: actor.id, phone }, { kind: 'password-changed' }))
    for (let i = 0; i < limit + 3; i += 1) await tell()
    expect(await delivered(deps)).toHaveLength(limit)
    expect(await kindsOf(deps, actor.id)).toHaveLength(limit + 3)
    deps.clock.advance(24 * 3_600_000)
    await tell()
    expect(await delivered(deps)).toHaveLength(limit + 1)
  })

  it('tells nothing of what did not happen', async () => {
    const { deps, places, applicant, reviewer, held } = await office(open)
    const caseId = await submittedCase(deps, applicant.actor, places.tianhe)
    const none = { verdicts: passAll.verdicts, findings: [] }
    expect(await outcomeOf(returnCase(deps, reviewer, { ...(await held(caseId)), opinions: none }))).toEqual([
      'refused',
      'return-without-finding',
    ])
    expect(await kindsOf(deps, applicant.actor.id)).toEqual(['case-submitted'])
  })

  it('counts what is unread up to a cap, and reads one or all', async () => {
    const { deps, applicant } = await office(open)
    const { actor } = applicant
    const mark = async () => (await frameView(deps, actor, applicant.name)).unread
    const tell = () =>
      deps.store.tx((q) => notify(deps, q, { id: actor.id, phone: '' }, { kind: 'password-reset' }))
    expect(await mark()).toBe('')
    for (let i = 0; i < 3; i += 1) await tell()
    expect(await mark()).toBe('3')
    const [newest] = (await inbox(deps, actor, '')).rows
    if (!newest) throw new Error('no message')
    await openMessage(deps, actor, { messageId: newest.id })
    await openMessage(deps, actor, { messageId: newest.id })
    expect(await mark()).toBe('2')
    await readAllMessages(deps, actor)
    expect(await mark()).toBe('')
    for (let i = 0; i < unreadCap + 5; i += 1) await tell()
    expect(await unreadCount(deps.store.read, deps.store.t, actor.id)).toBe(unreadCap + 1)
    expect(await mark()).toBe('99+')
  })

  it('pages without losing or repeating one', async () => {
    const { deps, applicant } = await office(open)
    const { actor } = applicant
    for (let i = 0; i < 45; i += 1) {
      deps.clock.advance(1)
      await deps.store.tx((q) => notify(deps, q, { id: actor.id, phone: '' }, { kind: 'password-reset' }))
    }
    const seen: string[] = []
    for (let after = ''; ; ) {
      const page = await inbox(deps, actor, after)
      seen.push(...page.rows.map(({ id }) => id))
      if (page.next === null) break
      after = page.next
    }
    expect(seen).toHaveLength(45)
    expect(seen).toEqual([...new Set(seen)].sort().reverse())
    expect((await inbox(deps, actor, 'no such cursor\0')).rows).toHaveLength(20)
  })

  it('knows nobody else’s messages', async () => {
    const { deps, applicant } = await office(open)
    const other = await makeApplicant(deps)
    await deps.store.tx((q) =>
      notify(deps, q, { id: applicant.actor.id, phone: '' }, { kind: 'password-reset' }),
    )
    const [message] = (await inbox(deps, applicant.actor, '')).rows
    const messageId = message?.id ?? ''
    expect(await outcomeOf(openMessage(deps, other.actor, { messageId }))).toEqual(['not-found'])
    await readAllMessages(deps, other.actor)
    expect((await inbox(deps, applicant.actor, '')).rows[0]?.isRead).toBe(false)
    expect((await inbox(deps, other.actor, '')).rows).toEqual([])
  })
})
