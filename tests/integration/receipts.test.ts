/** Papers with a code: made once, printed for their owner alone, and verified by whoever holds one. */
import { eq } from 'drizzle-orm'
import { beforeEach, expect, it, vi } from 'vitest'
import ReceiptPage from '#app/(applicant)/record/form/[code]/page.tsx'
import { GET as pdfOf } from '#app/(applicant)/record/form/[code]/pdf/route.ts'
import { makeRecordForm } from '#app/(applicant)/record/form/actions.ts'
import RecordFormPage from '#app/(applicant)/record/form/page.tsx'
import VerifiedPage from '#app/(public)/verify/[code]/page.tsx'
import { verify } from '#app/(public)/verify/actions.ts'
import VerifyPage from '#app/(public)/verify/page.tsx'
import { makeAppKeys } from '#db/crypto.ts'
import { receiptByCode, receiptsOf } from '#db/queries/receipts.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { checkReceipt } from '#lib/commands/check-receipt.ts'
import { issueReceipt } from '#lib/commands/issue-receipt.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { printReceipt } from '#lib/commands/print-receipt.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { closeForGood } from '#lib/commands/support/end-account.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { groupedCode } from '#lib/domain/receipts.ts'
import { asPosted } from '#lib/readers/sample.ts'
import { ownData } from '#lib/views/own-data.ts'
import { ownReceipt } from '#lib/views/receipts.ts'
import { rowsOf } from '#tests/support/case-state.ts'
import { typedRows } from '#tests/support/cases.ts'
import { approveAll, recordedAt } from '#tests/support/credits.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { ended, jar, posted, shown } from '#tests/support/next-side.ts'
import { pdfText } from '#tests/support/pdf-text.ts'
import { jpegOfBytes } from '#tests/support/pictures.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)

const address = '198.51.100.9'
const day = 24 * 3_600_000

describeEachEngine('receipts', (open) => {
  let deps: TestDeps
  let appKeys: string
  beforeEach(async () => {
    appKeys = makeAppKeys()
    use(testDeps(await open(), { keys: appKeys }))
  })
  const use = (made: TestDeps) => {
    deps = made
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
  }
  const enter = async (accountId: string) =>
    void jar.set('sid', {
      value: await openSession(deps, { accountId, address: '192.0.2.7', agent: 'Chrome/1 Windows' }),
    })
  const issue = (actor: Applicant) => issueReceipt(deps, actor, { kind: 'record' })
  const check = (typed: string) => checkReceipt(deps, { typed, address })
  const stateOf = async (typed: string) => (await check(typed))?.state ?? null
  const events = async (personId: string) => {
    const { event } = deps.store.t
    const rows = await deps.store.read.select().from(event).where(eq(event.personId, personId))
    return rows.filter(({ kind }) => kind.startsWith('receipt.'))
  }
  const codeParams = (code: string) => ({ params: Promise.resolve({ code }) })
  const pageOf = (code: string) =>
    shown((props) => ReceiptPage({ ...props, ...codeParams(code) }), { done: 'made' })
  const verified = (code: string) => shown(() => VerifiedPage(codeParams(code)))
  const pdf = (code: string) => pdfOf(new Request('http://localhost/'), codeParams(code))

  /** 信息变更 of the school, sent and approved. */
  async function changeSchool(person: Awaited<ReturnType<typeof recordedAt>>, school: string) {
    const caseId = await openDraft(deps, person.actor, 'change-education')
    const [row] = await rowsOf(deps, caseId, 'education')
    const form = asPosted({ ...typedRows.education, school })
    await saveEntry(deps, person.actor, {
      caseId,
      section: 'education',
      rowId: row?.id ?? '',
      rev: row?.rev ?? 0,
      form,
    })
    await submitCase(deps, person.actor, { caseId, declared: true })
    await approveAll(deps, person.reviewer, caseId, ['education'])
  }

  it('are made once for the same content within a day, sealed, and told in the log without their code', async () => {
    const { tianhe } = await seedDepartments(deps)
    const person = await recordedAt(deps, tianhe)
    const [code, again] = await Promise.all([issue(person.actor), issue(person.actor)])
    expect(again).toBe(code)
    const row = await receiptByCode(deps.store.read, deps.store.t, code)
    expect(row).toMatchObject({ kind: 'record', personId: person.actor.id, department: '广东省广州市天河区' })
    const written = await events(person.actor.id)
    expect(written.map(({ kind, data }) => [kind, data])).toEqual([['receipt.issued', { kind: 'record' }]])
    for (const secret of [person.number, person.name, person.phone])
      expect(JSON.stringify([row, written])).not.toContain(secret)
    expect((await ownReceipt(deps, person.actor, groupedCode(code).toLowerCase())).paper.title).toBe(
      '会计人员信息登记表',
    )
    // Another content is another paper, and so is the same one a day later.
    await changeSchool(person, '暨南大学')
    const next = await issue(person.actor)
    expect(next).not.toBe(code)
    deps.clock.advance(day)
    expect(await issue(person.actor)).not.toBe(next)
    expect(await receiptsOf(deps.store.read, deps.store.t, person.actor.id, { limit: 9 })).toHaveLength(3)
    const told = JSON.stringify((await ownData(deps, person.actor)).data)
    for (const there of [groupedCode(code), groupedCode(next), '会计人员信息登记表'])
      expect(told).toContain(there)
  })

  it('are refused before there is a record, beyond the limit of a day, and to a closed account', async () => {
    const { tianhe } = await seedDepartments(deps)
    const fresh = await makeApplicant(deps)
    expect(await outcomeOf(issue(fresh.actor))).toEqual(['refused', 'receipt-nothing'])
    use(testDeps(deps.store, { keys: appKeys, env: { LIMITS_RECEIPTS_PER_DAY: '1' } }))
    const person = await recordedAt(deps, tianhe)
    const code = await issue(person.actor)
    await changeSchool(person, '暨南大学')
    expect(await outcomeOf(issue(person.actor))).toEqual(['refused', 'receipt-per-day'])
    await changeSchool(person, '中山大学')
    // The content it was made of is there again: no new one is needed.
    expect(await issue(person.actor)).toBe(code)
    for (const kind of ['credits', 'exam'] as const)
      expect(await outcomeOf(issueReceipt(deps, fresh.actor, { kind }))).toEqual([
        'refused',
        'receipt-nothing',
      ])
    await deps.store.tx((q) => closeForGood(deps, q, person.actor.id, { reason: 'account-closed' }))
    expect(await outcomeOf(issue(person.actor))).toEqual(['not-found'])
    expect(await outcomeOf(printReceipt(deps, fresh.actor, code))).toEqual(['not-found'])
  })

  it('are verified as the record stands: same, changed, same again, ended; and by older keys', async () => {
    const { tianhe } = await seedDepartments(deps)
    const person = await recordedAt(deps, tianhe)
    const code = await issue(person.actor)
    const grouped = groupedCode(code)
    for (const typed of [code, grouped, grouped.toLowerCase()]) expect(await stateOf(typed)).toBe('same')
    const forged = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`
    for (const typed of [forged, '', 'x'.repeat(200), `${code}0`]) expect(await check(typed)).toBeNull()
    await changeSchool(person, '暨南大学')
    expect(await stateOf(code)).toBe('changed')
    await changeSchool(person, '中山大学')
    expect(await stateOf(code)).toBe('same')
    use(testDeps(deps.store, { keys: makeAppKeys(appKeys), now: deps.clock.now() }))
    expect(await stateOf(code)).toBe('same')
    expect(await check(code)).toEqual({
      shown: grouped,
      kind: 'record',
      subject: '',
      maskedName: '张*',
      department: '广东省广州市天河区',
      issuedAt: expect.any(Date),
      state: 'same',
    })
    await deps.store.tx((q) => closeForGood(deps, q, person.actor.id, { reason: 'account-closed' }))
    expect(await stateOf(code)).toBe('ended')
  })

  it('are asked about sixty times an hour by one network, known or not', async () => {
    for (let turn = 0; turn < 60; turn++) expect(await check(`unknown ${turn}`)).toBeNull()
    expect(await outcomeOf(check('7K3MQ9XA20BCDEFG'))).toEqual(['refused', 'verify-too-many'])
    expect(await checkReceipt(deps, { typed: '7K3MQ9XA20BCDEFG', address: '203.0.113.1' })).toBeNull()
    deps.clock.advance(3_600_000)
    expect(await check('7K3MQ9XA20BCDEFG')).toBeNull()
  })

  it('stand on pages of their owner, on paper with photo and code, and are verified by anybody who holds one', async () => {
    const { tianhe } = await seedDepartments(deps)
    const person = await recordedAt(deps, tianhe)
    const { storedFile } = deps.store.t
    // A portrait that a PDF can hold.
    const bytes = await jpegOfBytes(413, 579, 30_000)
    for (const { storageKey } of await deps.store.read.select().from(storedFile))
      await deps.files.put(storageKey, bytes)
    await enter(person.actor.id)
    expect(await shown(RecordFormPage)).toContain('还没有生成过')
    const to = await posted(makeRecordForm, {})
    const [, code = ''] = /^303 \/record\/form\/(\w{16})\?done=made#main$/.exec(to) ?? []
    expect(await posted(makeRecordForm, {})).toBe(to)
    const grouped = groupedCode(code)
    expect(await shown(RecordFormPage)).toContain(grouped)
    const texts = ['会计人员信息登记表', person.name, person.number, '中山大学', '广州珠江实业有限公司']
    const page = await pageOf(code)
    for (const there of [...texts, grouped, '/verify', '二维码', '证件照']) expect(page).toContain(there)

    const response = await pdf(code)
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="paper.pdf"; filename*=UTF-8''${encodeURIComponent('会计人员信息登记表.pdf')}`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    })
    const file = Buffer.from(await response.arrayBuffer())
    expect(file.includes('/DCTDecode')).toBe(true)
    const { pages, size } = pdfText(file)
    expect(size).toEqual([595, 842])
    for (const there of [
      ...texts,
      grouped,
      '2008年9月—2012年6月',
      '91350100M000100Y43',
      '会计师',
      'GD20170123456',
    ])
      expect(pages.join('')).toContain(there)
    for (const [index, text] of pages.entries())
      expect(text).toContain(`查验码${grouped}第${index + 1}页，共${pages.length}页`)
    expect((await events(person.actor.id)).map(({ kind }) => kind).sort()).toEqual([
      'receipt.issued',
      'receipt.printed',
    ])

    for (let turn = 0; turn < 19; turn++) await printReceipt(deps, person.actor, code)
    const refused = new URL((await pdf(code)).headers.get('location') ?? '', 'http://localhost')
    expect(`${refused.pathname}${refused.hash}`).toBe(`/record/form/${code}#errors`)

    // Of nobody else: another person, staff, somebody signed out.
    const other = await recordedAt(deps, tianhe)
    for (const actor of [other.actor, (await makeStaff(deps, { role: 'operator' })).actor]) {
      await enter(actor.id)
      expect([await pageOf(code), await ended(pdf(code))]).toEqual(['404', '404'])
    }
    jar.clear()
    expect(await pageOf(code)).toMatch(/^303 \/login/)
    expect(await shown(VerifyPage)).toContain('查验码')
    expect(await posted(verify, { code: grouped.toLowerCase() })).toBe(`303 /verify/${code}#main`)
    const answer = await verified(grouped)
    for (const there of ['与现在登记的信息一致', '张*', '广东省广州市天河区', '会计人员信息登记表'])
      expect(answer).toContain(there)
    for (const hidden of [person.name, person.number, person.phone, '中山大学'])
      expect(answer).not.toContain(hidden)
    expect(await verified('7K3M-Q9XA-20BC-DEFG')).toContain('没有查验码为 7K3M')
    expect(await verified('<b>call 10086')).not.toContain('10086')
    const wrong = await posted(verify, { code: '123' })
    const echo = new URL(wrong.slice(4), 'http://localhost').searchParams.get('echo') ?? ''
    expect(await shown(VerifyPage, { echo })).toContain('查验码是 16 位字母和数字')
  })
})
