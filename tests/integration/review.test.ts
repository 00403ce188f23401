import { and, eq } from 'drizzle-orm'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { OpinionFields } from '#app/(reviewer)/review/[caseId]/opinion-fields.tsx'
import { ReviewedSection } from '#app/(reviewer)/review/[caseId]/reviewed-section.tsx'
import { makeAppKeys } from '#db/crypto.ts'
import { accountById } from '#db/queries/accounts.ts'
import { caseFile } from '#db/queries/case-file.ts'
import { caseById, verdictsOf } from '#db/queries/cases.ts'
import { recordContext } from '#db/queries/records.ts'
import { collection } from '#lib/cases/collection.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { refuseCase } from '#lib/commands/refuse-case.ts'
import { releaseCase } from '#lib/commands/release-case.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { saveOpinions } from '#lib/commands/save-opinions.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { isFault } from '#lib/domain/errors.ts'
import { draftOf } from '#lib/readers/draft.ts'
import { slotNeed } from '#lib/readers/examine.ts'
import { type PostedFinding, type PostedOpinions, readOpinions } from '#lib/schemas/findings.ts'
import { sections } from '#lib/sections/all.ts'
import { pictureFor } from '#lib/views/file.ts'
import { opinionForm } from '#lib/views/opinion-form.ts'
import { ownData } from '#lib/views/own-data.ts'
import { mostHistory, reviewCase } from '#lib/views/review-case.ts'
import { queuePageSize, reviewQueue } from '#lib/views/review-queue.ts'
import type { SectionView } from '#lib/views/review-section.ts'
import {
  filledCase,
  putPicture,
  rowIds,
  submittedCase,
  submittedIdentity,
  typeDepartment,
  typedRows,
  typeRow,
} from '#tests/support/cases.ts'
import { noOpinions } from '#tests/support/claims.ts'
import {
  makeApplicant,
  makeStaff,
  newMainlandNumber,
  seedDepartments,
  type TestDeps,
  testDeps,
} from '#tests/support/deps.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const passAll: PostedOpinions = {
  verdicts: Object.fromEntries(collection.sections.map((section) => [section, 'pass'])),
  findings: [],
}
const finding = (over: Partial<PostedFinding> = {}): PostedFinding => ({
  at: 'finding.education.0',
  section: 'education',
  rowId: rowIds.education,
  target: 'slot:diploma',
  reason: 'diploma-missing',
  note: '请上传毕业证书',
  ...over,
})
const problemIn = (section: string, ...findings: PostedFinding[]): PostedOpinions => ({
  verdicts: { ...passAll.verdicts, [section]: 'problem' },
  findings,
})

/** The fault's code, and the codes of its issues. */
async function no(attempt: Promise<unknown>): Promise<string[]> {
  try {
    await attempt
  } catch (error) {
    if (!isFault(error)) throw error
    return [error.code, ...error.issues.map(({ code }) => code)]
  }
  return ['done']
}

/** What a refusal says, each at its place. */
async function issuesIn(attempt: Promise<unknown>): Promise<string[]> {
  try {
    await attempt
  } catch (error) {
    if (!isFault(error)) throw error
    return error.issues.map(({ at, code }) => `${at} ${code}`)
  }
  return []
}

async function office(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const applicant = await makeApplicant(deps, { name: '欧阳小明' })
  const reviewer = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe, name: '李审核' })
  return { deps, places, applicant, reviewer: reviewer.actor }
}

const versionOf = async ({ store }: TestDeps, caseId: string) =>
  (await caseById(store.read, store.t, caseId))?.version ?? -1

async function claimed(open: Open) {
  const scene = await office(open)
  const caseId = await submittedCase(scene.deps, scene.applicant.actor, scene.places.tianhe)
  // Events of one millisecond have no order among themselves.
  scene.deps.clock.advance(1)
  await claimCase(scene.deps, scene.reviewer, { caseId })
  const judge = async (opinions: PostedOpinions) => ({
    caseId,
    version: await versionOf(scene.deps, caseId),
    opinions,
  })
  return { ...scene, caseId, judge }
}

const stateOf = async ({ store }: TestDeps, caseId: string) =>
  (await caseById(store.read, store.t, caseId))?.state
const minutes = (count: number) => count * 60_000

describeEachEngine('the pictures of a returned case', (open) => {
  it('are for whom the round was sent to, not for whom the draft points at by now', async () => {
    const { deps, applicant, reviewer, places, caseId, judge } = await claimed(open)
    const { read, t } = deps.store
    const [shown] = await read.select().from(t.roundFile).where(eq(t.roundFile.caseId, caseId)).limit(1)
    const fileId = shown?.fileId ?? ''
    await returnCase(deps, reviewer, await judge(problemIn('education', finding())))
    const { actor: neighbour } = await makeStaff(deps, { role: 'reviewer', departmentId: places.yuexiu })
    await typeDepartment(deps, applicant.actor, caseId, places.yuexiu, 1)
    expect((await caseById(read, t, caseId))?.departmentId).toBe(places.yuexiu)
    expect(await no(pictureFor(deps, neighbour, fileId))).toEqual(['not-found'])
    expect(await no(pictureFor(deps, reviewer, fileId))).toEqual(['done'])
  })
})

describeEachEngine('claiming', (open) => {
  it('leases a waiting case, and claiming again extends the lease', async () => {
    const { deps, reviewer, caseId } = await claimed(open)
    const first = await caseById(deps.store.read, deps.store.t, caseId)
    expect(first).toMatchObject({ state: 'in_review', claimedBy: reviewer.id })
    deps.clock.advance(minutes(10))
    await claimCase(deps, reviewer, { caseId })
    const second = await caseById(deps.store.read, deps.store.t, caseId)
    expect(second?.claimedAt).toEqual(first?.claimedAt)
    expect(Number(second?.claimedUntil) - Number(first?.claimedUntil)).toBe(minutes(10))
  })

  it('is won by exactly one of twenty reviewers at once', async () => {
    const { deps, places, applicant } = await office(open)
    const caseId = await submittedCase(deps, applicant.actor, places.tianhe)
    const reviewers: Staff[] = []
    for (let i = 0; i < 20; i++) {
      const made = await makeStaff(deps, { role: 'reviewer', departmentId: places.guangzhou, login: `r${i}` })
      reviewers.push(made.actor)
    }
    const answers = await Promise.all(reviewers.map((actor) => no(claimCase(deps, actor, { caseId }))))
    expect(answers.filter(([code]) => code === 'done')).toHaveLength(1)
    expect(answers.filter(([, code]) => code === 'claimed-by-other')).toHaveLength(19)
    const winner = reviewers[answers.findIndex(([code]) => code === 'done')]
    expect(await caseById(deps.store.read, deps.store.t, caseId)).toMatchObject({ claimedBy: winner?.id })
  })

  it('takes over a lease that ended, and not one that lives', async () => {
    const { deps, places, caseId } = await claimed(open)
    const { actor: other } = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
    deps.clock.advance(minutes(29))
    expect(await no(claimCase(deps, other, { caseId }))).toEqual(['refused', 'claimed-by-other'])
    deps.clock.advance(minutes(1))
    await claimCase(deps, other, { caseId })
    expect(await caseById(deps.store.read, deps.store.t, caseId)).toMatchObject({ claimedBy: other.id })
  })

  it('is given back by releasing, by its holder only', async () => {
    const { deps, places, reviewer, caseId } = await claimed(open)
    const { actor: other } = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
    expect(await no(releaseCase(deps, other, { caseId }))).toEqual(['refused', 'lease-required'])
    await releaseCase(deps, reviewer, { caseId })
    expect(await caseById(deps.store.read, deps.store.t, caseId)).toMatchObject({
      state: 'waiting',
      claimedBy: null,
    })
    await claimCase(deps, other, { caseId })
  })

  it('is refused to everybody outside the scope as if the case were not there', async () => {
    const { deps, places, applicant } = await office(open)
    const inDistrict = await submittedCase(deps, applicant.actor, places.tianhe)
    const neighbour = await makeApplicant(deps)
    const inOwnNode = await submittedCase(deps, neighbour.actor, places.zhuhaiOwn)
    const outsiders = [
      { role: 'reviewer', departmentId: places.yuexiu, caseId: inDistrict },
      { role: 'reviewer', departmentId: places.zhuhai, caseId: inDistrict },
      { role: 'reviewer', departmentId: places.shenzhen, caseId: inDistrict },
      { role: 'reviewer', departmentId: places.xiangzhou, caseId: inOwnNode },
      { role: 'viewer', departmentId: places.tianhe, caseId: inDistrict },
      { role: 'auditor', departmentId: null, caseId: inDistrict },
      { role: 'operator', departmentId: null, caseId: inDistrict },
    ] as const
    for (const { caseId, ...wish } of outsiders) {
      const { actor } = await makeStaff(deps, wish)
      expect([wish, await no(claimCase(deps, actor, { caseId }))]).toEqual([wish, ['not-found']])
      expect([wish, await no(reviewCase(deps, actor, caseId))]).toEqual([wish, ['not-found']])
      expect([wish, await no(saveOpinions(deps, actor, { caseId, version: 1, opinions: passAll }))]).toEqual([
        wish,
        ['not-found'],
      ])
    }
    for (const departmentId of [places.guangdong, places.guangzhou, places.tianhe]) {
      const { actor } = await makeStaff(deps, { role: 'manager', departmentId })
      expect((await reviewCase(deps, actor, inDistrict)).mayClaim).toBe(true)
    }
  })

  it('is refused to an applicant and on one’s own case', async () => {
    const { deps, places, applicant } = await office(open)
    const caseId = await submittedCase(deps, applicant.actor, places.tianhe)
    const grants = [{ role: 'reviewer' as const, departmentId: places.tianhe, path: '440000/440100/440106' }]
    // @ts-expect-error an applicant is no member of staff; the wall has to hold even so
    expect(await no(claimCase(deps, { ...applicant.actor, grants }, { caseId }))).toEqual(['not-found'])
    const sameAccount: Staff = { kind: 'staff', id: applicant.actor.id, sessionId: 'x', grants }
    expect(await no(claimCase(deps, sameAccount, { caseId }))).toEqual(['refused', 'own-case'])
    const { actor: twin } = await makeStaff(deps, {
      role: 'reviewer',
      departmentId: places.tianhe,
      number: applicant.number,
    })
    expect(await no(claimCase(deps, twin, { caseId }))).toEqual(['refused', 'own-case'])
  })

  it('and deciding are refused to who is both applicant and reviewer, by whatever keys they were written', async () => {
    const { deps, caseId, judge, places, applicant } = await claimed(open)
    const rotated = testDeps(deps.store, { keys: makeAppKeys(deps.env.appKeys) })
    const { actor: twin } = await makeStaff(rotated, {
      role: 'manager',
      departmentId: places.guangzhou,
      number: applicant.number,
    })
    await deps.store.tx((q) =>
      q
        .update(deps.store.t.serviceCase)
        .set({ claimedBy: twin.id })
        .where(eq(deps.store.t.serviceCase.id, caseId)),
    )
    for (const attempt of [
      async () => claimCase(rotated, twin, { caseId }),
      async () => approveCase(rotated, twin, await judge(passAll)),
      async () => returnCase(rotated, twin, await judge(problemIn('education', finding()))),
      async () => saveOpinions(rotated, twin, await judge(passAll)),
    ])
      expect(await no(attempt())).toEqual(['refused', 'own-case'])
    // Giving it back is no judgement.
    expect(await no(releaseCase(rotated, twin, { caseId }))).toEqual(['done'])
    const { actor: other } = await makeStaff(rotated, {
      role: 'manager',
      departmentId: places.guangzhou,
      number: newMainlandNumber(),
    })
    expect(await no(claimCase(rotated, other, { caseId }))).toEqual(['done'])
  })

  it('hides drafts, also one that was taken back', async () => {
    const { deps, places, applicant, reviewer } = await office(open)
    const caseId = await filledCase(deps, applicant.actor, places.tianhe)
    expect(await no(claimCase(deps, reviewer, { caseId }))).toEqual(['not-found'])
    expect(await no(reviewCase(deps, reviewer, caseId))).toEqual(['not-found'])
  })
})

describeEachEngine('deciding', (open) => {
  it('needs a lease that lives', async () => {
    const { deps, reviewer, caseId, judge, places } = await claimed(open)
    const { actor: other } = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
    const lapsed = async () => {
      for (const [actor, command] of [
        [other, approveCase],
        [other, returnCase],
        [other, saveOpinions],
      ] as const)
        expect(await no(command(deps, actor, await judge(passAll)))).toEqual(['refused', 'lease-required'])
    }
    await lapsed()
    deps.clock.advance(minutes(30))
    expect(await no(approveCase(deps, reviewer, await judge(passAll)))).toEqual(['refused', 'lease-required'])
    await lapsed()
    expect(await stateOf(deps, caseId)).toBe('in_review')
  })

  it('on an old version is stale and changes nothing', async () => {
    const { deps, reviewer, caseId, judge } = await claimed(open)
    const seen = await judge(passAll)
    await saveOpinions(deps, reviewer, await judge(problemIn('education', finding())))
    expect(await no(approveCase(deps, reviewer, seen))).toEqual(['stale'])
    expect(await no(saveOpinions(deps, reviewer, seen))).toEqual(['stale'])
    expect(await stateOf(deps, caseId)).toBe('in_review')
    const { sections: views } = await reviewCase(deps, reviewer, caseId)
    expect(views.find(({ id }) => id === 'education')?.findings).toHaveLength(1)
  })

  it('happens once, however often it is sent', async () => {
    const { deps, reviewer, judge } = await claimed(open)
    const sent = await judge(passAll)
    const answers = await Promise.all([1, 2, 3, 4].map(() => no(approveCase(deps, reviewer, sent))))
    expect(answers.filter(([code]) => code === 'done')).toHaveLength(1)
    expect(await no(approveCase(deps, reviewer, sent))).toEqual(['refused', 'case-decided'])
    expect(await no(returnCase(deps, reviewer, sent))).toEqual(['refused', 'case-decided'])
    expect(await no(claimCase(deps, reviewer, sent))).toEqual(['refused', 'case-decided'])
    const approvals = await deps.store.read
      .select()
      .from(deps.store.t.event)
      .where(and(eq(deps.store.t.event.caseId, sent.caseId), eq(deps.store.t.event.kind, 'case.approved')))
    expect(approvals).toHaveLength(1)
  })

  it('passes a case only when every section passed', async () => {
    const { deps, reviewer, caseId, judge } = await claimed(open)
    const { scope: _, ...verdicts } = passAll.verdicts
    expect(await no(approveCase(deps, reviewer, await judge({ ...passAll, verdicts })))).toEqual([
      'refused',
      'section-unpassed',
    ])
    expect(await no(approveCase(deps, reviewer, await judge(problemIn('education', finding()))))).toEqual([
      'refused',
      'section-unpassed',
    ])
    // What was said with a refused decision is not kept either.
    expect(await verdictsOf(deps.store.read, deps.store.t, caseId)).toEqual([])
    expect(await stateOf(deps, caseId)).toBe('in_review')
  })

  it('returns a case only with a finding', async () => {
    const { deps, reviewer, caseId, judge } = await claimed(open)
    expect(await no(returnCase(deps, reviewer, await judge(passAll)))).toEqual([
      'refused',
      'return-without-finding',
    ])
    expect(await stateOf(deps, caseId)).toBe('in_review')
  })

  it.each([
    ['a problem without a finding', problemIn('education'), 'problem-without-finding'],
    ['a finding where all is well', { ...passAll, findings: [finding()] }, 'finding-but-passed'],
    [
      'a reason of another section',
      problemIn('education', finding({ reason: 'scope-wrong' })),
      'reason-unfit',
    ],
    ['a reason nobody listed', problemIn('education', finding({ reason: 'because' })), 'reason-unfit'],
    ['a note without a reason', problemIn('education', finding({ reason: '' })), 'reason-required'],
    [
      'another reason without words',
      problemIn('education', finding({ reason: 'other', note: '' })),
      'note-required',
    ],
    [
      'a note of 301 characters',
      problemIn('education', finding({ note: '长'.repeat(301) })),
      'note-too-long',
    ],
    ['a foreign row', problemIn('education', finding({ rowId: 'jobrow1' })), 'target-unknown'],
    ['a foreign field', problemIn('education', finding({ target: 'employer' })), 'target-unknown'],
    ['a foreign slot', problemIn('education', finding({ target: 'slot:resume' })), 'target-unknown'],
    [
      'a foreign section',
      problemIn('identity', finding({ section: 'identity', rowId: 'main', target: '' })),
      'section-unknown',
    ],
    [
      'what registration knew',
      problemIn('registration', finding({ section: 'registration' })),
      'section-unknown',
    ],
    [
      'a word nobody offered',
      { verdicts: { ...passAll.verdicts, scope: 'maybe' }, findings: [] },
      'verdict-unknown',
    ],
  ])('refuses %s', async (_, opinions, code) => {
    const { deps, reviewer, caseId, judge } = await claimed(open)
    for (const command of [saveOpinions, returnCase, approveCase]) {
      const [fault, ...codes] = await no(command(deps, reviewer, await judge(opinions)))
      expect(fault).toBe('refused')
      expect(codes).toContain(code)
    }
    expect(await stateOf(deps, caseId)).toBe('in_review')
    expect(await verdictsOf(deps.store.read, deps.store.t, caseId)).toEqual([])
  })

  it('keeps opinions while they are being written, and replaces them', async () => {
    const { deps, reviewer, caseId, judge } = await claimed(open)
    const notes = ['一', '二', '三', '四', '五']
    await saveOpinions(
      deps,
      reviewer,
      await judge(problemIn('education', ...notes.map((note) => finding({ note })))),
    )
    const read = async () =>
      (await reviewCase(deps, reviewer, caseId)).sections.find(({ id }) => id === 'education')
    expect((await read())?.findings.map(({ note }) => note)).toEqual(notes)
    expect((await read())?.verdict?.passed).toBe(false)
    await saveOpinions(deps, reviewer, await judge({ verdicts: { scope: 'pass' }, findings: [] }))
    expect(await read()).toMatchObject({ findings: [], verdict: null })
    expect(await stateOf(deps, caseId)).toBe('in_review')
  })
})

describeEachEngine('a returned case', (open) => {
  async function returned(opened: Open) {
    const scene = await claimed(opened)
    await returnCase(scene.deps, scene.reviewer, await scene.judge(problemIn('education', finding())))
    return scene
  }

  it('stays open for its applicant, who is asked for the file by name', async () => {
    const { deps, applicant, caseId } = await returned(open)
    const file = await caseFile(deps.store.read, deps.store.t, deps.keys, caseId)
    if (!file) throw new Error('no file')
    expect(file.case).toMatchObject({ state: 'returned', claimedBy: null, claimedUntil: null })
    expect(file.case.openKey).toBe(collection.openKey(applicant.actor.id))
    expect(file.findings).toMatchObject([{ reason: 'diploma-missing', note: '请上传毕业证书' }])
    const draft = draftOf(file, dayOf(deps.clock.now()))
    const [row] = draft.rows('education')
    if (!row) throw new Error('no row')
    const { diploma } = sections.education.slots
    expect(slotNeed(sections.education, 'diploma', diploma, { row, rows: [row] }, draft.context)).toBe(
      'required',
    )
    expect(draft.standing('education')).toBe('returned')
    expect(draft.standing('scope')).toBe('complete')
    expect(await no(submitCase(deps, applicant.actor, { caseId, declared: true }))).toEqual([
      'refused',
      'section-awaits-mending',
    ])
  })

  it('seals the note', async () => {
    const { deps } = await returned(open)
    const [row] = await deps.store.read.select().from(deps.store.t.finding)
    expect(row?.noteSealed.startsWith(deps.keys.header)).toBe(true)
  })

  it('keeps what passed and did not change, with who passed it and when, in the next round', async () => {
    const { deps, places, applicant, reviewer, caseId } = await returned(open)
    const passedAt = deps.clock.now()
    deps.clock.advance(minutes(60))
    await putPicture(deps, applicant.actor, {
      caseId,
      section: 'education',
      rowId: rowIds.education,
      slot: 'diploma',
    })
    await typeRow(
      deps,
      applicant.actor,
      { caseId, section: 'basic', rowId: 'main', rev: 1 },
      { ...typedRows.basic, politics: 'cpc_member' },
    )
    await submitCase(deps, applicant.actor, { caseId, declared: true })
    const { actor: second } = await makeStaff(deps, {
      role: 'reviewer',
      departmentId: places.tianhe,
      name: '王审核',
    })
    await claimCase(deps, second, { caseId })
    const view = await reviewCase(deps, second, caseId)
    expect(view).toMatchObject({ round: 2, comparedWith: 1, mayDecide: true })
    const section = (id: string) => view.sections.find((one) => one.id === id)
    for (const id of ['department', 'scope', 'employment', 'qualifications'])
      expect(section(id)?.verdict).toEqual({ passed: true, by: '李审核', at: passedAt, carriedFrom: 1 })
    expect(section('basic')?.verdict).toBeNull()
    expect([...(section('basic')?.changed ?? [])]).toEqual([['main/politics', '群众']])
    expect(section('education')?.verdict).toBeNull()
    expect(section('education')?.pictures).toMatchObject([{ slot: 'diploma', changed: true }])
    expect(section('education')?.previous).toMatchObject([{ round: 1, reason: 'diploma-missing' }])
    expect(section('scope')?.changed.size).toBe(0)

    await approveCase(deps, second, { caseId, version: view.version, opinions: passAll })
    const rows = (await verdictsOf(deps.store.read, deps.store.t, caseId)).filter(({ round }) => round === 2)
    expect(rows.find((one) => one.section === 'scope')).toMatchObject({ by: reviewer.id, carriedFrom: 1 })
    expect(rows.find((one) => one.section === 'basic')).toMatchObject({ by: second.id, carriedFrom: 0 })
  })

  it('is refused by the department it did not go to, though the applicant points there while mending', async () => {
    const { deps, places, applicant, reviewer, caseId } = await returned(open)
    await typeDepartment(deps, applicant.actor, caseId, places.yuexiu, 1)
    const { actor: yuexiu } = await makeStaff(deps, { role: 'reviewer', departmentId: places.yuexiu })
    expect(await no(reviewCase(deps, yuexiu, caseId))).toEqual(['not-found'])
    expect((await reviewQueue(deps, yuexiu, { tab: 'returned' })).rows).toEqual([])
    expect((await reviewCase(deps, reviewer, caseId)).state).toBe('returned')
  })
})

describeEachEngine('approval of a collection', (open) => {
  it('writes every table of the record, sealed where it is sensitive, and closes the case', async () => {
    const { deps, places, applicant, reviewer, caseId, judge } = await claimed(open)
    await approveCase(deps, reviewer, await judge(passAll))
    const { t, read } = deps.store
    const personId = applicant.actor.id
    expect(await caseById(read, t, caseId)).toMatchObject({
      state: 'approved',
      openKey: null,
      claimedBy: null,
    })
    const opened = (sealed: string | undefined, table: string, rowId: string, field: string) =>
      deps.keys.unseal(sealed ?? '', recordContext(personId, table, rowId, field))

    const [person] = await read.select().from(t.person)
    expect(person).toMatchObject({
      id: personId,
      departmentId: places.tianhe,
      situation: 'employed',
      household: '440100',
      scope: 'accounting_staff',
      politics: 'masses',
      email: 'zhang@example.com',
      caseId,
    })
    expect(opened(person?.address, 'person', 'main', 'address')).toBe(typedRows.basic.address)

    const [education] = await read.select().from(t.education)
    expect(education).toMatchObject({
      id: rowIds.education,
      personId,
      school: '中山大学',
      enrolled: '2008-09',
    })
    expect(opened(education?.diplomaNo, 'education', rowIds.education, 'diplomaNo')).toBe(
      '105581201205000123',
    )
    expect(opened(education?.degreeNo, 'education', rowIds.education, 'degreeNo')).toBe('1055842012000123')

    const [employment] = await read.select().from(t.employment)
    expect(employment).toMatchObject({
      end: 'ongoing',
      creditCode: '91350100M000100Y43',
      noCode: '',
      noCodeReason: '',
    })
    expect(opened(employment?.employerPhone, 'employment', rowIds.employment, 'employerPhone')).toBe(
      '020-12345678',
    )

    expect(await read.select().from(t.accountingPost)).toMatchObject([
      { id: rowIds.post, employmentId: rowIds.employment, title: 'accountant', appointed: '2018-01' },
    ])
    const [qualification] = await read.select().from(t.qualification)
    expect(qualification).toMatchObject({ kind: 'accounting', level: 'intermediate', obtained: '2017-09' })
    expect(opened(qualification?.certificateNo, 'qualification', rowIds.qualification, 'certificateNo')).toBe(
      'GD20170123456',
    )

    const files = await read.select().from(t.recordFile)
    expect(files.map(({ section, rowId, slot }) => `${section}/${rowId}/${slot}`).sort()).toEqual([
      'basic/main/idBack',
      'basic/main/idFront',
      'basic/main/portrait',
      'employment/all/resume',
      `employment/${rowIds.employment}/creditProof`,
      `employment/${rowIds.post}/appointment`,
    ])
  })

  it('stores what does not apply as nothing', async () => {
    const { deps, places, applicant, reviewer } = await office(open)
    const caseId = await filledCase(deps, applicant.actor, places.tianhe)
    await typeRow(
      deps,
      applicant.actor,
      { caseId, section: 'education', rowId: rowIds.education, rev: 1 },
      { ...typedRows.education, degree: 'none' },
    )
    await submitCase(deps, applicant.actor, { caseId, declared: true })
    await claimCase(deps, reviewer, { caseId })
    await approveCase(deps, reviewer, { caseId, version: await versionOf(deps, caseId), opinions: passAll })
    const [education] = await deps.store.read.select().from(deps.store.t.education)
    expect(education).toMatchObject({ degree: 'none', degreeNo: '' })
  })

  it('leaves nothing behind when it is refused half way', async () => {
    const { deps, reviewer, caseId, judge } = await claimed(open)
    const { t } = deps.store
    // Everything before the last list is written by then.
    const broken: TestDeps = {
      ...deps,
      keys: {
        ...deps.keys,
        seal: (text, context) => {
          if (context.includes(':qualification:')) throw new Error('the disk is full')
          return deps.keys.seal(text, context)
        },
      },
    }
    await expect(approveCase(broken, reviewer, await judge(passAll))).rejects.toThrow('the disk is full')
    expect(await stateOf(deps, caseId)).toBe('in_review')
    expect(await deps.store.read.select().from(t.person)).toEqual([])
    expect(await deps.store.read.select().from(t.education)).toEqual([])
    await approveCase(deps, reviewer, await judge(passAll))
  })
})

describeEachEngine('an identity check', (open) => {
  async function submitted(opened: Open) {
    const deps = testDeps(await opened())
    const places = await seedDepartments(deps)
    const applicant = await makeApplicant(deps, { verified: false })
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.guangzhouOwn })
    const caseId = await submittedIdentity(deps, applicant.actor, '440100')
    await claimCase(deps, reviewer, { caseId })
    return { deps, applicant, reviewer, caseId, version: await versionOf(deps, caseId) }
  }
  const pass: PostedOpinions = { verdicts: { identity: 'pass' }, findings: [] }
  const unlike = {
    at: 'finding.identity.0',
    section: 'identity',
    rowId: 'main',
    target: 'slot:face',
    reason: 'name-or-number-differs',
    note: '证件上是另一个人\n请核对',
  }

  it('verifies the person when it is approved', async () => {
    const { deps, applicant, reviewer, caseId, version } = await submitted(open)
    await approveCase(deps, reviewer, { caseId, version, opinions: pass })
    const account = await accountById(deps.store.read, deps.store.t, deps.keys, applicant.actor.id)
    expect(account).toMatchObject({ identityState: 'verified', identityMethod: 'documents' })
  })

  it('can be refused for good, with words', async () => {
    const { deps, applicant, reviewer, caseId, version } = await submitted(open)
    expect(
      await no(refuseCase(deps, reviewer, { caseId, version, note: ' ', opinions: noOpinions })),
    ).toEqual(['refused', 'refusal-required'])
    for (const [note, said] of [
      ['长'.repeat(301), 'refusal refusal-too-long'],
      ['不是\u0000本人', 'refusal refusal-characters'],
    ] as const)
      expect(
        await issuesIn(refuseCase(deps, reviewer, { caseId, version, note, opinions: noOpinions })),
      ).toEqual([said])
    await refuseCase(deps, reviewer, {
      caseId,
      version,
      note: '手持证件的人不是证件上的人',
      opinions: noOpinions,
    })
    expect(await caseById(deps.store.read, deps.store.t, caseId)).toMatchObject({
      state: 'refused',
      openKey: null,
    })
    expect((await reviewCase(deps, reviewer, caseId)).note).toBe('手持证件的人不是证件上的人')
    const account = await accountById(deps.store.read, deps.store.t, deps.keys, applicant.actor.id)
    expect(account?.identityState).toBe('none')
    expect(await no(approveCase(deps, reviewer, { caseId, version: version + 1, opinions: pass }))).toEqual([
      'refused',
      'case-decided',
    ])
  })

  it('keeps the opinions given with the refusal, and shows them with it', async () => {
    const { deps, applicant, reviewer, caseId, version } = await submitted(open)
    await saveOpinions(deps, reviewer, { caseId, version, opinions: pass })
    const opinions: PostedOpinions = { verdicts: { identity: 'problem' }, findings: [unlike] }
    await refuseCase(deps, reviewer, { caseId, version: version + 1, note: '不是本人', opinions })
    const view = await reviewCase(deps, reviewer, caseId)
    expect(view).toMatchObject({ state: 'refused', note: '不是本人' })
    const [section] = view.sections.filter(({ judged }) => judged !== null)
    expect(section).toMatchObject({
      verdict: { passed: false },
      findings: [{ reason: 'name-or-number-differs', note: '证件上是另一个人\n请核对', target: 'slot:face' }],
    })
    const told = JSON.stringify((await ownData(deps, applicant.actor)).data)
    expect(told).toContain('证件上是另一个人')
  })

  it('is not refused while every page stands at 通过, nor with opinions that say nothing', async () => {
    const { deps, reviewer, caseId, version } = await submitted(open)
    const refuse = (opinions: PostedOpinions, note = '不是本人') =>
      issuesIn(refuseCase(deps, reviewer, { caseId, version, note, opinions }))
    expect(await refuse(pass)).toEqual(['verdict.identity refused-but-passed'])
    expect(await refuse({ verdicts: { identity: 'pass' }, findings: [unlike] })).toEqual([
      'verdict.identity finding-but-passed',
    ])
    expect(await refuse({ verdicts: { identity: 'problem' }, findings: [] })).toEqual([
      'verdict.identity problem-without-finding',
    ])
    const unsaid = { ...unlike, reason: '' }
    expect(await refuse({ verdicts: {}, findings: [unsaid] })).toEqual([
      'finding.identity.0.reason reason-required',
    ])
    // Nothing of an attempt is left: not the refusal, not the opinions.
    expect(await caseById(deps.store.read, deps.store.t, caseId)).toMatchObject({
      state: 'in_review',
      version,
    })
    expect((await reviewCase(deps, reviewer, caseId)).sections.every(({ verdict }) => verdict === null)).toBe(
      true,
    )
  })

  it('is the only kind that can', async () => {
    const { deps, reviewer, caseId } = await claimed(open)
    const version = await versionOf(deps, caseId)
    expect(
      await no(refuseCase(deps, reviewer, { caseId, version, note: '不行', opinions: noOpinions })),
    ).toEqual(['refused', 'not-refusable'])
  })
})

describeEachEngine('a reviewer’s desk', (open) => {
  it('masks numbers until they are asked for, and logs that they were', async () => {
    const { deps, applicant, reviewer, caseId } = await claimed(open)
    const { t, read } = deps.store
    expect((await reviewCase(deps, reviewer, caseId)).audience).toBe('reviewer')
    expect(await read.select().from(t.accessLog)).toEqual([])
    const full = await reviewCase(deps, reviewer, caseId, { full: true })
    expect(full.audience).toBe('owner')
    expect(await read.select().from(t.accessLog)).toMatchObject([
      {
        actorId: reviewer.id,
        personId: applicant.actor.id,
        caseId,
        what: 'full-number',
        subject: `case:${caseId}`,
      },
    ])
  })

  it('logs nothing and shows nothing to those outside the scope', async () => {
    const { deps, places, caseId } = await claimed(open)
    const { actor } = await makeStaff(deps, { role: 'reviewer', departmentId: places.yuexiu })
    expect(await no(reviewCase(deps, actor, caseId, { full: true }))).toEqual(['not-found'])
    expect(await deps.store.read.select().from(deps.store.t.accessLog)).toEqual([])
  })

  it('shows the claims a register could confirm as unchecked, beside their numbers', async () => {
    const { deps, reviewer, caseId } = await claimed(open)
    const { sections: views } = await reviewCase(deps, reviewer, caseId)
    const claims = views.flatMap((section) =>
      [...section.claims].map(([key, { state }]) => [section.id, key, state]),
    )
    expect(claims).toEqual([
      ['education', `${rowIds.education}/diplomaNo`, 'unchecked'],
      ['education', `${rowIds.education}/degreeNo`, 'unchecked'],
      ['employment', `${rowIds.employment}/creditCode`, 'unchecked'],
      ['qualifications', `${rowIds.qualification}/certificateNo`, 'unchecked'],
    ])
    for (const [section, key] of claims) {
      const [rowId, field] = (key ?? '').split('/')
      const row = views.find(({ id }) => id === section)?.answers.rows.find(({ id }) => id === rowId)
      expect(row?.answers.map((answer) => answer.key)).toContain(field)
    }
  })

  it('tells what happened, newest first', async () => {
    const { deps, reviewer, caseId } = await claimed(open)
    const { history } = await reviewCase(deps, reviewer, caseId)
    expect(history.map(({ kind, by }) => [kind, by])).toEqual([
      ['case.claimed', '李审核'],
      ['case.submitted', null],
    ])
  })

  it('tells the newest of a long history, and that there is more', async () => {
    const { deps, reviewer, caseId } = await claimed(open)
    expect((await reviewCase(deps, reviewer, caseId)).hasOlderHistory).toBe(false)
    // With the submission and the first claim one more than the page shows.
    for (let round = 0; round < (mostHistory - 1) / 2; round += 1) {
      await releaseCase(deps, reviewer, { caseId })
      deps.clock.advance(1)
      await claimCase(deps, reviewer, { caseId })
      deps.clock.advance(1)
    }
    const { history, hasOlderHistory } = await reviewCase(deps, reviewer, caseId)
    expect(history).toHaveLength(mostHistory)
    expect(history.map(({ kind }) => kind)).not.toContain('case.submitted')
    expect([history[0]?.kind, hasOlderHistory]).toEqual(['case.claimed', true])
  })

  it('stays readable, and only that, after the decision', async () => {
    const { deps, reviewer, caseId, judge } = await claimed(open)
    await approveCase(deps, reviewer, await judge(passAll))
    expect(await reviewCase(deps, reviewer, caseId)).toMatchObject({
      mayClaim: false,
      mayDecide: false,
      state: 'approved',
    })
  })
})

/** What a browser posts when nothing is touched: the controls of the markup with their present values. */
function untouched(html: string): Record<string, string[]> {
  const values: Record<string, string[]> = {}
  const text = (escaped: string) =>
    escaped
      .replaceAll('&#x27;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
  for (const [tag, name = ''] of html.matchAll(/<input [^>]*?name="([^"]*)"[^>]*>/g))
    if (/ type="hidden"| checked=""/.test(tag)) values[name] = [text(/ value="([^"]*)"/.exec(tag)?.[1] ?? '')]
  for (const [, name = '', options = ''] of html.matchAll(
    /<select [^>]*?name="([^"]*)"[^>]*>(.*?)<\/select>/gs,
  )) {
    const [first = ''] = /<option [^>]*>/.exec(options) ?? []
    const [chosen] = /<option [^>]*selected=""[^>]*>/.exec(options) ?? []
    values[name] = [text(/ value="([^"]*)"/.exec(chosen ?? first)?.[1] ?? '')]
  }
  for (const [, name = '', typed = ''] of html.matchAll(
    /<textarea [^>]*?name="([^"]*)"[^>]*>(.*?)<\/textarea>/gs,
  ))
    values[name] = [text(typed)]
  return values
}

describeEachEngine('the form of opinions', (open) => {
  const rendered = (views: readonly SectionView[], typed: PostedOpinions | null = null) =>
    views
      .filter(({ judged }) => judged !== null)
      .map((section) =>
        renderToStaticMarkup(
          createElement(OpinionFields, {
            form: opinionForm(section, typed),
            returnable: true,
            errorsAt: () => [],
            fresh: null,
          }),
        ),
      )
      .join('')

  it('posts back what was saved, and nothing else, when it is sent untouched', async () => {
    const { deps, reviewer, caseId, judge } = await claimed(open)
    const said = problemIn(
      'education',
      finding({ note: '“毕业”证书 <第 1 页>' }),
      finding({ target: 'school', reason: 'other', note: '校名' }),
    )
    await saveOpinions(deps, reviewer, await judge(said))
    const first = await reviewCase(deps, reviewer, caseId)
    const again = readOpinions(untouched(rendered(first.sections)))
    expect(again.verdicts).toEqual(said.verdicts)
    expect(again.findings.map(({ at: _, ...one }) => one)).toEqual(
      said.findings.map(({ at: _, ...one }) => one),
    )
    await saveOpinions(deps, reviewer, await judge(again))
    const second = await reviewCase(deps, reviewer, caseId)
    expect(rendered(second.sections)).toBe(rendered(first.sections))
  })

  it('keeps what was typed, at the names it was typed under, when it was refused', async () => {
    const { deps, reviewer, caseId } = await claimed(open)
    const typed: PostedOpinions = {
      verdicts: { education: 'problem' },
      findings: [finding({ at: 'finding.education.4', reason: 'scope-wrong', note: '写错了' })],
    }
    const { sections: views } = await reviewCase(deps, reviewer, caseId)
    const html = rendered(views, typed)
    expect(untouched(html)).toMatchObject({
      'verdict.education': ['problem'],
      'finding.education.4.note': ['写错了'],
      'finding.education.4.target': [`${rowIds.education}/slot:diploma`],
      'finding.education.5.note': [''],
    })
  })

  it('binds every control to a visible label, all ids being different', async () => {
    const { deps, reviewer, caseId } = await claimed(open)
    const html = rendered((await reviewCase(deps, reviewer, caseId)).sections)
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const fields = [...html.matchAll(/<(?:select|textarea) [^>]*?id="([^"]+)"/g)].map(([, id]) => id)
    expect(fields.length).toBeGreaterThan(10)
    for (const id of fields) expect(html).toContain(`for="${id}"`)
  })
})

describeEachEngine('a section on the screen', (open) => {
  it('shows changes struck and underlined with a word, and masks numbers', async () => {
    const { deps, applicant, reviewer, caseId, judge } = await claimed(open)
    await returnCase(
      deps,
      reviewer,
      await judge(problemIn('education', finding({ target: 'school', reason: 'other' }))),
    )
    await typeRow(
      deps,
      applicant.actor,
      { caseId, section: 'education', rowId: rowIds.education, rev: 1 },
      { ...typedRows.education, school: '暨南大学' },
    )
    await submitCase(deps, applicant.actor, { caseId, declared: true })
    const html = async (full: boolean) => {
      const { sections: views, audience } = await reviewCase(deps, reviewer, caseId, { full })
      return views
        .map((section) => renderToStaticMarkup(createElement(ReviewedSection, { caseId, section, audience })))
        .join('')
    }
    const masked = await html(false)
    expect(masked).toMatch(/<del[^>]*>.*中山大学<\/del>/)
    expect(masked).toMatch(/<ins[^>]*>暨南大学<\/ins>/)
    expect(masked).toContain('已变更')
    expect(masked).toContain('请上传毕业证书')
    expect(masked).toContain('学历核验：未核验')
    for (const secret of [applicant.number, applicant.phone, '105581201205000123', '020-12345678']) {
      expect(masked).not.toContain(secret)
      expect(await html(true)).toContain(secret)
    }
  })
})

describeEachEngine('the queue', (open) => {
  it('shows what waits in one’s own subtree, and nothing else', async () => {
    const { deps, places, applicant, reviewer } = await office(open)
    const caseId = await submittedCase(deps, applicant.actor, places.tianhe)
    const { actor: other } = await makeApplicant(deps)
    await submittedCase(deps, other, places.yuexiu)
    const shown = await reviewQueue(deps, reviewer, { tab: 'free' })
    expect(shown.rows).toMatchObject([
      { id: caseId, applicant: '欧阳**', department: '广东省广州市天河区', claim: null },
    ])
    expect(shown.counts.get('free')).toBe(1)
    const ids = async (departmentId: string) => {
      const { actor } = await makeStaff(deps, { role: 'reviewer', departmentId })
      return (await reviewQueue(deps, actor, { tab: 'free' })).rows.length
    }
    expect(await ids(places.guangdong)).toBe(2)
    expect(await ids(places.guangzhou)).toBe(2)
    expect(await ids(places.guangzhouOwn)).toBe(0)
    expect(await ids(places.zhuhai)).toBe(0)
    const { actor: viewer } = await makeStaff(deps, { role: 'viewer', departmentId: places.tianhe })
    expect(await no(reviewQueue(deps, viewer, { tab: 'free' }))).toEqual(['not-found'])
  })

  it('moves a case from tab to tab as it is worked on', async () => {
    const { deps, reviewer, caseId, judge } = await claimed(open)
    const tabs = async () => {
      const { counts } = await reviewQueue(deps, reviewer, { tab: 'free' })
      return [...counts].filter(([, count]) => count > 0).map(([tab]) => tab)
    }
    expect(await tabs()).toEqual(['mine'])
    deps.clock.advance(minutes(30))
    expect((await tabs()).sort()).toEqual(['free', 'mine'])
    await claimCase(deps, reviewer, { caseId })
    deps.clock.set('2026-11-27T02:00:00.000Z')
    expect((await tabs()).sort()).toEqual(['free', 'mine', 'soon'])
    deps.clock.set('2026-12-21T02:00:00.000Z')
    expect((await tabs()).sort()).toEqual(['free', 'mine', 'overdue'])
    await claimCase(deps, reviewer, { caseId })
    await returnCase(deps, reviewer, await judge(problemIn('education', finding())))
    expect(await tabs()).toEqual(['returned'])
  })

  it('finds a case by its number within the scope only, and filters by kind', async () => {
    const { deps, places, reviewer, caseId } = await claimed(open)
    const number = (await caseById(deps.store.read, deps.store.t, caseId))?.number ?? ''
    expect((await reviewQueue(deps, reviewer, { tab: 'free', number })).rows).toMatchObject([{ id: caseId }])
    const { actor } = await makeStaff(deps, { role: 'reviewer', departmentId: places.yuexiu })
    expect((await reviewQueue(deps, actor, { tab: 'free', number })).rows).toEqual([])
    expect((await reviewQueue(deps, reviewer, { tab: 'mine', kind: 'identity' })).rows).toEqual([])
    expect((await reviewQueue(deps, reviewer, { tab: 'mine', kind: 'collection' })).rows).toHaveLength(1)
  })

  it('pages through everything once, also where many were submitted in the same moment', async () => {
    const { deps, places, applicant, reviewer } = await office(open)
    const caseId = await submittedCase(deps, applicant.actor, places.tianhe)
    const { t } = deps.store
    const total = queuePageSize * 2 + 5
    await deps.store.tx(async (q) => {
      const [model] = await q.select().from(t.serviceCase).where(eq(t.serviceCase.id, caseId))
      const [round] = await q.select().from(t.caseRound).where(eq(t.caseRound.caseId, caseId))
      if (!model || !round) throw new Error('no model')
      for (let i = 1; i < total; i++) {
        const id = `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`
        await q.insert(t.serviceCase).values({ ...model, id, number: `C${i}`, openKey: null })
        await q.insert(t.caseRound).values({ ...round, caseId: id })
      }
    })
    const seen: string[] = []
    let after: string | undefined
    for (let page = 0; page < 5; page++) {
      const shown = await reviewQueue(deps, reviewer, { tab: 'free', ...(after ? { after } : {}) })
      seen.push(...shown.rows.map(({ id }) => id))
      if (shown.next === null) break
      expect(shown.rows).toHaveLength(queuePageSize)
      after = shown.next
    }
    expect(new Set(seen).size).toBe(total)
    expect(seen).toHaveLength(total)
  })
})
