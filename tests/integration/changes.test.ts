/** 信息变更 (CHG): the record as it would be, untouched until approval, changed in one go. */
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { openRecord } from '#db/queries/records.ts'
import { collection } from '#lib/cases/collection.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { removeFile } from '#lib/commands/attach-file.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { dropDraft } from '#lib/commands/drop-draft.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { removeEntry } from '#lib/commands/remove-entry.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import type { Applicant, Staff } from '#lib/domain/actor.ts'
import type { ChangeSection } from '#lib/domain/changes.ts'
import { asPosted } from '#lib/readers/sample.ts'
import type { Values } from '#lib/sections/define.ts'
import { messageText } from '#lib/text/messages.ts'
import { changeDesk, changePage, changeRecord, changeRecords } from '#lib/views/changes.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { caseRow, placed, rowsOf } from '#tests/support/case-state.ts'
import { filledCase, putPicture, rowIds, submittedCase, typedRows, typeRow } from '#tests/support/cases.ts'
import { inboxOf, textsTo } from '#tests/support/claims.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const passing = (sections: readonly string[]) => ({
  verdicts: Object.fromEntries(sections.map((section) => [section, 'pass'])),
  findings: [],
})

async function approve(deps: TestDeps, reviewer: Staff, caseId: string, sections: readonly string[]) {
  deps.clock.advance(1000)
  await claimCase(deps, reviewer, { caseId })
  const { version } = await caseRow(deps, caseId)
  await approveCase(deps, reviewer, { caseId, version, opinions: passing(sections) })
}

/** Somebody whose collection was approved, and what they do with their record. */
async function recorded(open: Open, env: Record<string, string> = {}) {
  const deps = testDeps(await open(), { env })
  const places = await seedDepartments(deps)
  const reviewer = (await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })).actor
  const { actor, phone } = await makeApplicant(deps)
  const first = await submittedCase(deps, actor, places.tianhe)
  await approve(deps, reviewer, first, collection.sections)
  deps.clock.advance(1000)
  const record = async () => {
    const held = await openRecord(deps.store.read, deps.store.t, deps.keys, actor.id)
    if (!held) throw new Error('no record')
    return held
  }
  const rows = async (page: ChangeSection) => (await record()).proposals.get(page)?.rows ?? []
  const begin = (page: ChangeSection) => openDraft(deps, actor, `change-${page}`)
  const type = async (caseId: string, section: ChangeSection, rowId: string, values: Values) => {
    const known = (await rowsOf(deps, caseId, section)).find(({ id }) => id === rowId)
    return saveEntry(deps, actor, {
      caseId,
      section,
      rowId,
      rev: known?.rev ?? 0,
      form: asPosted({ ...typedRows[section], ...values }),
    })
  }
  const send = (caseId: string) => submitCase(deps, actor, { caseId, declared: true })
  return { deps, places, reviewer, actor, phone, record, rows, begin, type, send }
}

const row = (rows: readonly { id: string; values: Values }[], id: string) =>
  rows.find((one) => one.id === id)?.values ?? {}

describeEachEngine('a change of the record', (open) => {
  it('begins with the page as it is, pictures included, once however often it is asked for', async () => {
    const { deps, begin, rows } = await recorded(open)
    const caseId = await begin('basic')
    expect(await begin('basic')).toBe(caseId)
    expect(await rowsOf(deps, caseId, 'basic')).toEqual(await rows('basic'))
    expect((await placed(deps, caseId)).map(({ slot }) => slot).sort()).toEqual([
      'idBack',
      'idFront',
      'portrait',
    ])
    expect(await begin('education')).not.toBe(caseId)
  })

  it('is nothing for who has no approved record', async () => {
    const { deps, places } = await recorded(open)
    const { actor } = await makeApplicant(deps)
    const attempt = () => outcomeOf(openDraft(deps, actor, 'change-education'))
    expect(await attempt()).toEqual(['refused', 'change-before-approval'])
    await submittedCase(deps, actor, places.tianhe)
    expect(await attempt()).toEqual(['refused', 'change-before-approval'])
  })

  it('leaves the record alone until it is approved, and then changes that page and no other', async () => {
    const { deps, reviewer, begin, type, send, rows, record } = await recorded(open)
    const before = await record()
    const caseId = await begin('education')
    await type(caseId, 'education', rowIds.education, { school: '暨南大学' })
    expect(await record()).toEqual(before)
    await send(caseId)
    expect(await caseRow(deps, caseId)).toMatchObject({ state: 'waiting', sentTo: before.departmentId })
    expect(await record()).toEqual(before)
    await approve(deps, reviewer, caseId, ['education'])
    expect(row(await rows('education'), rowIds.education).school).toBe('暨南大学')
    const after = await record()
    for (const page of ['department', 'scope', 'basic', 'employment', 'qualifications'])
      expect(after.proposals.get(page)).toEqual(before.proposals.get(page))
    expect(after.files).toEqual(before.files)
    expect(after.version).toBeGreaterThan(before.version)
    // And the next one begins from there.
    const next = await begin('education')
    expect(next).not.toBe(caseId)
    expect(row(await rowsOf(deps, next, 'education'), rowIds.education).school).toBe('暨南大学')
  })

  it('leaves no trace in the record when it is returned or taken back', async () => {
    const { deps, reviewer, actor, begin, type, send, record } = await recorded(open)
    const before = await record()
    const caseId = await begin('education')
    await type(caseId, 'education', rowIds.education, { school: '暨南大学' })
    await send(caseId)
    await withdrawCase(deps, actor, { caseId })
    deps.clock.advance(1000)
    await send(caseId)
    deps.clock.advance(1000)
    await claimCase(deps, reviewer, { caseId })
    await returnCase(deps, reviewer, {
      caseId,
      version: (await caseRow(deps, caseId)).version,
      opinions: {
        verdicts: { education: 'problem' },
        findings: [
          {
            at: 'finding.education.0',
            section: 'education',
            rowId: rowIds.education,
            target: 'school',
            reason: 'answer-incomplete',
            note: '',
          },
        ],
      },
    })
    expect(await record()).toEqual(before)
    expect(await outcomeOf(send(caseId))).toEqual(['refused', 'section-awaits-mending'])
  })

  it('that changes nothing is not sent', async () => {
    const { begin, send, type } = await recorded(open)
    const caseId = await begin('education')
    expect(await outcomeOf(send(caseId))).toEqual(['refused', 'change-nothing'])
    await type(caseId, 'education', rowIds.education, {})
    expect(await outcomeOf(send(caseId))).toEqual(['refused', 'change-nothing'])
  })

  it('obeys the rules of collection, by 新增, 变更 and 变更删除 alike', async () => {
    const { deps, actor, begin, type, send } = await recorded(open)
    const caseId = await begin('education')
    const second = {
      school: '中山大学',
      level: 'master_program',
      degree: 'master',
      'enrolled.year': '2011',
      'enrolled.month': '09',
      'graduated.year': '2014',
      'graduated.month': '06',
    }
    // 新增 into a crossing.
    await type(caseId, 'education', 'edurow2', second)
    expect(await outcomeOf(send(caseId))).toContain('section-incomplete')
    // 变更 of the neighbour out of it.
    await type(caseId, 'education', 'edurow2', {
      ...second,
      'enrolled.year': '2012',
      'graduated.year': '2015',
    })
    expect(await outcomeOf(send(caseId))).toEqual(['done'])
    await withdrawCase(deps, actor, { caseId })
    // 变更 into it again, and 变更删除 of the neighbour out of it.
    await type(caseId, 'education', 'edurow2', second)
    expect(await outcomeOf(send(caseId))).toContain('section-incomplete')
    const rev = (await rowsOf(deps, caseId, 'education')).find(({ id }) => id === 'edurow2')?.rev ?? 0
    await removeEntry(deps, actor, { caseId, section: 'education', rowId: 'edurow2', rev })
    expect(await outcomeOf(send(caseId))).toEqual(['refused', 'change-nothing'])
  })

  it.each([
    [
      'education',
      { mode: 'part_time', school: '暨南大学', level: 'master_program', degree: 'master' },
      ['enrolled', 'graduated'],
    ],
    ['employment', { employer: '广州示例贸易有限公司', accounting: 'no' }, ['start', 'end']],
  ] as const)(
    'of %s into a crossing is told in the same words, whichever way it came',
    async (page, other, [from, until]) => {
      const { deps, actor, begin, type, send } = await recorded(open)
      const caseId = await begin(page)
      const first = rowIds[page]
      const span = (start: string, end: string) => ({
        [`${from}.year`]: start.slice(0, 4),
        [`${from}.month`]: start.slice(5),
        [`${until}.open`]: '',
        [`${until}.year`]: end.slice(0, 4),
        [`${until}.month`]: end.slice(5),
      })
      const told = ({ issues }: Awaited<ReturnType<typeof type>>) =>
        issues.filter(({ code }) => code === 'period-crossing')
      const at = (position: number, start: string, end: string) => [
        { at: from, code: 'period-crossing', params: { position, start, end } },
      ]
      const put = (rowId: string, start: string, end: string) =>
        type(caseId, page, rowId, { ...(rowId === first ? {} : other), ...span(start, end) })
      const states = async () => {
        const ends = await Promise.all([outcomeOf(send(caseId)), outcomeOf(send(caseId))])
        for (const end of ends) expect(end).toContain('section-incomplete')
        return (await caseRow(deps, caseId)).state
      }
      expect(told(await put(first, '2012-07', '2014-06'))).toEqual([])
      // 新增, and two submissions at once.
      expect(told(await put('secondrow', '2014-05', '2016-01'))).toEqual(at(1, '2012-07', '2014-06'))
      expect(await states()).toBe('draft')
      // 变更 out of it, and of the neighbour into it.
      expect(told(await put('secondrow', '2014-06', '2016-01'))).toEqual([])
      expect(told(await put(first, '2012-07', '2014-07'))).toEqual(at(2, '2014-06', '2016-01'))
      expect(await states()).toBe('draft')
      // 变更删除 of the neighbour: nothing is left to cross.
      const rev = (await rowsOf(deps, caseId, page)).find(({ id }) => id === 'secondrow')?.rev ?? 0
      await removeEntry(deps, actor, { caseId, section: page, rowId: 'secondrow', rev })
      expect(told(await put(first, '2012-07', '2014-07'))).toEqual([])
      // Two tabs at once, each of them sound by itself: whichever is second is told.
      const both = await Promise.all([
        put('thirdrow', '2015-01', '2016-01'),
        put('fourthrow', '2015-12', '2017-01'),
      ])
      expect(both.flatMap(told)).toHaveLength(1)
      expect(await states()).toBe('draft')
      // And a crossing that is saved while the case is sent is either seen, or not taken any more.
      expect(told(await put('fourthrow', '2016-01', '2017-01'))).toEqual([])
      const [sent] = await Promise.all([
        outcomeOf(send(caseId)),
        outcomeOf(put('fourthrow', '2015-12', '2017-01')),
      ])
      const crosses = row(await rowsOf(deps, caseId, page), 'fourthrow')[from] === '2015-12'
      expect([
        ['done', false],
        ['refused', true],
      ]).toContainEqual([sent[0], crosses])
    },
  )

  it('of 邮箱 and 通讯地址 alone is approved by itself, of anything beside them by a person', async () => {
    const { deps, begin, type, send, rows } = await recorded(open)
    const caseId = await begin('basic')
    await type(caseId, 'basic', 'main', {
      email: 'new@example.com',
      address: '广州市天河区珠江西路 5 号 101 房',
    })
    await send(caseId)
    expect(await caseRow(deps, caseId)).toMatchObject({ state: 'approved', openKey: null, dueOn: '' })
    expect(row(await rows('basic'), 'main')).toMatchObject({
      email: 'new@example.com',
      address: '广州市天河区珠江西路 5 号 101 房',
    })
    deps.clock.advance(1000)
    const next = await begin('basic')
    await type(next, 'basic', 'main', { email: 'third@example.com', politics: 'cpc_member' })
    await send(next)
    expect((await caseRow(deps, next)).state).toBe('waiting')
    expect(row(await rows('basic'), 'main').email).toBe('new@example.com')
  })

  it('that nobody looks at is told once, and as that (MSG-1)', async () => {
    const { deps, actor, phone, begin, type, send } = await recorded(open)
    const { read, t } = deps.store
    const before = { inbox: await inboxOf(deps, actor.id), sms: await textsTo(deps, phone) }
    const caseId = await begin('basic')
    await type(caseId, 'basic', 'main', { email: 'new@example.com' })
    const { number } = await send(caseId)
    expect(await inboxOf(deps, actor.id)).toEqual([...before.inbox, 'case-approved-by-rule'])
    const [told] = await read.select().from(t.message).where(eq(t.message.caseId, caseId))
    expect(messageText(told?.kind ?? '', told?.data ?? {})).toEqual({
      title: '基本信息变更已自动审核通过',
      text: `受理编号 ${number}，已自动审核通过，无需人工审核，登记的信息已经更新。您不需要做什么。`,
    })
    expect((await textsTo(deps, phone)).slice(before.sms.length)).toEqual([
      `【会计人员统一服务】基本信息变更已自动审核通过（受理编号 ${number}）。详情请登录平台查看“消息”。`,
    ])
  })

  it('is looked at by a person always, where the setting says so', async () => {
    const { deps, begin, type, send } = await recorded(open, { AUTOMATIC_CHANGES: 'none' })
    const caseId = await begin('basic')
    await type(caseId, 'basic', 'main', { email: 'new@example.com' })
    await send(caseId)
    expect((await caseRow(deps, caseId)).state).toBe('waiting')
  })

  it('replaces a picture of the record, and keeps it while it waits', async () => {
    const { deps, reviewer, actor, begin, send, record } = await recorded(open)
    const before = (await record()).files.find(({ slot }) => slot === 'idFront')?.fileId
    const caseId = await begin('basic')
    const held = (await placed(deps, caseId)).find(({ slot }) => slot === 'idFront')
    await removeFile(deps, actor, { caseId, attachmentId: held?.attachmentId ?? '' })
    await putPicture(deps, actor, { caseId, section: 'basic', rowId: 'main', slot: 'idFront' })
    const put = (await placed(deps, caseId)).find(({ slot }) => slot === 'idFront')?.fileId
    await send(caseId)
    expect((await record()).files.find(({ slot }) => slot === 'idFront')?.fileId).toBe(before)
    await approve(deps, reviewer, caseId, ['basic'])
    expect((await record()).files.find(({ slot }) => slot === 'idFront')?.fileId).toBe(put)
  })

  it('is refused at its approval where the record is not what it was made from any more', async () => {
    const { deps, reviewer, actor, begin, type, send, record } = await recorded(open)
    const caseId = await begin('education')
    await type(caseId, 'education', rowIds.education, { school: '暨南大学' })
    await send(caseId)
    const { t } = deps.store
    await deps.store.tx((q) =>
      q.update(t.education).set({ school: '华南理工大学' }).where(eq(t.education.personId, actor.id)),
    )
    const before = await record()
    expect(await outcomeOf(approve(deps, reviewer, caseId, ['education']))).toEqual([
      'refused',
      'record-moved-on',
    ])
    expect(await record()).toEqual(before)
    expect((await caseRow(deps, caseId)).state).toBe('in_review')
  })

  it('sent from two tabs is one round', async () => {
    const { deps, begin, type, send } = await recorded(open)
    const caseId = await begin('education')
    await type(caseId, 'education', rowIds.education, { school: '暨南大学' })
    await Promise.all([send(caseId), send(caseId), send(caseId)].map((one) => outcomeOf(one)))
    expect(await caseRow(deps, caseId)).toMatchObject({ state: 'waiting', round: 1 })
  })

  it('of two pages approved at once does both, and neither undoes the other', async () => {
    const { deps, reviewer, begin, type, send, rows } = await recorded(open)
    const schools = await begin('education')
    const jobs = await begin('employment')
    await type(schools, 'education', rowIds.education, { school: '暨南大学' })
    await type(jobs, 'employment', rowIds.employment, { employer: '广州珠江实业集团有限公司' })
    await send(schools)
    await send(jobs)
    await Promise.all([
      approve(deps, reviewer, schools, ['education']),
      approve(deps, reviewer, jobs, ['employment']),
    ])
    expect(row(await rows('education'), rowIds.education).school).toBe('暨南大学')
    expect(row(await rows('employment'), rowIds.employment).employer).toBe('广州珠江实业集团有限公司')
    expect((await rows('employment'))[0]?.children).toHaveLength(1)
  })

  it('is nobody else’s', async () => {
    const { deps, begin, type } = await recorded(open)
    const caseId = await begin('education')
    const other: Applicant = (await makeApplicant(deps)).actor
    expect(await outcomeOf(submitCase(deps, other, { caseId, declared: true }))).toEqual(['not-found'])
    expect(
      await outcomeOf(
        typeRow(deps, other, { caseId, section: 'education', rowId: rowIds.education }, typedRows.education),
      ),
    ).toEqual(['not-found'])
    // Its other pages are not part of it, not even for its owner.
    expect(await outcomeOf(type(caseId, 'basic', 'main', {}))).toEqual(['not-found'])
  })

  it('shows its reviewer what is changed against the record', async () => {
    const { deps, reviewer, begin, type, send } = await recorded(open)
    const caseId = await begin('education')
    await type(caseId, 'education', rowIds.education, { school: '暨南大学' })
    await send(caseId)
    const view = await reviewCase(deps, reviewer, caseId)
    const education = view.sections.find(({ id }) => id === 'education')
    expect(Object.fromEntries(education?.changed ?? [])).toEqual({
      [`${rowIds.education}/school`]: '中山大学',
    })
  })

  it('can be given up before it is sent, and not while it is under review', async () => {
    const { deps, actor, begin, type, send, record } = await recorded(open)
    const before = await record()
    const caseId = await begin('education')
    await type(caseId, 'education', rowIds.education, { school: '暨南大学' })
    const other = (await makeApplicant(deps)).actor
    expect(await outcomeOf(dropDraft(deps, other, { caseId }))).toEqual(['not-found'])
    await send(caseId)
    expect(await outcomeOf(dropDraft(deps, actor, { caseId }))).toEqual(['refused', 'case-frozen'])
    await withdrawCase(deps, actor, { caseId })
    await dropDraft(deps, actor, { caseId })
    await dropDraft(deps, actor, { caseId })
    expect((await caseRow(deps, caseId)).state).toBe('cancelled')
    expect(await record()).toEqual(before)
    const next = await begin('education')
    expect(next).not.toBe(caseId)
    expect(row(await rowsOf(deps, next, 'education'), rowIds.education).school).toBe('中山大学')
  })

  it('never ends a collection', async () => {
    const { deps, places } = await recorded(open)
    const { actor } = await makeApplicant(deps)
    const caseId = await filledCase(deps, actor, places.tianhe)
    expect(await outcomeOf(dropDraft(deps, actor, { caseId }))).toEqual(['not-found'])
  })

  it('shows the page as it is, how far the change has come, and what it would alter', async () => {
    const { deps, actor, begin, type, send, reviewer } = await recorded(open)
    expect((await changePage(deps, actor, 'education'))?.open).toBeNull()
    const caseId = await begin('education')
    await type(caseId, 'education', rowIds.education, { school: '暨南大学' })
    const desk = await changeDesk(deps, actor, 'education')
    expect(desk?.lines).toEqual([
      {
        key: `${rowIds.education}/school`,
        row: '教育经历 1',
        label: '学校名称',
        before: '中山大学',
        after: '暨南大学',
      },
    ])
    expect(desk?.obstacles).toEqual([])
    await send(caseId)
    expect(await changeDesk(deps, actor, 'education')).toBeNull()
    const view = await changePage(deps, actor, 'education')
    expect(view?.open).toMatchObject({ state: 'underReview', withdrawable: true })
    expect(view?.answers.rows[0]?.answers.find(({ key }) => key === 'school')?.shown).toBe('中山大学')
    const { rows } = await changeRecords(deps, actor, 'education', '')
    expect(rows).toMatchObject([{ caseId, state: 'waiting', byRule: false, ways: ['altered'] }])
    const details = await changeRecord(deps, actor, 'education', caseId)
    expect(Object.fromEntries(details.changed)).toEqual({ [`${rowIds.education}/school`]: '中山大学' })
    const other = (await makeApplicant(deps)).actor
    expect(await outcomeOf(changeRecord(deps, other, 'education', caseId))).toEqual(['not-found'])
    expect(await outcomeOf(changeRecord(deps, actor, 'basic', caseId))).toEqual(['not-found'])
    await approve(deps, reviewer, caseId, ['education'])
    expect((await changePage(deps, actor, 'education'))?.open).toBeNull()
    // What it changed is told as it was then, whatever the record has become.
    expect(Object.fromEntries((await changeRecord(deps, actor, 'education', caseId)).changed)).toEqual({
      [`${rowIds.education}/school`]: '中山大学',
    })
  })
})
