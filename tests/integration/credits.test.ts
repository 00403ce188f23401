/** 视同继续教育 (CRE-1): a claim, its review, and what the ledger makes of it. */
import { beforeAll, expect, it } from 'vitest'
import { claimCase } from '#lib/commands/claim-case.ts'
import { dropDraft } from '#lib/commands/drop-draft.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import { newId } from '#lib/ids.ts'
import { claimWorth, creditClaims, creditLedger, creditsOfThisYear, creditYears } from '#lib/views/credits.ts'
import { ownData } from '#lib/views/own-data.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { filledApplication } from '#tests/support/cases.ts'
import { approve, pass, refuse, sendBack } from '#tests/support/claims.ts'
import {
  approveAll,
  entriesOf,
  filledClaim,
  recordedAt,
  retype,
  submittedClaim,
} from '#tests/support/credits.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

describeEachEngine('credits of 继续教育', (open) => {
  let deps: TestDeps
  let places: Awaited<ReturnType<typeof seedDepartments>>
  beforeAll(async () => {
    deps = testDeps(await open())
    places = await seedDepartments(deps)
  })
  const send = (actor: Parameters<typeof submitCase>[1], caseId: string) =>
    submitCase(deps, actor, { caseId, declared: true })
  const setRules = (departmentId: string, rules: { total: number; professional: number; online: number }) =>
    deps.store.tx((q) =>
      q.insert(deps.store.t.province).values({
        departmentId,
        transferInside: 'target',
        transferOutside: 'target',
        creditsTotal: rules.total,
        creditsProfessional: rules.professional,
        creditsOnline: rules.online,
      }),
    )
  const totals = async (personId: string, year?: string) => {
    const found = await creditLedger(deps, personId, year)
    const { professional, public: rest, total } = found?.shown.ledger ?? {}
    return [professional?.got, rest?.got, total?.got]
  }

  it('an approved claim is a line of the ledger of the year it was earned in, worth what the table says', async () => {
    const { actor, reviewer } = await recordedAt(deps, places.tianhe)
    expect(await totals(actor.id)).toEqual([0, 0, 0])
    const caseId = await submittedClaim(deps, actor)
    expect(await caseRow(deps, caseId)).toMatchObject({ state: 'waiting', sentTo: places.tianhe })
    expect((await caseRow(deps, caseId)).number).toMatch(/^X\d{16}$/)
    await pass(deps, reviewer, caseId)
    const number = (await caseRow(deps, caseId)).number
    expect(await entriesOf(deps, actor.id)).toMatchObject([
      {
        year: 2026,
        form: 'conference',
        quantity: 2,
        credits: 20,
        subject: 'any',
        obtained: '2026-06',
        caseId,
      },
    ])
    expect(await totals(actor.id)).toEqual([20, 0, 20])
    expect(await creditsOfThisYear(deps, actor.id)).toEqual({ got: 20, target: 90, missing: 70 })

    const second = await submittedClaim(deps, actor, {
      form: 'paper_first',
      title: '数字经济与管理会计',
      quantity: '2',
      obtained: '2026-03',
    })
    await pass(deps, reviewer, second)
    const third = await submittedClaim(deps, actor, {
      form: 'exam_pass',
      title: '财务管理',
      quantity: '1',
      obtained: '2025-09',
    })
    await pass(deps, reviewer, third)
    expect(await totals(actor.id)).toEqual([60, 20, 80])
    expect(await totals(actor.id, '2025')).toEqual([60, 30, 90])
    const view = await creditLedger(deps, actor.id, '2026')
    expect(view?.entries.map(({ title, unit }) => [title, unit])).toEqual([
      ['数字经济与管理会计', 'paper'],
      ['全省会计信息化研讨会', 'day'],
    ])
    expect(view?.entries[1]?.number).toBe(number)
    expect((await creditClaims(deps, actor.id, '')).rows.map(({ title, state }) => [title, state])).toEqual([
      ['财务管理', 'approved'],
      ['数字经济与管理会计', 'approved'],
      ['全省会计信息化研讨会', 'approved'],
    ])
  })

  it('the years to choose are those the record asks for, those with entries, and this one', async () => {
    const { actor, reviewer } = await recordedAt(deps, places.tianhe)
    // Accounting work since 2012: every year since credits are counted.
    const years = await creditYears(deps, actor.id)
    expect(years?.years.map(({ year }) => year)).toEqual([
      2026, 2025, 2024, 2023, 2022, 2021, 2020, 2019, 2018,
    ])
    expect(years?.years.every(({ owed }) => owed)).toBe(true)
    await pass(deps, reviewer, await submittedClaim(deps, actor, { obtained: '2016-06' }))
    const oldest = (await creditYears(deps, actor.id))?.years.at(-1)
    expect(oldest).toMatchObject({ year: 2016, owed: false, ledger: { total: { got: 20 } } })
    // A year that is none of them is this year.
    expect((await creditLedger(deps, actor.id, '1999'))?.shown.year).toBe(2026)
    expect((await creditLedger(deps, actor.id, '2016'))?.shown.year).toBe(2016)
  })

  it('is nothing before there is a record', async () => {
    const { actor } = await makeApplicant(deps)
    expect(await creditLedger(deps, actor.id)).toBeNull()
    expect(await creditsOfThisYear(deps, actor.id)).toBeNull()
    const caseId = await filledClaim(deps, actor)
    expect(await outcomeOf(send(actor, caseId))).toEqual(['refused', 'credit-before-approval'])
  })

  it('the same thing counts once, however it is typed; another month or another name is another thing', async () => {
    const { actor, reviewer } = await recordedAt(deps, places.tianhe)
    await pass(deps, reviewer, await submittedClaim(deps, actor))
    const again = await filledClaim(deps, actor)
    expect(await outcomeOf(send(actor, again))).toEqual(['refused', 'credit-counted'])
    await retype(deps, actor, again, { title: '全省 会计信息化  研讨会' })
    expect(await outcomeOf(send(actor, again))).toEqual(['refused', 'credit-counted'])
    expect(
      await claimWorth(deps, actor.id, {
        form: 'conference',
        quantity: '2',
        obtained: '2026-06',
        title: '全省会计信息化研讨会',
      }),
    ).toMatchObject({ counted: true, counts: 0 })
    await retype(deps, actor, again, { obtained: '2026-07' })
    await send(actor, again)
    await pass(deps, reviewer, again)
    await pass(deps, reviewer, await submittedClaim(deps, actor, { title: '全省会计信息化研讨会（二）' }))
    expect(await totals(actor.id)).toEqual([60, 0, 60])
  })

  it('what was counted while a claim was judged is not counted by its approval', async () => {
    const { actor, reviewer } = await recordedAt(deps, places.tianhe)
    const caseId = await submittedClaim(deps, actor)
    const at = deps.clock.now()
    await deps.store.tx((q) =>
      q.insert(deps.store.t.creditEntry).values({
        id: newId(at),
        personId: actor.id,
        year: 2026,
        form: 'conference',
        title: '全省会计信息化研讨会',
        quantity: 2,
        credits: 20,
        subject: 'professional',
        obtained: '2026-06',
        departmentId: places.tianhe,
        at,
      }),
    )
    await claimCase(deps, reviewer, { caseId })
    expect((await reviewCase(deps, reviewer, caseId)).worth).toMatchObject({ counted: true })
    expect(await outcomeOf(approve(deps, reviewer, caseId))).toEqual(['refused', 'credit-counted'])
    expect((await caseRow(deps, caseId)).state).toBe('in_review')
    expect(await totals(actor.id)).toEqual([20, 0, 20])
    // It is refused, and the ledger is as it was.
    await refuse(deps, reviewer, caseId, '这一项已经由名单登记')
    expect(await entriesOf(deps, actor.id)).toHaveLength(1)
  })

  it('two submissions at once make one, and two drafts asked for are one', async () => {
    const { actor, reviewer } = await recordedAt(deps, places.tianhe)
    const [one, other] = await Promise.all([
      openDraft(deps, actor, 'credit'),
      openDraft(deps, actor, 'credit'),
    ])
    expect(other).toBe(one)
    const caseId = await filledClaim(deps, actor)
    expect(caseId).toBe(one)
    const [first, second] = await Promise.all([send(actor, caseId), send(actor, caseId)])
    expect(second).toEqual(first)
    expect(await caseRow(deps, caseId)).toMatchObject({ state: 'waiting', round: 1 })
    await claimCase(deps, reviewer, { caseId })
    const ends = await Promise.all([1, 2].map(() => outcomeOf(approve(deps, reviewer, caseId))))
    expect(ends.filter(([end]) => end === 'done')).toHaveLength(1)
    expect(await entriesOf(deps, actor.id)).toHaveLength(1)
  })

  it('taken back, returned, refused or given up, it leaves no trace in the ledger', async () => {
    const { actor, reviewer } = await recordedAt(deps, places.tianhe)
    const caseId = await submittedClaim(deps, actor)
    await withdrawCase(deps, actor, { caseId })
    expect(await entriesOf(deps, actor.id)).toEqual([])
    await send(actor, caseId)
    await sendBack(deps, reviewer, caseId, 'quantity')
    expect(await entriesOf(deps, actor.id)).toEqual([])
    expect(await outcomeOf(send(actor, caseId))).toEqual(['refused', 'section-awaits-mending'])
    await retype(deps, actor, caseId, { quantity: '1' })
    await send(actor, caseId)
    await refuse(deps, reviewer, caseId, '会议不是会计类专业会议')
    expect(await entriesOf(deps, actor.id)).toEqual([])
    expect((await creditClaims(deps, actor.id, '')).rows).toMatchObject([
      { state: 'refused', note: '会议不是会计类专业会议', quantity: '1' },
    ])
    const next = await filledClaim(deps, actor)
    expect(next).not.toBe(caseId)
    await dropDraft(deps, actor, { caseId: next })
    expect(await entriesOf(deps, actor.id)).toEqual([])
    expect((await creditClaims(deps, actor.id, '')).rows).toHaveLength(1)
  })

  it('waits for a transfer under review, and a transfer for it', async () => {
    const { actor, reviewer } = await recordedAt(deps, places.tianhe)
    const claim = await filledClaim(deps, actor)
    const transfer = await filledApplication(deps, actor, 'transfer')
    await send(actor, transfer)
    expect(await outcomeOf(send(actor, claim))).toEqual(['refused', 'while-transfer'])
    await withdrawCase(deps, actor, { caseId: transfer })
    await send(actor, claim)
    expect(await outcomeOf(send(actor, transfer))).toEqual(['refused', 'transfer-while-credit'])
    await pass(deps, reviewer, claim)
    expect(await outcomeOf(send(actor, transfer))).toEqual(['done'])
  })

  it('its worth is told before it is sent, and to its reviewer until it is decided', async () => {
    const { actor, reviewer } = await recordedAt(deps, places.tianhe)
    const worth = (values: Record<string, string>) => claimWorth(deps, actor.id, values)
    const exam = { form: 'exam_pass', quantity: '2', obtained: '2026-05', title: '初级会计实务' }
    expect(await worth(exam)).toMatchObject({ credits: 180, counts: 90, year: 2026, counted: false })
    for (const short of [
      {},
      { ...exam, quantity: '' },
      { ...exam, form: 'nothing' },
      { ...exam, obtained: '2026' },
    ])
      expect(await worth(short)).toBeNull()
    const caseId = await submittedClaim(deps, actor)
    const shown = async () => (await reviewCase(deps, reviewer, caseId)).worth
    expect(await shown()).toMatchObject({
      credits: 20,
      counts: 20,
      before: { total: { got: 0 } },
      after: { total: { got: 20 }, professional: { got: 20 } },
    })
    await pass(deps, reviewer, caseId)
    expect(await shown()).toBeNull()
  })

  it('stands in what a person can take along of their own', async () => {
    const { actor, reviewer } = await recordedAt(deps, places.tianhe)
    const other = await recordedAt(deps, places.yuexiu)
    await pass(deps, reviewer, await submittedClaim(deps, actor))
    const ledger = async (of: typeof actor) => JSON.stringify((await ownData(deps, of)).data.继续教育学分)
    expect(await ledger(actor)).toContain('全省会计信息化研讨会')
    expect(await ledger(actor)).toContain('"专业科目":"20 / 60 学分"')
    expect(await ledger(other.actor)).not.toContain('全省会计信息化研讨会')
  })

  // The last: it changes what the province asks for.
  it('goes by the rules of its province, and travels with the person', async () => {
    await setRules('440000', { total: 60, professional: 40, online: 3 })
    const { actor, reviewer } = await recordedAt(deps, places.tianhe)
    const course = { form: 'online_course', title: '新准则网络课程', quantity: '20', obtained: '2025-10' }
    await pass(deps, reviewer, await submittedClaim(deps, actor, course))
    await pass(deps, reviewer, await submittedClaim(deps, actor, { form: 'online_course', quantity: '10' }))
    expect(await totals(actor.id, '2025')).toEqual([40, 20, 60])
    expect(await totals(actor.id)).toEqual([30, 0, 30])

    // To 深圳市, a first-level node with the usual rules.
    const transfer = await filledApplication(deps, actor, 'transfer', {
      'departmentId.1': places.shenzhen,
      'departmentId.2': places.nanshan,
      'departmentId.3': '',
    })
    await send(actor, transfer)
    const there = (await makeStaff(deps, { role: 'reviewer', departmentId: places.nanshan })).actor
    await approveAll(deps, there, transfer, ['transfer'])
    const moved = await creditYears(deps, actor.id)
    const of = (year: number) => moved?.years.find((one) => one.year === year)?.ledger
    // A year that was complete there stays so; one that was not is asked what the new province asks.
    expect(of(2025)).toMatchObject({ complete: true, total: { got: 60, target: 60 } })
    expect(of(2026)).toMatchObject({ complete: false, total: { got: 30, target: 90 } })
    expect(await entriesOf(deps, actor.id)).toHaveLength(2)
    const next = await submittedClaim(deps, actor, {
      form: 'online_course',
      title: '另一课程',
      quantity: '10',
    })
    expect((await caseRow(deps, next)).sentTo).toBe(places.nanshan)
    expect((await reviewCase(deps, there, next)).worth).toMatchObject({ credits: 10, counts: 10 })
    await pass(deps, there, next)
    expect(await totals(actor.id)).toEqual([40, 0, 40])
  })
})
