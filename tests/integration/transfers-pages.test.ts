/** The pages of 属地关系调转 (TRF): the list with its six columns, the application, 详情, and the same case on a reviewer's desk. */
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, it, vi } from 'vitest'
import { beginApplication } from '#app/(applicant)/_application/actions.ts'
import { saveStep } from '#app/(applicant)/collection/actions.ts'
import TransferPage from '#app/(applicant)/transfers/[caseId]/page.tsx'
import NewTransferPage from '#app/(applicant)/transfers/new/page.tsx'
import TransfersPage from '#app/(applicant)/transfers/page.tsx'
import { CaseFacts, History } from '#app/(reviewer)/review/[caseId]/case-panels.tsx'
import { DecisionBar } from '#app/(reviewer)/review/[caseId]/decision-bar.tsx'
import HomePage from '#app/page.tsx'
import { openSession } from '#lib/auth/session-rows.ts'
import { collection } from '#lib/cases/collection.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { dropDraft } from '#lib/commands/drop-draft.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { transfersPage } from '#lib/views/transfers.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { filledApplication, submittedCase } from '#tests/support/cases.ts'
import { approve, pass, refuse, sendBack } from '#tests/support/claims.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { ended, jar, posted, shown } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)
vi.mock('#lib/auth/next-auth.ts', () => ({ endSession: async () => undefined }))

const opinions = {
  verdicts: Object.fromEntries(collection.sections.map((section) => [section, 'pass'])),
  findings: [],
}
const nanshan = { 'departmentId.1': '440300', 'departmentId.2': '440305', 'departmentId.3': '' }

describeEachEngine('the pages of a transfer', (open) => {
  let deps: TestDeps
  let staff: Record<'tianhe' | 'nanshan', Staff>
  beforeEach(async () => {
    deps = testDeps(await open())
    const places = await seedDepartments(deps)
    const at = async (departmentId: string) =>
      (await makeStaff(deps, { role: 'reviewer', departmentId, name: '王审核' })).actor
    staff = { tianhe: await at(places.tianhe), nanshan: await at(places.nanshan) }
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
  })
  const signIn = async (accountId: string) =>
    void jar.set('sid', { value: await openSession(deps, { accountId, address: '', agent: '' }) })
  const person = async () => {
    const { actor } = await makeApplicant(deps)
    const caseId = await submittedCase(deps, actor, '440106')
    await claimCase(deps, staff.tianhe, { caseId })
    const { version } = await caseRow(deps, caseId)
    await approveCase(deps, staff.tianhe, { caseId, version, opinions })
    deps.clock.advance(1000)
    await signIn(actor.id)
    return actor
  }
  const details = (caseId: string) => shown(() => TransferPage({ params: Promise.resolve({ caseId }) }))

  it('tell every reason at once, with the way to each, and begin nothing that could not be sent', async () => {
    const { actor } = await makeApplicant(deps)
    await signIn(actor.id)
    for (const page of [await shown(TransfersPage), await shown(NewTransferPage)]) {
      expect(page).toContain('信息采集还没有审核通过')
      expect(page).toContain('href="/collection"')
    }
    const list = await shown(TransfersPage)
    expect(list).toContain('<h1 class="text-h1">属地关系调转</h1>')
    expect(list).toContain('还没有提交过调转申请')
    expect(await shown(HomePage)).toContain('属地关系调转')

    const other = await person()
    await filledApplication(deps, other, 'transfer', {
      'departmentId.1': '440000',
      'departmentId.2': '440100',
      'departmentId.3': '440106',
    })
    for (const kind of ['credit', 'award'] as const)
      await submitCase(deps, other, {
        caseId: await filledApplication(deps, other, kind),
        declared: true,
      })
    for (const page of [await shown(TransfersPage), await shown(NewTransferPage)])
      for (const part of [
        '有审核中的继续教育学分申请',
        '有审核中的奖惩事项',
        '调入地会计管理部门就是现在的会计管理部门',
        'href="/conduct"',
        'href="/education-credits"',
      ])
        expect(page).toContain(part)
  })

  it('say at the field, with the first save, that the target is the present department (TRF-1)', async () => {
    const actor = await person()
    const caseId = await openDraft(deps, actor, 'transfer')
    const typed = {
      'departmentId.1': '440000',
      'departmentId.2': '440100',
      'departmentId.3': '440106',
      reason: 'workplace',
    }
    const form = {
      desk: 'application',
      section: 'transfer',
      row: 'main',
      intent: 'next',
      case: caseId,
      rev: '0',
    }
    const to = await posted(saveStep, { ...form, ...typed })
    const echo = /echo=([\w-]+)/.exec(to)?.[1]
    expect(echo).toBeDefined()
    const said = '调入地会计管理部门就是现在的会计管理部门，不需要调转，请重新选择'
    const parts = (page: string) => page.split(said).length - 1
    const refused = await shown(NewTransferPage, { echo })
    expect(refused.slice(refused.indexOf('id="errors"'))).toContain(said)
    expect(parts(refused)).toBe(2)
    // Whoever comes back later is told at the field too, and among what is missing.
    const later = await shown(NewTransferPage)
    expect(later.slice(later.indexOf('提交前还需要'))).toContain(said)
    expect(parts(later)).toBe(2)
  })

  it('show who it stands with, its steps and its proofs, to its applicant and to either reviewer', async () => {
    const actor = await person()
    const empty = await shown(TransfersPage)
    expect(empty).toContain('现在所属的会计管理部门：广东省广州市天河区')
    expect(empty).toContain('>调转申请</button>')
    expect(await posted(beginApplication, { kind: 'transfer' })).toBe('303 /transfers/new#main')
    expect(await shown(TransfersPage)).toContain('继续填写调转申请')
    const caseId = await filledApplication(deps, actor, 'transfer', nanshan)
    const contact = { phone: '020-1234', address: '体育西路 1 号', hours: '9:00 至 17:00' }
    await deps.store.tx((q) => q.update(deps.store.t.department).set(contact))
    await submitCase(deps, actor, { caseId, declared: true })
    const list = await shown(TransfersPage)
    for (const part of [
      '调转类型',
      '调出省市县',
      '调入省市县',
      '调出时间',
      '审核状态',
      '证明材料预览',
      '跨省调转',
      '深圳市南山区',
      '待调出地确认',
      '尚未调出',
      'alt="工作单位证明"',
      '已有审核中的调转申请',
      `href="/transfers/${caseId}"`,
    ])
      expect(list).toContain(part)
    const waiting = await details(caseId)
    for (const part of ['调出地确认：广东省广州市天河区', '调入地审核：深圳市南山区', '等待前一步完成'])
      expect(waiting).toContain(part)
    const status = await shown(NewTransferPage)
    for (const part of [
      '审核分 2 步，现在是第 1 步，调出地确认：广东省广州市天河区。',
      '办理的会计管理部门</h2>',
      '020-1234',
      '预计在',
    ])
      expect(status).toContain(part)

    deps.clock.advance(1)
    await claimCase(deps, staff.tianhe, { caseId })
    const desk = async (who: Staff) => {
      const view = await reviewCase(deps, who, caseId)
      const bar = createElement(DecisionBar, { view, refusal: '', lateKnown: false, errorsAt: () => [] })
      return [createElement(CaseFacts, { view }), bar, createElement(History, { view })]
        .map((part) => renderToStaticMarkup(part))
        .join('')
    }
    const first = await desk(staff.tianhe)
    for (const part of [
      '调出地：广东省广州市天河区；调入地：深圳市南山区',
      '从调出地确认重新开始',
      '第 1 步，共 2 步（调出地确认）',
      '>确认调出</button>',
    ])
      expect(first).toContain(part)
    await approve(deps, staff.tianhe, caseId)
    expect(await shown(TransfersPage)).toContain('待调入地审核')
    expect(await shown(NewTransferPage)).toContain('现在是第 2 步，调入地审核：深圳市南山区。')
    await claimCase(deps, staff.nanshan, { caseId })
    const second = await desk(staff.nanshan)
    for (const part of [
      '调出地由 王审核 于',
      '第 2 步，共 2 步（调入地审核）',
      '>审核通过</button>',
      '确认调出',
    ])
      expect(second).toContain(part)
    expect(second).not.toContain('>确认调出</button>')
    expect(second).not.toContain('初审')

    await sendBack(deps, staff.nanshan, caseId, 'employer')
    const returned = await details(caseId)
    for (const part of ['退回意见', '请重新上传', '从第一步重新审核', '调入地退回', '没有调出'])
      expect(returned).toContain(part)
    expect(await shown(TransfersPage)).toContain('修改调转申请')
    expect(await shown(NewTransferPage)).toMatch(/办理的会计管理部门<\/h2>.*深圳市南山区/)
    expect(await details('0190a1b2-0000-7000-8000-000000000000')).toBe('404')
    const stranger = await makeApplicant(deps)
    await signIn(stranger.actor.id)
    expect(await details(caseId)).toBe('404')
    await signIn(staff.tianhe.id)
    expect(await ended(TransfersPage({ searchParams: Promise.resolve({}) }))).toBe('404')
  })

  it('say after it is done where the person belongs and what to change next; a refusal says why; the list goes on', async () => {
    const actor = await person()
    for (let turn = 0; turn < transfersPage; turn += 1) {
      const caseId = await filledApplication(deps, actor, 'transfer')
      await submitCase(deps, actor, { caseId, declared: true })
      deps.clock.advance(1)
      if (turn === 0) await refuse(deps, await yuexiu(), caseId, '单位不在本区')
      else {
        await withdrawCase(deps, actor, { caseId })
        await dropDraft(deps, actor, { caseId })
      }
      if (turn === 0) expect(await details(caseId)).toContain('单位不在本区')
      deps.clock.advance(1)
    }
    const caseId = await filledApplication(deps, actor, 'transfer', nanshan)
    await submitCase(deps, actor, { caseId, declared: true })
    await pass(deps, staff.tianhe, caseId)
    await pass(deps, staff.nanshan, caseId)
    const list = await shown(TransfersPage)
    for (const part of [
      '调转已经完成',
      '您现在属于深圳市南山区',
      'href="/changes/employment"',
      '变更工作经历',
      '调转完成',
      '更早的申请',
    ])
      expect(list).toContain(part)
    const after = /\/transfers\?after=([0-9a-f-]{36})/.exec(list)?.[1]
    const older = await shown(TransfersPage, { after })
    expect(older).toContain('调入地不予通过')
    expect(older).toContain('回到最新')
    expect(older).not.toContain('更早的申请')
  })

  const yuexiu = async () => (await makeStaff(deps, { role: 'reviewer', departmentId: '440104' })).actor
})
