import { asc, eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { approveCase } from '#lib/commands/approve-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { closeAccount } from '#lib/commands/close-account.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { settleClaim } from '#lib/commands/settle-claim.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import type { ClaimAnswer, ClaimKind, Facts } from '#lib/domain/claims.ts'
import { collectionDesk } from '#lib/views/collection.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { everythingOf } from '#tests/support/case-state.ts'
import { filledCase, putPicture, rowIds } from '#tests/support/cases.ts'
import { type Collection, jobsOf, newCollection, officeWithRegister, runDue } from '#tests/support/checks.ts'
import { makeApplicant, makeStaff, newMainlandNumber, type TestDeps } from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const kinds = ['education', 'degree', 'credit-code', 'accounting-qualification'] as const
const allOf = (state: string) => Object.fromEntries(kinds.map((kind) => [kind, state]))

async function scene(open: Open, wish: Parameters<typeof newCollection>[1] = {}) {
  const office = await officeWithRegister(await open())
  const one = await newCollection(office, wish)
  const { deps, register } = office
  const put = (section: 'education' | 'employment' | 'qualifications', rowId: string, slot: string) =>
    putPicture(deps, one.actor, { caseId: one.caseId, section, rowId, slot })
  /** Sends it and lets the register answer. */
  const sendAndCheck = async () => {
    await one.submit()
    register.asked.length = 0
    await runDue(deps)
  }
  return { ...office, ...one, one, put, sendAndCheck }
}

/** What the register found: `by` no person. */
async function findingsOf({ store }: TestDeps, { caseId }: Collection, round: number) {
  const { finding } = store.t
  const rows = await store.read
    .select()
    .from(finding)
    .where(eq(finding.caseId, caseId))
    .orderBy(asc(finding.id))
  return rows
    .filter((row) => row.round === round)
    .map(({ section, rowId, target, reason, by }) => [section, rowId, target, reason, by])
}

const agrees: ClaimAnswer = { state: 'agrees', why: '', fields: [], notes: [] }
const differs: ClaimAnswer = { state: 'differs', why: '', fields: ['school'], notes: [] }

describeEachEngine('a submission and what registers say of it (CHK-1, CHK-4)', (open) => {
  it('waits for a reviewer only when every claim has been answered', async () => {
    const { deps, one, register } = await scene(open)
    await one.submit()
    expect(await one.standing()).toMatchObject({ state: 'checking', claims: allOf('checking') })
    await runDue(deps, 'test', 3)
    expect(await one.standing()).toMatchObject({ state: 'checking' })
    await runDue(deps)
    expect(await one.standing()).toEqual({
      state: 'waiting',
      round: 1,
      dueOn: '2026-11-30',
      claims: allOf('agrees'),
    })
    expect(register.asked.toSorted()).toEqual(kinds.toSorted())
    for (const { source, at } of await one.claims()) {
      expect(source).toBe('2026-11-20')
      expect(at.getTime()).toBeGreaterThan(Date.parse('2026-11-23T02:00:01Z'))
    }
    expect(await one.count('case.checked')).toBe(1)
  })

  it('returns by itself what differs, as a round of its own, and names the fields', async () => {
    const { deps, one, register, sendAndCheck } = await scene(open)
    register.holds('education', { school: '暨南大学', diplomaNo: '105581201205000999' })
    register.holds('accounting-qualification', { obtained: '2018-01' })
    await sendAndCheck()
    expect(await one.standing()).toMatchObject({ state: 'returned', round: 1, dueOn: '' })
    expect(await findingsOf(deps, one, 1)).toEqual([
      ['education', rowIds.education, 'school', 'education-differs-from-chsi', null],
      ['education', rowIds.education, 'diplomaNo', 'education-differs-from-chsi', null],
      ['qualifications', rowIds.qualification, 'obtained', 'qualification-differs-from-register', null],
    ])
    const draft = await one.draft()
    expect(draft.standing('education')).toBe('returned')
    expect(draft.standing('qualifications')).toBe('returned')
    expect(draft.standing('employment')).toBe('complete')
    expect(await one.count('case.returned-by-check')).toBe(1)
    expect(await one.count('case.checked')).toBe(0)
  })

  it('notes what differs without being a failure, for the reviewer', async () => {
    const { one, register, sendAndCheck } = await scene(open)
    register.holds('education', { mode: 'part_time', major: '法学' })
    await sendAndCheck()
    expect(await one.standing()).toMatchObject({ state: 'waiting', claims: allOf('agrees') })
    const [education] = (await one.claims()).filter(({ kind }) => kind === 'education')
    expect(education?.notes).toEqual(['mode', 'major'])
  })

  it('says 查无记录 where the register holds such records and none of this person', async () => {
    const { deps, one, register, sendAndCheck } = await scene(open)
    register.holdsNothingOf('degree')
    await sendAndCheck()
    expect(await one.standing()).toMatchObject({
      state: 'returned',
      claims: { ...allOf('agrees'), degree: 'differs not-found' },
    })
    expect(await findingsOf(deps, one, 1)).toEqual([
      ['education', rowIds.education, 'degreeNo', 'not-in-register', null],
    ])
  })

  it('leaves to a person what the register knows nothing about', async () => {
    const { one, register, sendAndCheck } = await scene(open)
    register.hasNo('education')
    await sendAndCheck()
    expect(await one.standing()).toMatchObject({
      state: 'waiting',
      claims: { ...allOf('agrees'), education: 'unavailable no-data' },
    })
  })

  it('asks for proofs where the register has another name to it', async () => {
    const { deps, one, register, sendAndCheck } = await scene(open)
    register.holds('accounting-qualification', { name: '李四' })
    await sendAndCheck()
    expect(await findingsOf(deps, one, 1)).toEqual([
      ['qualifications', rowIds.qualification, '', 'register-names-somebody-else', null],
    ])
    expect(await one.missing('qualifications')).toEqual(['slot:proof'])
  })

  it.each([
    ['nothing at all', {}],
    ['other words', { field: 'x' }],
    ['empty texts', { diplomaNo: '', level: '', degreeNo: '', degree: '', name: '' }],
  ] as const)('never passes for a record of %s', async (_, record: Facts) => {
    const { deps, one } = await scene(open)
    await one.submit()
    await runDue({ ...deps, registers: { look: async () => ({ records: [record], source: '' }) } })
    expect((await one.standing()).state).toBe('returned')
  })
})

describeEachEngine('the proofs that a failed check asks for (EDU-3, QUA-2, WRK-4)', (open) => {
  const before2008 = { 'enrolled.year': '2002', 'graduated.year': '2006', diplomaNo: '105581200605000123' }
  const college = { level: 'junior_college', degree: 'none', degreeNo: '', diplomaNo: '105581201206000123' }
  type Values = Readonly<Record<string, string>>
  it.each<readonly [string, Values, ClaimKind, readonly string[]]>([
    ['学历 of 2008 and later', {}, 'education', ['slot:diploma', 'slot:chsiReport']],
    ['学历 before 2008', before2008, 'education', ['slot:diploma']],
    ['大专', college, 'education', ['slot:diploma']],
    ['学位 of 2008 and later', {}, 'degree', ['slot:degreeCertificate', 'slot:chsiReport']],
    ['学位 before 2008', before2008, 'degree', ['slot:degreeCertificate']],
  ])('%s', async (_, values, kind, slots) => {
    const { one, register, sendAndCheck, put } = await scene(open, {
      number: newMainlandNumber('19820307'),
    })
    await one.type('education', rowIds.education, values)
    register.holds(kind, { school: '暨南大学' })
    await sendAndCheck()
    expect((await one.standing()).state).toBe('returned')
    expect(await one.missing('education')).toEqual(slots)
    expect(await one.refusal()).toEqual(['refused', 'section-awaits-mending'])
    // Touched, and yet what is asked for is not there.
    await one.type('education', rowIds.education, { ...values, major: '审计学' })
    expect(await one.refusal()).toEqual(['refused', 'section-incomplete'])
    for (const slot of slots) await put('education', rowIds.education, slot.replace('slot:', ''))
    expect(await one.missing('education')).toEqual([])
  })

  it('takes the school’s 学历证明 for a lost diploma', async () => {
    const { one, register, sendAndCheck, put } = await scene(open)
    register.holdsNothingOf('education')
    await sendAndCheck()
    await put('education', rowIds.education, 'schoolStatement')
    expect(await one.missing('education')).toEqual(['slot:chsiReport'])
    await put('education', rowIds.education, 'chsiReport')
    await one.submit()
    expect((await one.standing()).state).toBe('waiting')
  })

  it('has the credit proof of a present job already, and returns it the first time all the same', async () => {
    const { deps, one, register, sendAndCheck, put } = await scene(open)
    register.holds('credit-code', { employer: '别的公司' })
    await sendAndCheck()
    expect(await findingsOf(deps, one, 1)).toEqual([
      ['employment', rowIds.employment, 'employer', 'employer-name-code-differ', null],
    ])
    expect(await one.refusal()).toEqual(['refused', 'section-awaits-mending'])
    await put('employment', rowIds.employment, 'creditProof')
    await one.submit()
    expect(await one.standing()).toMatchObject({
      state: 'waiting',
      claims: { 'credit-code': 'differs answered' },
    })
  })

  it('takes a row that is saved as it is for the word that it is right, where its proofs are there', async () => {
    const { one, register, sendAndCheck } = await scene(open)
    register.holds('credit-code', { employer: '别的公司' })
    await sendAndCheck()
    expect(await one.refusal()).toEqual(['refused', 'section-awaits-mending'])
    await one.type('employment', rowIds.employment)
    const { rev } = (await one.draft()).rows('employment').at(0) ?? {}
    // The second of two clicks changes nothing more.
    await one.type('employment', rowIds.employment)
    expect((await one.draft()).rows('employment').at(0)?.rev).toBe(rev)
    await one.submit()
    expect(await one.standing()).toMatchObject({
      state: 'waiting',
      claims: { 'credit-code': 'differs answered' },
    })
  })

  it('takes the 单位证明 of a past unit for its code', async () => {
    const { deps, one, register, sendAndCheck, put } = await scene(open)
    const { employer, creditCode } = { employer: '广州旧厂', creditCode: '91350100M000100Y43' }
    const past = { 'start.year': '2010', 'end.open': '', 'end.year': '2012', 'end.month': '05' }
    const posts = {
      'posts.pastpost1.start.year': '2010',
      'posts.pastpost1.start.month': '08',
      'posts.pastpost1.end.year': '2011',
      'posts.pastpost1.end.month': '08',
      'posts.pastpost1.work': 'financial_reporting',
      'posts.pastpost1.title': '',
    }
    await one.type('employment', 'pastjob1', { ...past, ...posts, employer, creditCode, accounting: 'no' })
    await one.submit()
    await runDue({
      ...deps,
      registers: {
        look: async (kind, subject) =>
          kind === 'credit-code' && subject.employer === employer
            ? { records: [], source: '' }
            : register.registers.look(kind, subject),
      },
    })
    expect(await findingsOf(deps, one, 1)).toEqual([
      ['employment', 'pastjob1', 'creditCode', 'not-in-register', null],
    ])
    expect(await one.missing('employment')).toEqual(['slot:creditProof'])
    await put('employment', 'pastjob1', 'employerStatement')
    expect(await one.missing('employment')).toEqual([])
    await sendAndCheck()
    expect(await one.standing()).toMatchObject({ state: 'waiting', round: 2 })
    expect(register.asked).toEqual([])
  })
})

describeEachEngine('after a return by machine (CHK-4)', (open) => {
  const school = { school: '暨南大学' }
  async function returned(open: Open) {
    const found = await scene(open)
    found.register.holds('education', school)
    await found.sendAndCheck()
    return found
  }
  const prove = async ({ put }: Awaited<ReturnType<typeof returned>>) => {
    for (const slot of ['diploma', 'chsiReport']) await put('education', rowIds.education, slot)
  }

  it('mended it needs no proof, and is asked about once more', async () => {
    const { one, register, sendAndCheck } = await returned(open)
    await one.type('education', rowIds.education, school)
    expect(await one.missing('education')).toEqual([])
    await sendAndCheck()
    // What agreed is not asked again; the school is part of what is asked about the degree as well.
    expect(register.asked.toSorted()).toEqual(['degree', 'education'])
    expect(await one.standing()).toMatchObject({ state: 'waiting', round: 2, claims: allOf('agrees') })
  })

  it('unchanged and proven it waits for a person at once', async () => {
    const found = await returned(open)
    await prove(found)
    await found.one.submit()
    expect(await found.one.standing()).toMatchObject({
      state: 'waiting',
      round: 2,
      claims: { ...allOf('agrees'), education: 'differs answered' },
    })
    found.register.asked.length = 0
    await runDue(found.deps)
    expect(found.register.asked).toEqual([])
    const [told] = (await found.one.claims(2)).filter(({ kind }) => kind === 'education')
    expect(told).toMatchObject({ fields: ['school'], source: '2026-11-20' })
  })

  it('mended wrongly and without proofs it comes back', async () => {
    const { deps, one, sendAndCheck } = await returned(open)
    await one.type('education', rowIds.education, { school: '华南理工大学' })
    await sendAndCheck()
    expect(await one.standing()).toMatchObject({ state: 'returned', round: 2 })
    expect(await one.missing('education')).toEqual(['slot:diploma', 'slot:chsiReport'])
    expect(await findingsOf(deps, one, 2)).toHaveLength(1)
  })

  it('mended wrongly and proven it is for a person', async () => {
    const found = await returned(open)
    await found.one.type('education', rowIds.education, { school: '华南理工大学' })
    await prove(found)
    await found.sendAndCheck()
    expect(found.register.asked.toSorted()).toEqual(['degree', 'education'])
    expect(await found.one.standing()).toMatchObject({
      state: 'waiting',
      round: 2,
      claims: { ...allOf('agrees'), education: 'differs answered' },
    })
  })

  it('keeps the passes of what did not change, with who gave them (REV-4)', async () => {
    const { deps, places, one, register, sendAndCheck } = await scene(open)
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
    await sendAndCheck()
    await claimCase(deps, reviewer, { caseId: one.caseId })
    const finding = { at: 'finding.basic.0', section: 'basic', rowId: 'main', target: 'address' }
    await returnCase(deps, reviewer, {
      caseId: one.caseId,
      version: (await one.file()).case.version,
      opinions: {
        verdicts: { department: 'pass', education: 'pass', qualifications: 'pass', basic: 'problem' },
        findings: [{ ...finding, reason: 'answer-incomplete', note: '请写完整' }],
      },
    })
    await one.type('basic', 'main', { address: '广州市越秀区某路 2 号' })
    await one.type('qualifications', rowIds.qualification, { certificateNo: 'GD20170123457' })
    register.holds('accounting-qualification', { certificateNo: 'GD20170123456' })
    await sendAndCheck()
    expect(register.asked).toEqual(['accounting-qualification'])
    expect(await one.standing()).toMatchObject({ state: 'returned', round: 2 })
    await one.type('qualifications', rowIds.qualification)
    await sendAndCheck()
    expect(register.asked).toEqual(['accounting-qualification'])
    expect(await one.standing()).toMatchObject({ state: 'waiting', round: 3 })
    const { verdict } = deps.store.t
    const carried = (await deps.store.read.select().from(verdict)).filter(({ round }) => round === 3)
    expect(
      carried.map(({ section, passed, by, carriedFrom }) => [section, passed, by, carriedFrom]).sort(),
    ).toEqual(['department', 'education'].map((section) => [section, true, reviewer.id, 1]))
  })
})

describeEachEngine('an answer that comes late, twice or at once with another', (open) => {
  it('has no effect on a draft that was taken back, and is asked for again', async () => {
    const { deps, one, register } = await scene(open)
    await one.submit()
    await runDue(deps, 'test', 1)
    const [first] = register.asked
    await withdrawCase(deps, one.actor, { caseId: one.caseId })
    const before = await everythingOf(deps, one.caseId)
    for (const { id } of await one.claims())
      await settleClaim(deps, { claimId: id, answer: differs, source: '' })
    expect(await everythingOf(deps, one.caseId)).toEqual(before)
    expect(await one.missing('education')).toEqual([])
    expect((await one.draft()).standing('education')).toBe('complete')
    register.asked.length = 0
    await one.submit()
    await runDue(deps)
    expect(register.asked.toSorted()).toEqual(kinds.filter((kind) => kind !== first).toSorted())
    expect(await one.standing()).toMatchObject({ state: 'waiting', round: 2, claims: allOf('agrees') })
  })

  it('that was told to nobody is nothing that proofs have answered', async () => {
    const { deps, one, register } = await scene(open)
    register.holds('credit-code', { employer: '别的公司' })
    await one.submit()
    // All but one answer, the difference among them; then it is taken back.
    const isLast = (kind: string) => kind === 'education'
    const look = register.registers.look
    await runDue({
      ...deps,
      registers: {
        look: (kind, subject) => (isLast(kind) ? Promise.reject(new Error('down')) : look(kind, subject)),
      },
    })
    expect(await one.standing()).toMatchObject({ state: 'checking', claims: { 'credit-code': 'differs' } })
    await withdrawCase(deps, one.actor, { caseId: one.caseId })
    await one.submit()
    await runDue(deps)
    expect(await one.standing()).toMatchObject({
      state: 'returned',
      round: 2,
      claims: { ...allOf('agrees'), 'credit-code': 'differs' },
    })
  })

  it('is not even asked for once the person has taken the submission back', async () => {
    const { deps, one, register } = await scene(open)
    await one.submit()
    await withdrawCase(deps, one.actor, { caseId: one.caseId })
    await runDue(deps)
    expect(register.asked).toEqual([])
    expect((await one.claims()).map(({ state }) => state)).toEqual(kinds.map(() => 'unchecked'))
    expect((await jobsOf(deps)).every(({ doneAt }) => doneAt !== null)).toBe(true)
  })

  it('of a round taken back does not end the next one', async () => {
    const { deps, one } = await scene(open)
    await one.submit()
    const old = await one.claims(1)
    await withdrawCase(deps, one.actor, { caseId: one.caseId })
    await one.submit()
    for (const { id } of old) await settleClaim(deps, { claimId: id, answer: differs, source: '' })
    expect(await one.standing()).toMatchObject({ state: 'checking', round: 2, claims: allOf('checking') })
    await runDue(deps)
    expect(await one.standing()).toMatchObject({ state: 'waiting', round: 2 })
    expect(await one.count('case.checked')).toBe(1)
  })

  it('twice is once', async () => {
    const { deps, one } = await scene(open)
    await one.submit()
    const claims = await one.claims()
    const all = claims.map(({ id }) => ({ claimId: id, answer: agrees, source: 'a' }))
    for (const said of all) await Promise.all([settleClaim(deps, said), settleClaim(deps, said)])
    const before = await everythingOf(deps, one.caseId)
    for (const said of all) await settleClaim(deps, { ...said, answer: differs, source: 'b' })
    expect(await everythingOf(deps, one.caseId)).toEqual(before)
    expect(await one.count('case.checked')).toBe(1)
    expect(await one.standing()).toMatchObject({ state: 'waiting', claims: allOf('agrees') })
    await settleClaim(deps, { claimId: 'nobody', answer: agrees, source: '' })
  })

  it('at once with all others ends the checks exactly once, case by case', { timeout: 60_000 }, async () => {
    const office = await officeWithRegister(await open())
    const cases: Collection[] = []
    for (let n = 0; n < 20; n += 1) cases.push(await newCollection(office))
    for (const one of cases) await one.submit()
    const said = await Promise.all(
      cases.map(async (one, n) =>
        (await one.claims()).map(({ id, kind }) => ({
          claimId: id,
          answer: n % 2 === 1 && kind === 'education' ? differs : agrees,
          source: '',
        })),
      ),
    )
    office.deps.clock.advance(1000)
    await Promise.all(said.flat().map((one) => settleClaim(office.deps, one)))
    for (const [n, one] of cases.entries()) {
      const isReturned = n % 2 === 1
      expect((await one.standing()).state).toBe(isReturned ? 'returned' : 'waiting')
      expect([await one.count('case.checked'), await one.count('case.returned-by-check')]).toEqual(
        isReturned ? [0, 1] : [1, 0],
      )
    }
  })

  it('for a case whose account was closed changes nothing', async () => {
    const { deps, one, register } = await scene(open, { password: 'Kuai-Ji 2026!' })
    await one.submit()
    await closeAccount(deps, one.actor, {
      typed: { currentPassword: 'Kuai-Ji 2026!', closing: '1' },
    })
    const before = await everythingOf(deps, one.caseId)
    expect(before.case.state).toBe('cancelled')
    register.holdsNothingOf('education')
    await runDue(deps)
    expect(await everythingOf(deps, one.caseId)).toEqual(before)
  })
})

describeEachEngine('a case in its checks', (open) => {
  it('is not to be decided by anybody, and its claims are nobody else’s', async () => {
    const { deps, places, one } = await scene(open)
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
    const { actor: stranger } = await makeApplicant(deps)
    await filledCase(deps, stranger, places.tianhe)
    await one.submit()
    const { caseId } = one
    const before = await everythingOf(deps, caseId)
    const { version } = before.case
    const opinions = { verdicts: {}, findings: [] }
    const judgement = { caseId, version, opinions }
    for (const attempt of [
      () => claimCase(deps, reviewer, { caseId }),
      () => approveCase(deps, reviewer, judgement),
      () => returnCase(deps, reviewer, judgement),
    ])
      expect((await outcomeOf(attempt()))[0]).toBe('refused')
    const { actor: neighbour } = await makeStaff(deps, { role: 'reviewer', departmentId: places.yuexiu })
    expect(await outcomeOf(reviewCase(deps, neighbour, caseId))).toEqual(['not-found'])
    expect(await outcomeOf(withdrawCase(deps, stranger, { caseId }))).toEqual(['not-found'])
    const desk = await collectionDesk(deps, stranger)
    expect(desk?.file.claims).toEqual([])
    expect(await everythingOf(deps, caseId)).toEqual(before)
  })
})
