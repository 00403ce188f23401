/** 属地关系调转 (TRF): what keeps it from being sent, who agrees one after another, and what its completion does. */
import { eq } from 'drizzle-orm'
import { beforeAll, expect, it } from 'vitest'
import { collection } from '#lib/cases/collection.ts'
import { addNoteTemplate } from '#lib/commands/add-note-template.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { assignCase } from '#lib/commands/assign-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { closeDepartment } from '#lib/commands/close-department.ts'
import { foldFigures } from '#lib/commands/fold-figures.ts'
import { forwardCase } from '#lib/commands/forward-case.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { recountFigures } from '#lib/commands/recount-figures.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { saveOpinions } from '#lib/commands/save-opinions.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import type { Applicant, Staff } from '#lib/domain/actor.ts'
import type { ProvinceRules } from '#lib/domain/province-rules.ts'
import { runJobs } from '#lib/jobs/run-jobs.ts'
import { applicationDesk } from '#lib/views/application.ts'
import { changeDesk, changePage } from '#lib/views/changes.ts'
import { pictureFor } from '#lib/views/file.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { reviewQueue } from '#lib/views/review-queue.ts'
import { transferList, transferRecord } from '#lib/views/transfers.ts'
import { caseRow, placed, rowsOf } from '#tests/support/case-state.ts'
import { filledApplication, rowIds, submittedCase, typedRows, typeRow } from '#tests/support/cases.ts'
import { approve, pass, refuse, sendBack } from '#tests/support/claims.ts'
import {
  makeApplicant,
  makeStaff,
  newMainlandNumber,
  seedDepartments,
  type TestDeps,
  testDeps,
} from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const passes = {
  verdicts: Object.fromEntries(collection.sections.map((section) => [section, 'pass'])),
  findings: [],
}
/** The three selects: 南山 of 深圳, a node of the first level; 香洲 of 珠海; 天河. */
const chosen = (...levels: string[]) =>
  Object.fromEntries([0, 1, 2].map((at) => [`departmentId.${at + 1}`, levels[at] ?? '']))
const to = {
  nanshan: chosen('440300', '440305'),
  yuexiu: chosen('440000', '440100', '440104'),
  xiangzhou: chosen('440000', '440400', '440402'),
  tianhe: chosen('440000', '440100', '440106'),
}
type Typed = Readonly<Record<string, string>>
const job: Typed = {
  reason: 'workplace',
  employer: '深圳南山示例有限公司',
  creditCode: '91440101MA5KJ7R253',
  'joined.year': '2026',
  'joined.month': '10',
}
const messages = async ({ store: { read, t } }: TestDeps, caseId: string) =>
  (await read.select().from(t.message).where(eq(t.message.caseId, caseId)).orderBy(t.message.id)).map(
    ({ kind, data }) => ({ ...data, kind }),
  )

async function office(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const staff = async (departmentId: string, role: 'reviewer' | 'manager' = 'reviewer') =>
    (await makeStaff(deps, { role, departmentId })).actor
  const reviewers = {
    tianhe: await staff(places.tianhe),
    yuexiu: await staff(places.yuexiu),
    xiangzhou: await staff(places.xiangzhou),
    nanshan: await staff(places.nanshan),
  }
  /** Somebody whose collection 天河 has approved. */
  const person = async (wish: Parameters<typeof makeApplicant>[1] = {}) => {
    const { actor } = await makeApplicant(deps, wish)
    const caseId = await submittedCase(deps, actor, places.tianhe)
    deps.clock.advance(1)
    await claimCase(deps, reviewers.tianhe, { caseId })
    const { version } = await caseRow(deps, caseId)
    await approveCase(deps, reviewers.tianhe, { caseId, version, opinions: passes })
    deps.clock.advance(1000)
    return { actor, collectionId: caseId }
  }
  const send = (actor: Applicant, caseId: string, declared = true) => {
    deps.clock.advance(1)
    return submitCase(deps, actor, { caseId, declared })
  }
  const sent = async (actor: Applicant, where: keyof typeof to) => {
    const caseId = await filledApplication(deps, actor, 'transfer', to[where])
    await send(actor, caseId)
    deps.clock.advance(1)
    return caseId
  }
  /** Types one row over whatever is stored. */
  const retype = async (
    actor: Applicant,
    caseId: string,
    values: Typed,
    section: 'transfer' | 'education' = 'transfer',
  ) => {
    const rowId = section === 'transfer' ? 'main' : rowIds.education
    const [known] = await rowsOf(deps, caseId, section)
    const at = { caseId, section, rowId, rev: known?.rev ?? 0 }
    const usual: Typed = section === 'transfer' ? { ...job, ...to.yuexiu } : typedRows.education
    await typeRow(deps, actor, at, { ...usual, ...values })
  }
  const rule = (rules: Partial<ProvinceRules>) =>
    deps.store.tx(async (q) => {
      const { province } = deps.store.t
      await q.delete(province)
      await q.insert(province).values({
        departmentId: places.guangdong,
        transferInside: 'target',
        transferOutside: 'both',
        creditsTotal: 90,
        creditsProfessional: 60,
        creditsOnline: 1,
        ...rules,
      })
    })
  const home = async ({ id }: Applicant) => {
    const { read, t } = deps.store
    const [row] = await read.select().from(t.person).where(eq(t.person.id, id))
    return row
  }
  return { deps, places, reviewers, staff, person, send, sent, retype, rule, home }
}

async function figures(deps: TestDeps): Promise<Record<string, number>> {
  while ((await foldFigures(deps, 50)) > 0);
  const rows = await deps.store.read.select().from(deps.store.t.figure)
  return Object.fromEntries(
    rows
      .filter(({ value }) => value !== 0)
      .map((one) => [`${one.departmentId} ${one.period} ${one.measure} ${one.bucket}`, one.value])
      .sort(),
  )
}
/** What was added up is what a recount finds. */
async function expectTrue(deps: TestDeps) {
  const kept = await figures(deps)
  await recountFigures(deps)
  expect(kept).toEqual(await figures(deps))
  return kept
}

describeEachEngine('a transfer', (open) => {
  let it_: Awaited<ReturnType<typeof office>>
  beforeAll(async () => {
    it_ = await office(open)
  })

  it('TRF-1: the present department as target is told at the first save, beside what else is wrong', async () => {
    const { deps, person } = it_
    const { actor } = await person()
    const caseId = await openDraft(deps, actor, 'transfer')
    const save = async (typed: Typed) => {
      const { rev = 0 } = (await rowsOf(deps, caseId, 'transfer'))[0] ?? {}
      const entry = { caseId, section: 'transfer', rowId: 'main', rev } as const
      const { issues } = await saveEntry(deps, actor, {
        ...entry,
        form: { get: (name) => typed[name] ?? '' },
      })
      return issues.flatMap(({ at, code }) => (at?.startsWith('slot:') ? [] : [`${at} ${code}`]))
    }
    expect(await save({ ...job, ...to.tianhe, employer: '', creditCode: '123' })).toEqual([
      'employer required',
      'creditCode credit-code-length',
      'departmentId transfer-same-department',
    ])
    expect(await save({ ...job, ...to.tianhe })).toEqual(['departmentId transfer-same-department'])
    expect(await save({ ...job, ...chosen('440000') })).toEqual(['departmentId department-incomplete'])
    expect(await save({ ...job, ...to.nanshan })).toEqual([])
  })

  it('is refused for each of the six reasons, for several at once, and told before anything is typed', async () => {
    const { deps, person, send, retype } = it_
    const stranger = (await makeApplicant(deps)).actor
    const none = await filledApplication(deps, stranger, 'transfer')
    expect(await outcomeOf(send(stranger, none))).toEqual(['refused', 'transfer-before-approval'])
    expect((await transferList(deps, stranger, '')).obstacles).toMatchObject([
      { code: 'transfer-before-approval', href: '/collection' },
    ])

    const { actor } = await person()
    const caseId = await filledApplication(deps, actor, 'transfer', to.tianhe)
    const told = async () => {
      const list = (await transferList(deps, actor, '')).obstacles.map(({ code, href }) => [code, href])
      const page = (await applicationDesk(deps, actor, 'transfer')).obstacles.map(({ code }) => code)
      expect(page).toEqual(list.map(([code]) => code))
      return list
    }
    const attempt = () => outcomeOf(send(actor, caseId))
    expect(await attempt()).toEqual(['refused', 'transfer-same-department'])
    expect(await told()).toEqual([['transfer-same-department', '/transfers/new#departmentId']])
    await retype(actor, caseId, to.yuexiu)
    expect(await told()).toEqual([])

    const change = await openDraft(deps, actor, 'change-education')
    await retype(actor, change, { school: '暨南大学' }, 'education')
    const credit = await filledApplication(deps, actor, 'credit')
    const award = await filledApplication(deps, actor, 'award')
    // A draft blocks nothing.
    expect(await told()).toEqual([])
    const blockers = [
      [change, 'transfer-while-change', '/changes/education'],
      [award, 'transfer-while-conduct', '/conduct'],
      [credit, 'transfer-while-credit', '/education-credits'],
    ] as const
    for (const [blocker, code, href] of blockers) {
      await send(actor, blocker)
      expect(await attempt()).toEqual(['refused', code])
      expect(await told()).toEqual([[code, href]])
      await withdrawCase(deps, actor, { caseId: blocker })
    }
    for (const [blocker] of blockers) await send(actor, blocker)
    await retype(actor, caseId, to.tianhe)
    const all = [...blockers.map(([, code]) => code), 'transfer-same-department']
    expect(await attempt()).toEqual(['refused', ...all])
    expect((await told()).map(([code]) => code)).toEqual(all)
    expect(await outcomeOf(send(actor, caseId, false))).toEqual(['refused', ...all, 'declaration-required'])
    for (const [blocker] of blockers) await withdrawCase(deps, actor, { caseId: blocker })

    // The other way round, and one transfer beside another.
    await retype(actor, caseId, to.yuexiu)
    await send(actor, caseId)
    for (const [blocker] of blockers)
      expect(await outcomeOf(send(actor, blocker))).toEqual(['refused', 'while-transfer'])
    // Who would change the record is told before typing, and is not promised 自动审核.
    const waitsFor = [{ code: 'while-transfer', href: '/transfers' }]
    expect((await changePage(deps, actor, 'education'))?.obstacles).toMatchObject(waitsFor)
    expect(await changeDesk(deps, actor, 'education')).toMatchObject({ waitsFor, automatic: false })
    expect((await transferList(deps, actor, '')).obstacles).toMatchObject([
      { code: 'transfer-while-transfer', href: `/transfers/${caseId}` },
    ])
    // One open transfer is all there can be; a second one would be told so too.
    const { serviceCase } = deps.store.t
    const set = (change: Partial<typeof serviceCase.$inferInsert>) =>
      deps.store.tx((q) => q.update(serviceCase).set(change).where(eq(serviceCase.id, caseId)))
    await set({ openKey: null, state: 'cancelled' })
    deps.clock.advance(1)
    const second = await filledApplication(deps, actor, 'transfer')
    await set({ state: 'waiting' })
    expect(await outcomeOf(send(actor, second))).toEqual(['refused', 'transfer-while-transfer'])
  })

  it('goes to the target alone or to both, as the province that is left says for moves within and out of it', async () => {
    const { deps, places, person, send, retype, rule } = it_
    const { actor } = await person()
    const caseId = await filledApplication(deps, actor, 'transfer', to.yuexiu)
    const routed = async (rules: Partial<ProvinceRules>, where: keyof typeof to) => {
      await rule(rules)
      await retype(actor, caseId, to[where])
      await send(actor, caseId)
      const { stages, stage, sentTo, departmentId } = await caseRow(deps, caseId)
      const [line] = (await transferList(deps, actor, '')).rows
      await withdrawCase(deps, actor, { caseId })
      return [stages, stage, sentTo, departmentId, line?.kind, line?.side]
    }
    const { tianhe, yuexiu, nanshan } = places
    expect(await routed({}, 'yuexiu')).toEqual([1, 1, yuexiu, yuexiu, 'inside', 'joins'])
    expect(await routed({ transferInside: 'both' }, 'yuexiu')).toEqual([
      2,
      1,
      tianhe,
      yuexiu,
      'inside',
      'leaves',
    ])
    expect(await routed({}, 'nanshan')).toEqual([2, 1, tianhe, nanshan, 'outside', 'leaves'])
    expect(await routed({ transferOutside: 'target' }, 'nanshan')).toEqual([
      1,
      1,
      nanshan,
      nanshan,
      'outside',
      'joins',
    ])
    await rule({})
  })

  it('out of the province: both agree, a return begins anew, the person moves and the old department sees no more', async () => {
    const { deps, places, reviewers, person, send, sent, retype, home } = it_
    const { tianhe, nanshan } = reviewers
    const { actor, collectionId } = await person()
    // A claim of credits that 天河 has returned, and a change that was not sent yet.
    const credit = await filledApplication(deps, actor, 'credit')
    await send(actor, credit)
    await sendBack(deps, tianhe, credit, 'slot:proof')
    const change = await openDraft(deps, actor, 'change-education')

    const caseId = await sent(actor, 'nanshan')
    const proof = (await placed(deps, caseId))[0]?.fileId ?? ''
    const sees = async (who: Staff) => [
      await outcomeOf(reviewCase(deps, who, caseId)),
      await outcomeOf(pictureFor(deps, who, proof)),
      await outcomeOf(claimCase(deps, who, { caseId })),
    ]
    const hidden = [['not-found'], ['not-found'], ['not-found']]
    const line = async () => (await transferList(deps, actor, '')).rows.find((row) => row.caseId === caseId)
    expect(await sees(nanshan)).toEqual(hidden)
    expect(await reviewCase(deps, tianhe, caseId)).toMatchObject({
      transfer: { from: '广东省广州市天河区', to: '深圳市南山区' },
      department: '广东省广州市天河区',
      mayForward: false,
    })
    expect(await line()).toMatchObject({ leftAt: null, side: 'leaves', from: '广东省广州市天河区' })

    expect(await pass(deps, tianhe, caseId)).toBe('handed-on')
    const firstPass = deps.clock.now()
    expect(await sees(tianhe)).toEqual(hidden)
    expect(await caseRow(deps, caseId)).toMatchObject({
      state: 'waiting',
      stage: 2,
      sentTo: places.nanshan,
      claimedBy: null,
    })
    expect(await line()).toMatchObject({ leftAt: firstPass, side: 'joins' })
    expect((await messages(deps, caseId)).at(-1)).toMatchObject({
      kind: 'case-advanced',
      department: '深圳市南山区',
    })
    const view = await reviewCase(deps, nanshan, caseId)
    expect(view.passes).toMatchObject([{ stage: 1 }])
    expect(view.sections.at(-1)?.verdict).toBeNull()
    expect(view.history.map(({ kind }) => kind)).toContain('transfer.confirmed')
    await expectTrue(deps)

    await sendBack(deps, nanshan, caseId, 'employer')
    expect((await messages(deps, caseId)).at(-1)).toMatchObject({
      kind: 'case-returned',
      department: '深圳市南山区',
    })
    expect(await line()).toMatchObject({ state: 'returned', side: 'joins', leftAt: null })
    expect((await transferRecord(deps, actor, caseId)).reasons).toHaveLength(1)
    // Whom its applicant points to meanwhile is not what was sent.
    await retype(actor, caseId, { ...to.xiangzhou, employer: '深圳南山有限公司' })
    expect(await line()).toMatchObject({ to: '深圳市南山区' })
    expect((await reviewCase(deps, nanshan, caseId)).transfer?.to).toBe('深圳市南山区')
    await retype(actor, caseId, { ...to.nanshan, employer: '深圳南山有限公司' })
    await send(actor, caseId)
    expect(await caseRow(deps, caseId)).toMatchObject({ round: 2, stage: 1, sentTo: places.tianhe })
    expect(await sees(nanshan)).toEqual(hidden)
    await pass(deps, tianhe, caseId)
    const leftAt = deps.clock.now()
    expect(await pass(deps, nanshan, caseId)).toBe('approved')

    expect(await home(actor)).toMatchObject({ departmentId: places.nanshan, situation: 'employed' })
    expect(await line()).toMatchObject({ state: 'approved', leftAt, kind: 'outside' })
    const list = await transferList(deps, actor, '')
    expect(list).toMatchObject({ home: '深圳市南山区', moved: 'workplace', obstacles: [] })
    const record = await transferRecord(deps, actor, caseId)
    expect(record.rounds.map(({ outcome, confirmedAt }) => [outcome, confirmedAt])).toEqual([
      ['returned', firstPass],
      ['approved', leftAt],
    ])
    const other = (await makeApplicant(deps)).actor
    expect(await outcomeOf(transferRecord(deps, other, caseId))).toEqual(['not-found'])
    expect((await transferList(deps, other, '')).rows).toEqual([])

    // What is open goes along; what was decided stays where it was.
    expect(await caseRow(deps, credit)).toMatchObject({
      departmentId: places.nanshan,
      sentTo: places.nanshan,
    })
    expect(await caseRow(deps, change)).toMatchObject({ departmentId: places.nanshan })
    expect(await sees(tianhe)).toEqual(hidden)
    expect(await outcomeOf(reviewCase(deps, tianhe, credit))).toEqual(['not-found'])
    expect(await outcomeOf(reviewCase(deps, nanshan, credit))).toEqual(['done'])
    expect(await outcomeOf(reviewCase(deps, tianhe, collectionId))).toEqual(['done'])
    expect(await outcomeOf(reviewCase(deps, nanshan, collectionId))).toEqual(['not-found'])
    await retype(actor, change, { school: '暨南大学' }, 'education')
    await send(actor, change)
    expect(await caseRow(deps, change)).toMatchObject({ sentTo: places.nanshan })
    expect(await outcomeOf(reviewCase(deps, tianhe, change))).toEqual(['not-found'])
    expect(await outcomeOf(reviewCase(deps, nanshan, change))).toEqual(['done'])
    const counted = await expectTrue(deps)
    expect(counted[`${places.nanshan}  people all`]).toBe(1)
    expect(counted[`${places.tianhe} 2026-11 decided credit.returned`]).toBe(1)
  })

  it('is returned or refused by either, in the name of the one that did', async () => {
    const { deps, reviewers, person, sent } = it_
    const { tianhe, nanshan } = reviewers
    const last = async (caseId: string) => (await messages(deps, caseId)).at(-1)
    const first = (await person()).actor
    const returned = await sent(first, 'nanshan')
    await sendBack(deps, tianhe, returned, 'slot:workplaceProof')
    expect(await last(returned)).toMatchObject({ kind: 'case-returned', department: '广东省广州市天河区' })
    expect((await transferList(deps, first, '')).rows[0]).toMatchObject({ side: 'leaves', leftAt: null })
    const early = (await person()).actor
    const refusedThere = await sent(early, 'nanshan')
    await refuse(deps, tianhe, refusedThere, '尚有未了结的事项')
    expect(await last(refusedThere)).toMatchObject({ kind: 'case-refused', department: '广东省广州市天河区' })
    expect(await transferRecord(deps, early, refusedThere)).toMatchObject({
      note: '尚有未了结的事项',
      side: 'leaves',
      state: 'refused',
    })
    const late = (await person()).actor
    const refusedHere = await sent(late, 'nanshan')
    await pass(deps, tianhe, refusedHere)
    await refuse(deps, nanshan, refusedHere, '单位不在本区')
    expect(await last(refusedHere)).toMatchObject({ kind: 'case-refused', department: '深圳市南山区' })
    const list = await transferList(deps, late, '')
    expect(list.rows[0]).toMatchObject({ side: 'joins', leftAt: null, state: 'refused' })
    expect(list.moved).toBeNull()
    // And another may be begun.
    expect(await openDraft(deps, late, 'transfer')).not.toBe(refusedHere)
    await expectTrue(deps)
  })

  it('stands at one department at a time: its words, its reviewers, its queue; nobody passes it on', async () => {
    const { deps, places, reviewers, staff, person, sent } = it_
    const { tianhe, nanshan } = reviewers
    const managers = {
      tianhe: await staff(places.tianhe, 'manager'),
      nanshan: await staff(places.nanshan, 'manager'),
    }
    for (const [where, manager] of Object.entries(managers))
      await addNoteTemplate(deps, manager, {
        departmentId: places[where === 'tianhe' ? 'tianhe' : 'nanshan'],
        typed: { templateReason: 'transfer-proof-missing', templateText: `${where} 的常用语` },
      })
    const caseId = await sent((await person()).actor, 'nanshan')
    const queued = async (who: Staff) => {
      const { rows } = await reviewQueue(deps, who, { tab: 'free', kind: 'transfer' })
      return rows.filter(({ id }) => id === caseId).map(({ department, stage }) => [department, stage])
    }
    const offered = async (who: Staff) =>
      (await reviewCase(deps, who, caseId)).templates.map(({ text }) => text)
    const version = async () => (await caseRow(deps, caseId)).version
    expect([await queued(tianhe), await queued(nanshan)]).toEqual([[['广东省广州市天河区', 1]], []])
    const before = await reviewCase(deps, managers.tianhe, caseId)
    expect(before.reviewers?.map(({ id }) => id)).toContain(tianhe.id)
    expect(before.reviewers?.map(({ id }) => id)).not.toContain(nanshan.id)
    const assign = async (to_: Staff) =>
      outcomeOf(assignCase(deps, managers.tianhe, { caseId, version: await version(), reviewerId: to_.id }))
    expect(await assign(nanshan)).toEqual(['refused', 'assign-target'])
    expect(await assign(tianhe)).toEqual(['done'])
    expect(await offered(tianhe)).toEqual(['tianhe 的常用语'])
    const noting = async (template: string) => {
      const finding = {
        section: 'transfer',
        rowId: 'main',
        target: 'reason',
        reason: 'other',
        note: '',
        template,
      }
      const findings = [{ at: 'finding.transfer.0', ...finding }]
      const opinions = { verdicts: { transfer: 'problem' }, findings }
      return outcomeOf(saveOpinions(deps, tianhe, { caseId, version: await version(), opinions }))
    }
    const templates = await deps.store.read.select().from(deps.store.t.noteTemplate)
    const idAt = (place: string) => templates.find((one) => one.departmentId === place)?.id ?? ''
    expect((await noting(idAt(places.nanshan)))[0]).toBe('refused')
    expect(await noting(idAt(places.tianhe))).toEqual(['done'])
    expect((await reviewCase(deps, tianhe, caseId)).told.map(({ text }) => text).join()).toContain(
      'tianhe 的常用语',
    )
    const forwarded = forwardCase(deps, tianhe, {
      caseId,
      version: await version(),
      department: '440000/440100/440104',
      reason: 'other-office',
    })
    expect(await outcomeOf(forwarded)).toEqual(['refused', 'forward-kind'])
    await approve(deps, tianhe, caseId)
    expect([await queued(tianhe), await queued(nanshan)]).toEqual([[], [['深圳市南山区', 2]]])
    await claimCase(deps, nanshan, { caseId })
    expect(await offered(nanshan)).toEqual(['nanshan 的常用语'])
    await approve(deps, nanshan, caseId)
  })

  it('is agreed to by two people, and by nobody in their own case', async () => {
    const { deps, places, reviewers, staff, person, sent, rule } = it_
    await rule({ transferInside: 'both' })
    const province = await staff(places.guangdong)
    const { actor } = await person()
    const caseId = await sent(actor, 'yuexiu')
    expect(await pass(deps, province, caseId)).toBe('handed-on')
    expect(await outcomeOf(claimCase(deps, province, { caseId }))).toEqual([
      'refused',
      'second-person-required',
    ])
    await pass(deps, reviewers.yuexiu, caseId)
    const number = newMainlandNumber()
    const own = await sent((await person({ number })).actor, 'nanshan')
    for (const departmentId of [places.tianhe, places.nanshan]) {
      const twin = await makeStaff(deps, { role: 'reviewer', departmentId, number })
      expect(await outcomeOf(claimCase(deps, twin.actor, { caseId: own }))).toEqual(['refused', 'own-case'])
      if (departmentId === places.tianhe) await pass(deps, reviewers.tianhe, own)
    }
    await rule({})
  })

  it('is taken back at either stage while nobody holds it, by one of two at once', async () => {
    const { deps, reviewers, person, send, sent } = it_
    const { tianhe, nanshan } = reviewers
    const { actor } = await person()
    const caseId = await sent(actor, 'nanshan')
    await withdrawCase(deps, actor, { caseId })
    expect((await transferList(deps, actor, '')).rows[0]).toMatchObject({ state: 'draft', leftAt: null })
    await send(actor, caseId)
    await pass(deps, tianhe, caseId)
    await claimCase(deps, nanshan, { caseId })
    expect(await outcomeOf(withdrawCase(deps, actor, { caseId }))).toEqual([
      'refused',
      'withdraw-while-claimed',
    ])
    deps.clock.advance(31 * 60_000)
    await withdrawCase(deps, actor, { caseId })
    expect(await caseRow(deps, caseId)).toMatchObject({ state: 'draft', claimedBy: null })
    await send(actor, caseId)
    expect(await caseRow(deps, caseId)).toMatchObject({ stage: 1, round: 3, state: 'waiting' })
    await pass(deps, tianhe, caseId)
    deps.clock.advance(1)
    const ends = await Promise.all([
      outcomeOf(withdrawCase(deps, actor, { caseId })),
      outcomeOf(claimCase(deps, nanshan, { caseId })),
    ])
    expect(ends.filter(([word]) => word === 'done')).toHaveLength(1)
    const { state } = await caseRow(deps, caseId)
    expect(state).toBe(ends[0]?.[0] === 'done' ? 'draft' : 'in_review')
    await expectTrue(deps)
  })

  it('is confirmed once, however many try at both departments', async () => {
    const { deps, reviewers, person, sent } = it_
    const { tianhe, nanshan } = reviewers
    const caseId = await sent((await person()).actor, 'nanshan')
    await claimCase(deps, tianhe, { caseId })
    const [one, two, claim] = await Promise.all([
      outcomeOf(approve(deps, tianhe, caseId)),
      outcomeOf(approve(deps, tianhe, caseId)),
      outcomeOf(claimCase(deps, nanshan, { caseId })),
    ])
    // One of them, told twice or refused: where it stands says that it was done once.
    expect([one, two]).toContainEqual(['done'])
    expect([['done'], ['not-found']]).toContainEqual(claim)
    const row = await caseRow(deps, caseId)
    expect(row).toMatchObject({ stage: 2, claimedBy: claim[0] === 'done' ? nanshan.id : null })
    await claimCase(deps, nanshan, { caseId })
    const ends = await Promise.all([
      outcomeOf(approve(deps, nanshan, caseId)),
      outcomeOf(approve(deps, nanshan, caseId)),
    ])
    expect(ends.filter((end) => end[0] === 'done')).toHaveLength(1)
    expect((await caseRow(deps, caseId)).state).toBe('approved')
  })

  it('stays at its stage and on its way when a department on either side closes', async () => {
    const { deps, places, reviewers, staff, person, sent, rule, home } = await office(open)
    const { read, t } = deps.store
    await rule({ transferInside: 'both' })
    const [confirmed, waiting, needless, draft] = [
      (await person()).actor,
      (await person()).actor,
      (await person()).actor,
      (await person()).actor,
    ]
    const cases = {
      confirmed: await sent(confirmed, 'xiangzhou'),
      waiting: await sent(waiting, 'xiangzhou'),
      needless: await sent(needless, 'yuexiu'),
      draft: await filledApplication(deps, draft, 'transfer', to.xiangzhou),
    }
    await pass(deps, reviewers.tianhe, cases.confirmed)
    await claimCase(deps, reviewers.xiangzhou, { caseId: cases.confirmed })
    const province = await staff(places.guangdong, 'manager')
    const close = async (departmentId: string, ...into: string[]) => {
      deps.clock.advance(1000)
      const typed = Object.fromEntries(into.map((id, index) => [`target.${index + 1}`, id]))
      await closeDepartment(deps, province, { departmentId, version: 1, typed: { ...typed, confirmed: '1' } })
      for (let turns = 0; turns < 20 && (await runJobs(deps, 'test', 50)) > 0; turns += 1);
    }
    const now = (name: keyof typeof cases) => caseRow(deps, cases[name])
    const passesOf = (caseId: string) =>
      read.select({ stage: t.stagePass.stage }).from(t.stagePass).where(eq(t.stagePass.caseId, caseId))

    await close(places.xiangzhou, '440000', '440400', places.zhuhaiOwn)
    expect(await now('confirmed')).toMatchObject({
      state: 'waiting',
      stage: 2,
      sentTo: places.zhuhaiOwn,
      departmentId: places.zhuhaiOwn,
      claimedBy: null,
    })
    expect(await passesOf(cases.confirmed)).toEqual([{ stage: 1 }])
    expect(await now('waiting')).toMatchObject({
      state: 'waiting',
      stage: 1,
      sentTo: places.tianhe,
      departmentId: places.zhuhaiOwn,
    })
    for (const name of ['waiting', 'draft'] as const)
      expect((await rowsOf(deps, cases[name], 'transfer'))[0]?.values.departmentId).toBe(places.zhuhaiOwn)

    await close(places.tianhe, '440000', '440100', places.yuexiu)
    expect(await now('confirmed')).toMatchObject({ stage: 2, sentTo: places.zhuhaiOwn })
    expect(await now('waiting')).toMatchObject({
      state: 'waiting',
      stage: 1,
      stages: 2,
      sentTo: places.yuexiu,
      departmentId: places.zhuhaiOwn,
    })
    // Both have become one department: there is nothing to move.
    expect(await now('needless')).toMatchObject({ state: 'cancelled', openKey: null, dueOn: '' })
    expect((await messages(deps, cases.needless)).at(-1)).toMatchObject({
      kind: 'transfer-needless',
      department: '广东省广州市越秀区',
    })
    expect((await transferList(deps, needless, '')).rows[0]).toMatchObject({
      state: 'cancelled',
      leftAt: null,
    })
    await expectTrue(deps)

    const zhuhai = await staff(places.zhuhaiOwn)
    expect(await pass(deps, reviewers.yuexiu, cases.waiting)).toBe('handed-on')
    for (const [name, actor] of [
      ['confirmed', confirmed],
      ['waiting', waiting],
    ] as const) {
      expect(await pass(deps, zhuhai, cases[name])).toBe('approved')
      expect((await home(actor))?.departmentId).toBe(places.zhuhaiOwn)
    }
    expect((await home(needless))?.departmentId).toBe(places.yuexiu)
    // From where, as it was called when it was sent.
    expect((await transferList(deps, confirmed, '')).rows[0]).toMatchObject({
      from: '广东省广州市天河区',
      kind: 'inside',
    })
    await expectTrue(deps)
  })
})
