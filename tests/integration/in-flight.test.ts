/** Cases of one person beside each other: what blocks what (system.md, TRF-1), and what meets at the same moment. */
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { blockedBy } from '#lib/cases/blocking.ts'
import { collection } from '#lib/cases/collection.ts'
import type { CaseKindId } from '#lib/cases/define.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { releaseCase } from '#lib/commands/release-case.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { type CaseState, isUnderReview } from '#lib/domain/case-states.ts'
import { type ChangeSection, changeSections } from '#lib/domain/changes.ts'
import { newId } from '#lib/ids.ts'
import { asPosted } from '#lib/readers/sample.ts'
import { caseRow, holding, rowsOf } from '#tests/support/case-state.ts'
import {
  filledApplication,
  filledCase,
  rowIds,
  submittedCase,
  typedRows,
  typeRow,
} from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const alterations: Readonly<Record<ChangeSection, readonly [string, Record<string, string>]>> = {
  basic: ['main', { politics: 'cpc_member' }],
  education: [rowIds.education, { school: '暨南大学' }],
  employment: [rowIds.employment, { employerPhone: '020-87654321' }],
  qualifications: [rowIds.qualification, { issuer: '广州市财政局' }],
  scope: ['main', { scope: 'qualified_not_practising' }],
}

/** A case of any kind as it would stand, without anything in it. */
async function standing(deps: TestDeps, actor: Applicant, kind: CaseKindId, more: { about?: string } = {}) {
  const { t } = deps.store
  const at = deps.clock.now()
  const id = newId(at)
  await deps.store.tx((q) =>
    q.insert(t.serviceCase).values({
      id,
      kind,
      personId: actor.id,
      state: 'draft',
      departmentId: '440106',
      createdAt: at,
      updatedAt: at,
      ...more,
    }),
  )
  return id
}

/** An award that stands in the record, which an objection may be about. */
async function standingAward(deps: TestDeps, actor: Applicant) {
  const { t } = deps.store
  const caseId = await standing(deps, actor, 'award')
  const id = newId(deps.clock.now())
  await deps.store.tx(async (q) => {
    await q.update(t.serviceCase).set({ state: 'approved' }).where(eq(t.serviceCase.id, caseId))
    await q.insert(t.conduct).values({
      id,
      personId: actor.id,
      kind: 'award',
      nature: 'provincial',
      title: '先进会计工作者',
      basis: '',
      authority: '广东省财政厅',
      documentNo: '',
      decidedOn: '2025-01-08',
      caseId,
      departmentId: '440106',
      at: deps.clock.now(),
    })
  })
  return id
}

async function filledChange(deps: TestDeps, actor: Applicant, section: ChangeSection) {
  const caseId = await openDraft(deps, actor, `change-${section}`)
  const [rowId, values] = alterations[section]
  const rev = (await rowsOf(deps, caseId, section)).find(({ id }) => id === rowId)?.rev ?? 0
  const form = asPosted({ ...typedRows[section], ...values })
  await saveEntry(deps, actor, { caseId, section, rowId, rev, form })
  return caseId
}

/** Somebody on the record who has filled in all there is to send, and sent none of it. */
async function everythingFilled(open: Open) {
  const deps = testDeps(await open(), { env: { AUTOMATIC_CHANGES: 'none' } })
  const places = await seedDepartments(deps)
  const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.guangzhou })
  const { actor } = await makeApplicant(deps)
  const first = await submittedCase(deps, actor, places.tianhe)
  await claimCase(deps, reviewer, { caseId: first })
  const verdicts = Object.fromEntries(collection.sections.map((section) => [section, 'pass']))
  const { version } = await caseRow(deps, first)
  await approveCase(deps, reviewer, { caseId: first, version, opinions: { verdicts, findings: [] } })
  deps.clock.advance(1000)
  const drafts = new Map<CaseKindId, string>()
  for (const section of changeSections)
    drafts.set(`change-${section}`, await filledChange(deps, actor, section))
  for (const kind of ['transfer', 'credit', 'award'] as const)
    drafts.set(kind, await filledApplication(deps, actor, kind))
  const objection = await standing(deps, actor, 'objection', { about: await standingAward(deps, actor) })
  const story = '获奖年度登记有误，证书上是另一年'
  await typeRow(deps, actor, { caseId: objection, section: 'objection', rowId: 'main' }, { story })
  drafts.set('objection', objection)
  // Beside a record, and entered by staff: only by rows.
  const others = {
    collection: await standing(deps, actor, 'collection'),
    penalty: await standing(deps, actor, 'penalty'),
    exam: await standing(deps, actor, 'exam'),
  }

  const idOf = (kind: CaseKindId) => {
    const id = drafts.get(kind)
    if (!id) throw new Error(`no draft of ${kind}`)
    return id
  }
  const put = (caseId: string, state: CaseState) => {
    const { serviceCase } = deps.store.t
    return deps.store.tx((q) => q.update(serviceCase).set({ state }).where(eq(serviceCase.id, caseId)))
  }
  const send = (kind: CaseKindId) => submitCase(deps, actor, { caseId: idOf(kind), declared: true })
  const takeBack = (kind: CaseKindId) => withdrawCase(deps, actor, { caseId: idOf(kind) })
  /** Sends it, and makes a draft of it again; the codes it is refused with. */
  const attempt = async (kind: CaseKindId) => {
    const [word, ...codes] = await outcomeOf(send(kind))
    if (word === 'done') await put(idOf(kind), 'draft')
    return codes
  }
  return { deps, places, reviewer, actor, drafts, others, idOf, put, send, takeBack, attempt }
}

const isLong = process.env.TEST_LONG === '1'
const ended = ['draft', 'returned', 'withdrawn', 'approved', 'refused', 'cancelled'] as const

describeEachEngine('a case under review', (open) => {
  it('keeps back what the table says, in each of its three states, and nothing once it is no more', async () => {
    const { deps, reviewer, drafts, others, idOf, put, send, takeBack, attempt } =
      await everythingFilled(open)
    const kinds = [...drafts.keys()]
    /** Each pair is tried while the first waits; in its other states what can be kept back, and with TEST_LONG all. */
    const mattering = (first: CaseKindId): readonly CaseKindId[] => {
      if (isLong) return kinds
      return first === 'transfer' ? ['change-basic', 'credit', 'award', 'objection'] : ['transfer']
    }
    const blocks = async (first: CaseKindId, state: CaseState, wanted: readonly CaseKindId[] = kinds) => {
      const said: Record<string, readonly string[]> = {}
      const meant: Record<string, readonly string[]> = {}
      for (const kind of wanted) {
        if (kind === first) continue
        said[kind] = await attempt(kind)
        meant[kind] = isUnderReview(state) ? blockedBy(kind, [first]).map(({ code }) => code) : []
      }
      expect({ first, state, said }).toEqual({ first, state, said: meant })
    }
    for (const first of kinds) {
      const caseId = idOf(first)
      await send(first)
      expect((await caseRow(deps, caseId)).state).toBe('waiting')
      await blocks(first, 'waiting')
      await claimCase(deps, reviewer, { caseId })
      await blocks(first, 'in_review', mattering(first))
      await releaseCase(deps, reviewer, { caseId })
      await put(caseId, 'checking')
      await blocks(first, 'checking', mattering(first))
      await takeBack(first)
      for (const state of ended) {
        await put(caseId, state)
        await blocks(first, state, mattering(first))
      }
      await put(caseId, 'draft')
    }
    for (const [first, caseId] of [
      ['collection', others.collection],
      ['penalty', others.penalty],
      ['exam', others.exam],
    ] as const)
      for (const state of ['waiting', 'in_review', 'checking', ...ended] as const) {
        await put(caseId, state)
        await blocks(first, state, state === 'waiting' ? kinds : mattering(first))
      }
  }, 120_000)

  it('of any kind keeps no collection back', async () => {
    const deps = testDeps(await open())
    const places = await seedDepartments(deps)
    const { actor } = await makeApplicant(deps)
    const caseId = await filledCase(deps, actor, places.tianhe)
    const { t } = deps.store
    for (const kind of ['change-basic', 'transfer', 'credit', 'award', 'penalty', 'objection'] as const) {
      const id = await standing(deps, actor, kind)
      await deps.store.tx((q) =>
        q.update(t.serviceCase).set({ state: 'waiting' }).where(eq(t.serviceCase.id, id)),
      )
      expect([kind, ...(await outcomeOf(submitCase(deps, actor, { caseId, declared: true })))]).toEqual([
        kind,
        'done',
      ])
      await withdrawCase(deps, actor, { caseId })
    }
  })

  it('is told with every other at once, and each kind once', async () => {
    const { drafts, send } = await everythingFilled(open)
    for (const kind of drafts.keys()) if (kind !== 'transfer') await send(kind)
    expect(await outcomeOf(send('transfer'))).toEqual([
      'refused',
      'transfer-while-change',
      'transfer-while-conduct',
      'transfer-while-credit',
    ])
  })
})

const rounds = isLong ? 30 : 3

describeEachEngine('a transfer and another case of the same person, sent at the same moment', (open) => {
  it('are never both under review', async () => {
    const { deps, drafts, idOf, send, takeBack } = await everythingFilled(open)
    const others = [...drafts.keys()].filter((kind) => kind !== 'transfer')
    for (let round = 0; round < rounds; round += 1) {
      const [change = 'change-basic'] = others.splice(0, 1)
      others.push(change)
      const both = round % 2 === 0 ? [change, 'transfer' as const] : ['transfer' as const, change]
      const ends = await Promise.all(both.map((kind) => outcomeOf(send(kind))))
      const sent = both.filter((_, index) => ends[index]?.[0] === 'done')
      expect([both, ends, sent.length]).toEqual([both, ends, 1])
      expect(ends.flatMap((codes) => codes.slice(1))).toEqual(
        blockedBy(sent[0] === 'transfer' ? change : 'transfer', sent).map(({ code }) => code),
      )
      for (const kind of both)
        expect(isUnderReview((await caseRow(deps, idOf(kind))).state)).toBe(sent.includes(kind))
      for (const kind of sent) await takeBack(kind)
    }
  }, 120_000)

  it.each([
    ['transfer', 'change-education', 'while-transfer'],
    ['objection', 'transfer', 'transfer-while-conduct'],
  ] as const)('%s that is under way is seen by %s', async (first, second, code) => {
    const { deps, actor, idOf, send } = await everythingFilled(open)
    const slow = holding(deps)
    const sending = submitCase(slow.deps, actor, { caseId: idOf(first), declared: true })
    await slow.reached
    const meanwhile = outcomeOf(send(second))
    setTimeout(slow.release, 50)
    await sending
    expect(await meanwhile).toEqual(['refused', code])
  })
})
