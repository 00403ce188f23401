import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, it, vi } from 'vitest'
import AccountOverviewPage from '#app/(account)/account/page.tsx'
import { agree, send } from '#app/(applicant)/_document-case/actions.ts'
import AppealPage from '#app/(applicant)/account/appeal/page.tsx'
import CorrectionPage from '#app/(applicant)/account/correction/page.tsx'
import IdentityPage from '#app/(applicant)/identity/page.tsx'
import IdentityPicturesPage from '#app/(applicant)/identity/pictures/page.tsx'
import { Holder, Lease } from '#app/(reviewer)/review/[caseId]/case-panels.tsx'
import { DecisionBar } from '#app/(reviewer)/review/[caseId]/decision-bar.tsx'
import HomePage from '#app/page.tsx'
import { keep } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { claimPhone } from '#lib/commands/claim-phone.ts'
import { giveConsent } from '#lib/commands/give-consent.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { dayWords } from '#lib/text/dates.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { caseRow, rowsOf } from '#tests/support/case-state.ts'
import { putPicture, submittedAppeal, submittedCorrection, submittedIdentity } from '#tests/support/cases.ts'
import { browser, codeTo, pass, refuse, sendBack } from '#tests/support/claims.ts'
import {
  makeApplicant,
  makeClaimant,
  makeStaff,
  newPhone,
  seedDepartments,
  type TestDeps,
  testDeps,
} from '#tests/support/deps.ts'
import { jar, posted, shown } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)
vi.mock('#lib/auth/next-auth.ts', () => ({ endSession: async () => undefined }))

/** In this order, each somewhere after the one before. */
const inOrder = (page: string, ...parts: string[]) => {
  const at = parts.map((part) => page.indexOf(part))
  expect(at.map((place, index) => place > (at[index - 1] ?? -1))).toEqual(parts.map(() => true))
}

describeEachEngine('the pages of corrections and appeals', (open) => {
  let deps: TestDeps
  let own: string
  beforeEach(async () => {
    deps = testDeps(await open(), { env: { LIMITS_SMS_PER_BROWSER_PER_HOUR: '100' } })
    own = (await seedDepartments(deps)).guangzhouOwn
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
  })
  const signIn = async (accountId: string) =>
    void jar.set('sid', { value: await openSession(deps, { accountId, address: '', agent: '' }) })
  const reviewer = async () => (await makeStaff(deps, { role: 'reviewer', departmentId: own })).actor

  it('a correction is a form of its own before 实名认证, filled in with what is known', async () => {
    const person = await makeApplicant(deps, { verified: false, name: '欧阳小明' })
    await signIn(person.actor.id)
    const page = await shown(CorrectionPage)
    expect(page).toContain('身份信息更正')
    for (const part of ['欧阳小明', person.number, '当前密码', '保存修改', 'value="rare"'])
      expect(page).toContain(part)
    expect(page).not.toContain('同意并继续')
    expect(await shown(CorrectionPage, { done: 'mended' })).toContain('身份信息已经修改')
  })

  it('a correction is a case of its own afterwards: consent, then fields that hide what does not count', async () => {
    const { actor } = await makeApplicant(deps)
    await signIn(actor.id)
    expect(await shown(CorrectionPage)).toContain('同意并继续')
    expect(await posted(agree, { kind: 'correction' })).toBe('303 /account/correction#main')
    const page = await shown(CorrectionPage)
    inOrder(page, '现有证件人像面', '现有证件非人像面', '更正证明', '更正内容', '更正后的姓名', '所在省市')
    expect(page).toContain('data-when="what" data-values="[&quot;name&quot;]"')
    expect(page).toContain('data-when="what" data-values="[&quot;document&quot;]"')
    inOrder(page, 'value="send"', 'value="rare"', '提交</button>', '保存</button>')
  })

  it('names in the list of errors what stands first on the page first', async () => {
    const { actor } = await makeApplicant(deps, { verified: false })
    await signIn(actor.id)
    await posted(agree, { kind: 'identity' })
    const caseId = await openDraft(deps, actor, 'identity')
    const to = await posted(send, { kind: 'identity', case: caseId, row: 'main', rev: '0', city: '' })
    const echo = /echo=([\w-]+)/.exec(to)?.[1]
    const page = await shown(IdentityPicturesPage, { echo })
    const list = page.slice(page.indexOf('id="errors"'), page.indexOf('</ul>', page.indexOf('id="errors"')))
    inOrder(list, '请上传证件人像面', '请上传手持证件人像面', '请选择所在省市')
  })

  it('saves a half-filled correction, and the picker keeps what was typed', async () => {
    const { actor } = await makeApplicant(deps)
    await signIn(actor.id)
    await giveConsent(deps, actor, { purpose: 'correction' })
    const caseId = await openDraft(deps, actor, 'correction')
    const typed = { kind: 'correction', case: caseId, row: 'main', rev: '0', what: 'name', newName: '欧阳' }
    expect(await posted(send, { ...typed, intent: 'rare' })).toMatch(
      /^303 \/characters\?page=correction&echo=[\w-]{43}$/,
    )
    expect(await rowsOf(deps, caseId, 'correction')).toEqual([])
    expect(await posted(send, { ...typed, intent: 'save' })).toBe('303 /account/correction?done=saved#main')
    expect((await rowsOf(deps, caseId, 'correction'))[0]?.values).toMatchObject({ newName: '欧阳' })
    expect((await caseRow(deps, caseId)).state).toBe('draft')
    const page = await shown(CorrectionPage, { done: 'saved' })
    expect(page).toContain('已保存，还没有提交')
    expect(page).toContain('value="欧阳"')
  })

  it('MSG-1: 线上实名认证 tells its number, who acts, how to reach them and by when, at every state', async () => {
    const { actor } = await makeApplicant(deps, { verified: false })
    await signIn(actor.id)
    const contact = { phone: '020-8555', address: '体育西路 1 号', hours: '9:00 至 17:00' }
    await deps.store.tx((q) => q.update(deps.store.t.department).set(contact))
    const standing = async () => [
      await shown(AccountOverviewPage),
      await shown(IdentityPage),
      await shown(HomePage),
    ]
    for (const page of await standing()) expect(page).toContain('未认证')
    const caseId = await submittedIdentity(deps, actor, '440100')
    const { number, dueOn } = await caseRow(deps, caseId)
    const acts = [`受理编号 ${number}`, '办理的会计管理部门', '广东省广州市本级', ...Object.values(contact)]
    inOrder(
      await shown(IdentityPicturesPage),
      '已提交，等待会计管理部门核对',
      `受理编号 ${number}`,
      `预计在 ${dayWords(dueOn)} 前办结`,
      ...acts.slice(1),
    )
    for (const page of await standing()) {
      expect(page).toContain('图片正在核对')
      expect(page).not.toContain('未认证')
    }
    await sendBack(deps, await reviewer(), caseId, 'slot:face')
    inOrder(await shown(IdentityPicturesPage), '退回意见', ...acts)
    for (const page of await standing()) expect(page).toContain('图片退回修改')

    await putPicture(deps, actor, { caseId, section: 'identity', rowId: 'main', slot: 'face' })
    await submitCase(deps, actor, { caseId, declared: true })
    await refuse(deps, await reviewer(), caseId, '不是本人的证件')
    inOrder(
      await shown(IdentityPicturesPage),
      '没有通过',
      `受理编号 ${number}`,
      '不是本人的证件',
      ...acts.slice(1),
    )
    for (const page of await standing()) expect(page).toContain('没有通过')
  })

  it('says at which stage a sent correction is, and how the last one ended', async () => {
    const { actor } = await makeApplicant(deps)
    const [first, second] = [await reviewer(), await reviewer()]
    await signIn(actor.id)
    const caseId = await submittedCorrection(deps, actor, { newName: '张叁' })
    const { number } = await caseRow(deps, caseId)
    expect(await shown(CorrectionPage)).toMatch(new RegExp(`${number}.*正在初审`))
    await pass(deps, first, caseId)
    expect(await shown(CorrectionPage)).toContain('初审已经通过，由另一名工作人员复审')
    await pass(deps, second, caseId)
    const page = await shown(CorrectionPage)
    expect(page).toContain('上一次更正已经通过')
    expect(page).toContain('再次申请更正')
    const again = await submittedCorrection(deps, actor, { newName: '张四' })
    await refuse(deps, first, again, '证明不是本人的')
    expect(await shown(CorrectionPage)).toContain('证明不是本人的')
  })

  it('an appeal for a lost phone proves the new one first, then is a case with a way out', async () => {
    const { actor, phone } = await makeApplicant(deps)
    await signIn(actor.id)
    const before = await shown(AppealPage)
    for (const part of ['第一步', `${phone.slice(0, 3)}****${phone.slice(7)}`, '新手机号', '免费获取验证码'])
      expect(before).toContain(part)
    const newOne = newPhone()
    const typed = { newPhone: newOne, code: await codeTo(deps, newOne, 'phone-lost') }
    await claimPhone(deps, actor, { typed, browser })
    const after = await shown(AppealPage)
    for (const part of [`${newOne.slice(0, 3)}****${newOne.slice(7)}`, '同意并继续', '放弃申诉'])
      expect(after).toContain(part)
    await submittedAppeal(deps, actor)
    expect(await shown(AppealPage)).toContain('正在审核的申诉，请先撤回，再放弃')
  })

  it('an appeal for a number is a case at once, and the only page of a claimant', async () => {
    const holder = await makeApplicant(deps)
    const { actor } = await makeClaimant(deps, { number: holder.number })
    await signIn(actor.id)
    const page = await shown(AppealPage)
    for (const part of ['证件号码已被另一个账户注册', '两名工作人员', '同意并继续', '放弃申诉'])
      expect(page).toContain(part)
    expect(page).not.toContain('href="/account"')
    expect(await shown(CorrectionPage)).toBe('404')
    expect(await shown(IdentityPicturesPage)).toBe('404')
    for (const kind of ['identity', 'correction', 'collection', ''])
      expect([kind, await posted(agree, { kind })]).toEqual([kind, '404'])
    expect(await posted(agree, { kind: 'appeal' })).toBe('303 /account/appeal#main')
  })

  it('are nobody’s but a person’s', async () => {
    for (const page of [AppealPage, CorrectionPage]) expect(await shown(page)).toBe('303 /login')
    await signIn((await reviewer()).id)
    for (const page of [AppealPage, CorrectionPage]) expect(await shown(page)).toBe('404')
    expect(await posted(agree, { kind: 'appeal' })).toBe('404')
  })

  it('show what is wrong where nothing can be typed any more', async () => {
    const { actor } = await makeApplicant(deps)
    await signIn(actor.id)
    const issues = [{ at: null, code: 'appeal-under-review' }]
    const kept = { page: '/account/appeal', form: new Form({}), secret: [], issues, notice: '' } as const
    const echo = await keep({ ...kept, ownerId: actor.id })
    expect(await shown(AppealPage, { echo })).toContain('您的申诉正在审核')
  })

  it('show a reviewer the holder, the stage on the button, and why the second stage is not theirs', async () => {
    const holder = await makeApplicant(deps, { name: '李四' })
    const { actor } = await makeClaimant(deps, { number: holder.number, name: '张三' })
    const [first, second] = [await reviewer(), await reviewer()]
    const caseId = await submittedAppeal(deps, actor)
    const panels = async (who: typeof first) => {
      const view = await reviewCase(deps, who, caseId)
      const bar = { view, refusal: '', lateKnown: false, errorsAt: () => [] }
      return [
        renderToStaticMarkup(createElement(Holder, { view })),
        renderToStaticMarkup(createElement(Lease, { view, kept: '' })),
        renderToStaticMarkup(createElement(DecisionBar, bar)),
      ].join('')
    }
    const before = await panels(first)
    for (const part of ['现持有人', '李*', '不一致', '已认证（支付宝实名认证）', '初审通过', '领取'])
      expect(before).toContain(part)
    await pass(deps, first, caseId)
    const mine = await panels(first)
    expect(mine).toContain('前一步由您办理')
    expect(mine).not.toMatch(/<button[^>]*>领取/)
    // Nothing is handed over where it was refused.
    const handed = '通过后，账户换成申诉人'
    expect(mine).toContain(handed)
    const theirs = await panels(second)
    expect(theirs).toMatch(/<button[^>]*>领取/)
    expect(theirs).toContain('审核通过</button>')
    // REV-5: such a case finds its department by itself.
    await claimCase(deps, second, { caseId })
    expect(await panels(second)).toContain('延长或释放之前，请先保存意见')
    await refuse(deps, second, caseId)
    const over = await panels(second)
    expect(over).toContain('现持有人')
    expect(over).not.toContain(handed)
  })
})
