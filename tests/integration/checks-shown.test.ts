import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, it, vi } from 'vitest'
import { Failures, Proofs } from '#app/(applicant)/_entry/checks.tsx'
import RowPage from '#app/(applicant)/collection/[step]/[rowId]/page.tsx'
import { ListStep } from '#app/(applicant)/collection/[step]/list-step.tsx'
import { OutcomeStep } from '#app/(applicant)/collection/[step]/outcome-step.tsx'
import StepPage from '#app/(applicant)/collection/[step]/page.tsx'
import ReviewPage from '#app/(reviewer)/review/[caseId]/page.tsx'
import QueuePage from '#app/(reviewer)/review/page.tsx'
import { openSession } from '#lib/auth/session-rows.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { checksFate, deskOnceChecked } from '#lib/views/checks-fate.ts'
import { collectionDesk } from '#lib/views/collection.ts'
import { listView } from '#lib/views/collection-rows.ts'
import { outcomeOf } from '#lib/views/outcome.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { reviewQueue } from '#lib/views/review-queue.ts'
import { rowChecks } from '#lib/views/row-checks.ts'
import { putPicture, rowIds } from '#tests/support/cases.ts'
import { newCollection, officeWithRegister, runDue } from '#tests/support/checks.ts'
import { makeStaff } from '#tests/support/deps.ts'
import { jar, shown } from '#tests/support/next-side.ts'
import { outcomeOf as ended } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)
vi.mock('#lib/auth/next-auth.ts', () => ({ startSession: async () => undefined }))

beforeEach(() => jar.clear())

async function scene(open: Open) {
  const office = await officeWithRegister(await open())
  const { deps, places } = office
  Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
  const one = await newCollection(office)
  const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
  const { actor, caseId } = one
  const desk = async () => {
    const found = await collectionDesk(deps, actor)
    if (!found) throw new Error('no desk')
    return found
  }
  const outcome = async () => outcomeOf(deps, await desk())
  const signIn = async (accountId: string) =>
    void jar.set('sid', { value: await openSession(deps, { accountId, address: '', agent: '' }) })
  return {
    ...office,
    ...one,
    reviewer,
    desk,
    outcome,
    signIn,
    /** 审核告知 as its applicant sees it. */
    async outcomePage(done?: string) {
      return renderToStaticMarkup(await OutcomeStep({ d: deps, desk: await desk(), echo: null, done }))
    },
    async reviewPage() {
      await signIn(reviewer.id)
      const params = Promise.resolve({ caseId })
      return shown((props) => ReviewPage({ ...props, params }))
    },
    async rowPage(section: SectionId, rowId: string) {
      await signIn(actor.id)
      const params = Promise.resolve({ step: section, rowId })
      return shown((props) => RowPage({ ...props, params }))
    },
    async listPage(section: SectionId) {
      return renderToStaticMarkup(
        createElement(ListStep, { desk: await desk(), section, echo: null, done: undefined }),
      )
    },
    review: () => reviewCase(deps, reviewer, caseId),
    async marks(section: SectionId) {
      return listView(await desk(), section, []).rows.map(({ mark }) => mark)
    },
    async checksOf(section: SectionId, rowId: string) {
      const found = await desk()
      const row = found.draft.rows(section).find(({ id }) => id === rowId)
      if (!row) throw new Error('no row')
      return rowChecks(found, section, row)
    },
    put: (section: SectionId, rowId: string, slot: string) =>
      putPicture(deps, actor, { caseId, section, rowId, slot }),
  }
}

/** What markup says, without tags. */
const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

describeEachEngine('a case that registers are asked about', (open) => {
  it('says to its applicant what happens, and that nothing is to be done', async () => {
    const { outcome, outcomePage, submit } = await scene(open)
    await submit()
    const { moments, checking, due, withdrawable } = await outcome()
    expect(moments.map(({ title, state }) => [title, state])).toEqual([
      ['提交', 'done'],
      ['机器核验', 'now'],
      ['会计管理部门审核', 'next'],
      ['办结', 'next'],
    ])
    expect(checking).toEqual({ failing: [] })
    expect(due).toContain('2026年11月30日')
    expect(withdrawable).toBe(true)
    const html = await outcomePage('submitted')
    expect(textOf(html)).toContain('正在与登记系统核对学历、资格和单位信息')
    expect(textOf(html)).toContain('通常几分钟内完成')
    expect(html).toMatch(/<a href="\/collection\/outcome\?done=refreshed#main"[^>]*>刷新查看结果<\/a>/)
  })

  it('can be read by its reviewers and not claimed, and is counted beside the queue', async () => {
    const { deps, places, reviewer, reviewPage, review, submit, caseId, signIn } = await scene(open)
    await submit()
    expect(await ended(claimCase(deps, reviewer, { caseId }))).toEqual(['refused', 'being-checked'])
    expect(await review()).toMatchObject({
      open: false,
      mayClaim: false,
      mayDecide: false,
      paused: false,
      dueOn: '2026-11-30',
      checks: { running: true, failing: null, counts: { checking: 4 } },
    })
    const page = textOf(await reviewPage())
    expect(page).toContain('现在可以查看，不能领取')
    expect(page).toContain('机器核验：4 项核验中')
    expect(page).not.toContain('已经作出决定')
    const queue = await reviewQueue(deps, reviewer, { tab: 'free' })
    expect([queue.rows.length, queue.checking]).toEqual([0, 1])
    await signIn(reviewer.id)
    expect(textOf(await shown(QueuePage))).toContain('另有 1 件正在机器核验，完成后进入待领取')
    expect(await reviewQueue(deps, reviewer, { tab: 'free', kind: 'identity' })).toMatchObject({
      checking: 0,
    })
    const { actor: neighbour } = await makeStaff(deps, { role: 'reviewer', departmentId: places.yuexiu })
    expect(await reviewQueue(deps, neighbour, { tab: 'free' })).toMatchObject({ checking: 0 })
    await runDue(deps)
    const after = await reviewQueue(deps, reviewer, { tab: 'free' })
    expect([after.rows.length, after.checking]).toEqual([1, 0])
    await signIn(reviewer.id)
    expect(textOf(await shown(QueuePage))).not.toContain('正在机器核验')
    expect(await ended(claimCase(deps, reviewer, { caseId }))).toEqual(['done'])
  })

  it('tells both sides which register does not answer, since when and until when', async () => {
    const { deps, register, outcome, outcomePage, review, reviewPage, reviewer, submit } = await scene(open)
    await submit()
    register.fail()
    await runDue(deps)
    const { checking, due } = await outcome()
    expect(due).toBe('')
    expect(checking?.failing).toEqual([
      expect.stringContaining(
        '学历、学位、会计专业技术资格、统一社会信用代码的登记系统自 2026年11月23日 10:00 起没有答复',
      ),
      expect.stringContaining('办理期限暂停计算，最晚试到 2026年11月24日 10:00'),
    ])
    expect(textOf(await outcomePage())).toContain('您暂时不需要做什么')
    expect(await review()).toMatchObject({ paused: true, dueOn: '', checks: { running: true } })
    const page = textOf(await reviewPage())
    expect(page).toContain('办理期限 期限暂停')
    expect(page).toContain('登记系统暂时没有答复')
    expect(page).toContain('最晚到 2026年11月24日 10:00 转人工')
    expect(page).toContain('系统 · 第 1 次')
    const number = (await review()).number
    expect((await reviewQueue(deps, reviewer, { tab: 'free', number })).rows).toMatchObject([
      { state: 'checking', paused: true, lateness: null },
    ])
    register.fail(false)
    deps.clock.advance(3_600_000)
    await runDue(deps)
    expect(await review()).toMatchObject({
      paused: false,
      open: true,
      checks: { running: false, failing: null },
    })
    expect((await outcome()).checking).toBeNull()
  })

  it('is a person’s once a register was tried for long enough', async () => {
    const { deps, register, review, reviewPage, outcome, submit } = await scene(open)
    await submit()
    register.fail()
    await runDue(deps)
    deps.clock.advance(25 * 3_600_000)
    await runDue(deps)
    expect((await review()).checks.counts).toMatchObject({ unavailable: 4 })
    const page = textOf(await reviewPage())
    expect(page).toContain('学历核验：不可用')
    expect(page).toContain('登记系统长时间没有答复，请人工核对')
    const { moments } = await outcome()
    expect(moments.at(1)).toMatchObject({
      title: '机器核验',
      detail: '4 项不可用，由人工核对',
      state: 'done',
    })
  })
})

describeEachEngine('what a register said', (open) => {
  it('stands beside each number, with its source and time, and as a sum at the top', async () => {
    const { deps, register, reviewPage, outcome, submit } = await scene(open)
    register.holds('education', { mode: 'part_time', major: '审计学' })
    register.hasNo('credit-code')
    await submit()
    await runDue(deps)
    const page = textOf(await reviewPage())
    expect(page).toContain('机器核验：3 项一致，1 项不可用，由人工核对')
    expect(page).toContain('学历核验：一致')
    expect(page).toContain('培养方式、所学专业与登记不同')
    expect(page).toContain('登记数据 2026-11-20，2026年11月23日 10:00 核验')
    expect(page).toContain('统一社会信用代码核验：不可用')
    expect(page).toContain('登记系统没有这类数据，请人工核对')
    expect(page).not.toContain('申请人已按要求补充证明材料')
    expect(page).toContain('证件号码的校验位正确')
    expect(page).toContain('会计工作合计 172 个月（14 年 4 个月）')
    const { moments } = await outcome()
    expect(moments.map(({ title, state }) => [title, state])).toEqual([
      ['提交', 'done'],
      ['机器核验', 'done'],
      ['会计管理部门审核', 'now'],
      ['办结', 'next'],
    ])
  })

  it('is nothing where no register is connected', async () => {
    const { deps, reviewPage, outcome, marks, submit, actor, caseId } = await scene(open)
    const off = { ...deps, registers: null }
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(off))
    Object.assign(deps, { registers: null })
    await submit()
    const page = textOf(await reviewPage())
    expect(page).toContain('机器核验：4 项未核验')
    expect(page).toContain('学历核验：未核验 没有接入登记系统，请人工核对')
    expect((await outcome()).moments.map(({ title }) => title)).toEqual(['提交', '会计管理部门审核', '办结'])
    await withdrawCase(deps, actor, { caseId })
    expect(await marks('education')).toEqual(['pending'])
  })

  it('that differs returns it with the names of the fields and no value, and two ways on', async () => {
    const { deps, register, outcome, outcomePage, rowPage, listPage, reviewPage, marks, checksOf, submit } =
      await scene(open)
    expect(await marks('education')).toEqual([null])
    register.holds('education', { school: '暨南大学', graduated: '2012-07' })
    register.holdsNothingOf('accounting-qualification')
    await submit()
    await runDue(deps)
    const { differing, moments, returned } = await outcome()
    expect(differing?.map(({ place, failures, proofs }) => [place, failures, proofs])).toEqual([
      [
        '教育经历 · 教育经历 1',
        [{ text: '学历：学校名称、毕业时间与学信网不一致', standing: 'stands' }],
        [
          { at: 'slot:diploma', label: '学历证书 / 学历证明（毕业证书丢失时）', there: false },
          { at: 'slot:chsiReport', label: '学信网学历（学位）验证报告', there: false },
        ],
      ],
      [
        '专业技术资格 · 专业技术资格 1',
        [{ text: '会计专业技术资格：按填写的证书编号或批准文号等内容查无记录', standing: 'stands' }],
        [{ at: 'slot:proof', label: '资格证明材料', there: false }],
      ],
    ])
    expect(returned.map(({ text }) => text)).toEqual([
      '学校名称：学历信息与学信网不一致',
      '毕业时间：学历信息与学信网不一致',
      '证书编号或批准文号：按填写的信息查无记录',
    ])
    expect(moments.map(({ title, detail }) => [title, detail])).toEqual([
      ['提交', undefined],
      ['机器核验', '有不一致的内容，退回修改'],
    ])
    expect(textOf(await reviewPage())).toContain('机器核验不一致，已自动退回申请人')
    const page = await outcomePage('submitted')
    expect(textOf(page)).toContain('机器核验有不一致的内容，还没有转给会计管理部门')
    expect(textOf(page)).toContain('改正后重新提交，不用上传证明材料')
    expect(page).toContain(`/collection/education/${rowIds.education}#slot-diploma`)
    const row = textOf(await rowPage('education', rowIds.education))
    expect(row).toContain('学历：学校名称、毕业时间与学信网不一致')
    expect(row).toContain('学信网学历（学位）验证报告 待上传')
    expect(row).not.toContain('首次提交不用上传证书')
    const list = textOf(await listPage('education'))
    expect(list).toContain('核验不一致')
    expect(list).toContain('学校名称：学历信息与学信网不一致')
    expect(await marks('education')).toEqual(['differs'])
    expect(await marks('employment')).toEqual(['agrees'])
    for (const said of [page, row, list]) expect(said).not.toContain('暨南大学')
    expect(await checksOf('employment', rowIds.employment)).toBeNull()
  })

  it('is asked again where the row was mended, and needs no proof then', async () => {
    const { deps, register, outcome, outcomePage, rowPage, marks, type, submit } = await scene(open)
    register.holds('education', { school: '暨南大学' })
    await submit()
    await runDue(deps)
    await type('education', rowIds.education, { school: '暨南大学' })
    expect((await outcome()).differing).toMatchObject([
      { stands: false, proofs: [], failures: [{ standing: 'mended' }] },
    ])
    expect(await marks('education')).toEqual(['pending'])
    expect(textOf(await outcomePage())).toContain('不一致的内容已经修改或删除，可以重新提交')
    const row = textOf(await rowPage('education', rowIds.education))
    expect(row).toContain('重新提交后按新内容再次核验，不用上传证明材料')
    await submit()
    const { moments } = await outcome()
    expect(moments.map(({ title, state }) => [title, state])).toEqual([
      ['提交', 'done'],
      ['机器核验', 'done'],
      ['第 2 次提交', 'done'],
      ['机器核验', 'now'],
      ['会计管理部门审核', 'next'],
      ['办结', 'next'],
    ])
  })

  it('and is answered by proofs goes to a person, who is told to look at them', async () => {
    const { deps, register, checksOf, reviewPage, review, outcome, put, submit } = await scene(open)
    register.holds('degree', { degreeNo: '1055842012999999' })
    await submit()
    await runDue(deps)
    await put('education', rowIds.education, 'degreeCertificate')
    await put('education', rowIds.education, 'chsiReport')
    const checks = await checksOf('education', rowIds.education)
    if (!checks) throw new Error('no checks')
    expect(checks).toMatchObject({ stands: true, untouched: false })
    expect(renderToStaticMarkup(createElement(Proofs, { checks }))).toContain('要求的证明材料已经上传')
    expect(renderToStaticMarkup(createElement(Failures, { checks }))).toContain(
      '学位：学位证书编号与学位登记不一致',
    )
    await submit()
    expect((await review()).checks.counts).toMatchObject({ agrees: 3, differs: 1, answered: 1 })
    const page = textOf(await reviewPage())
    expect(page).toContain('机器核验：3 项一致，1 项不一致（已补充证明）')
    expect(page).toContain('学位核验：不一致 学位证书编号与登记不一致')
    expect(page).toContain('申请人已按要求补充证明材料')
    expect(page).not.toContain('1055842012999999')
    expect((await outcome()).differing).toBeNull()
  })

  it('of a proof that was there already asks to be confirmed by saving', async () => {
    const { deps, register, checksOf, submit } = await scene(open)
    register.holds('credit-code', { employer: '别的公司' })
    await submit()
    await runDue(deps)
    const checks = await checksOf('employment', rowIds.employment)
    if (!checks) throw new Error('no checks')
    expect(checks).toMatchObject({ stands: true, untouched: true })
    expect(renderToStaticMarkup(createElement(Proofs, { checks }))).toContain('核对后再保存一次')
  })

  it('does not apply to a row that claims it no more', async () => {
    const { deps, register, checksOf, type, marks, submit } = await scene(open)
    register.holds('credit-code', { employer: '别的公司' })
    await submit()
    await runDue(deps)
    expect(await marks('employment')).toEqual(['differs'])
    await type('employment', rowIds.employment, { noCode: '1', noCodeReason: '境外单位', creditCode: '' })
    expect(await checksOf('employment', rowIds.employment)).toBeNull()
    expect(await marks('employment')).toEqual([null])
  })

  it('stands as 查无记录 where the register has records and none of this person', async () => {
    const { deps, register, reviewPage, submit } = await scene(open)
    register.holdsNothingOf('education')
    await submit()
    await runDue(deps)
    expect(textOf(await reviewPage())).toContain('学历核验：不一致 登记系统有这类数据，按填写的内容查无记录')
  })
})

describeEachEngine('the page right after submitting', (open) => {
  it('waits for the checks to end, and shows what came of them', async () => {
    const { deps, desk, actor, submit } = await scene(open)
    await submit()
    const before = await desk()
    const waiting = deskOnceChecked(deps, actor, before, 20_000)
    await runDue(deps)
    expect((await waiting).file.case.state).toBe('waiting')
  })

  it('waits no longer than it may, and not at all where nothing is checked', async () => {
    const { deps, desk, actor, caseId, submit } = await scene(open)
    await submit()
    const before = await desk()
    expect(await checksFate(deps, caseId, 200)).toBe('checking')
    expect(await deskOnceChecked(deps, actor, before, 200)).toBe(before)
    await runDue(deps)
    const after = await desk()
    expect(await deskOnceChecked(deps, actor, after, 20_000)).toBe(after)
  })

  it('is asked for with the address that submitting leads to, and by 刷新', async () => {
    const { deps, actor, signIn, submit } = await scene(open)
    await submit()
    await signIn(actor.id)
    const opened = async (done: string) => {
      const params = Promise.resolve({ step: 'outcome' })
      const element = await StepPage({ params, searchParams: Promise.resolve({ done }) })
      return element.props.desk.file.case.state
    }
    expect(await opened('withdrawn')).toBe('checking')
    const waiting = opened('refreshed')
    await runDue(deps)
    expect(await waiting).toBe('waiting')
  })
})

describeEachEngine('taking back what registers are asked about', (open) => {
  it('keeps everything, and an answer that comes late changes nothing of the draft', async () => {
    const { deps, register, desk, outcome, marks, actor, caseId, file, submit } = await scene(open)
    const before = await file()
    await submit()
    register.holds('education', { school: '暨南大学' })
    await withdrawCase(deps, actor, { caseId })
    const kept = await file()
    expect(kept.case.state).toBe('draft')
    expect([...kept.proposals].map(([id, { rows }]) => [id, rows])).toEqual(
      [...before.proposals].map(([id, { rows }]) => [id, rows]),
    )
    expect(kept.files).toEqual(before.files)
    await runDue(deps)
    const { draft, file: late } = await desk()
    expect(late.case).toEqual(kept.case)
    expect([...draft.context.failed]).toEqual([])
    expect(await marks('education')).toEqual(['pending'])
    const { moments, differing, checking } = await outcome()
    expect(moments.map(({ title }) => title)).toEqual(['提交', '本人撤回'])
    expect([differing, checking]).toEqual([null, null])
  })
})

describeEachEngine('the page of an education row (EDU-3)', (open) => {
  const hint = '首次提交不用上传证书'
  it('says to fill in what 学信网 shows, where a register can know it', async () => {
    const { rowPage, type } = await scene(open)
    expect(textOf(await rowPage('education', rowIds.education))).toContain(hint)
    expect(textOf(await rowPage('education', 'newrow12'))).toContain(hint)
    expect(textOf(await rowPage('employment', rowIds.employment))).not.toContain(hint)
    await type('education', rowIds.education, { place: 'overseas' })
    expect(textOf(await rowPage('education', rowIds.education))).not.toContain(hint)
  })
})
