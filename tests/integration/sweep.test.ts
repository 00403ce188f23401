import { eq } from 'drizzle-orm'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { ReviewedSection } from '#app/(reviewer)/review/[caseId]/reviewed-section.tsx'
import { caseById, eventsOfCase } from '#db/queries/cases.ts'
import { collection } from '#lib/cases/collection.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { refuseCase } from '#lib/commands/refuse-case.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import type { Applicant, Staff } from '#lib/domain/actor.ts'
import { isFault } from '#lib/domain/errors.ts'
import { sweep } from '#lib/jobs/sweep.ts'
import { collectionDesk } from '#lib/views/collection.ts'
import { documentDesk } from '#lib/views/document-case.ts'
import { applicantHome } from '#lib/views/home.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import {
  filledCase,
  putPicture,
  rowIds,
  submittedAppeal,
  submittedCase,
  submittedCorrection,
  submittedIdentity,
  typedRows,
  typeRow,
} from '#tests/support/cases.ts'
import { account, inboxOf, noOpinions, pass, refuse, sendBack, textsTo } from '#tests/support/claims.ts'
import {
  type ApplicantWish,
  makeApplicant,
  makeClaimant,
  makeStaff,
  seedDepartments,
  type TestDeps,
  testDeps,
} from '#tests/support/deps.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const day = 24 * 3_600_000

async function office(open: Open, wish: ApplicantWish = {}) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const { actor } = await makeApplicant(deps, wish)
  return { deps, places, actor }
}

const kept = async ({ store }: TestDeps, caseId: string) => {
  const { t, read } = store
  const [sections, attachments, files] = [
    await read.select().from(t.caseSection).where(eq(t.caseSection.caseId, caseId)),
    await read.select().from(t.attachment).where(eq(t.attachment.caseId, caseId)),
    await read.select().from(t.storedFile),
  ]
  return { sections: sections.length, attachments: attachments.length, files: files.length }
}
const keysOf = async ({ store }: TestDeps) =>
  (await store.read.select({ key: store.t.storedFile.storageKey }).from(store.t.storedFile)).map(
    ({ key }) => key,
  )
const caseOf = ({ store }: TestDeps, caseId: string) => caseById(store.read, store.t, caseId)
const kindsOf = async ({ store }: TestDeps, caseId: string) =>
  (await eventsOfCase(store.read, store.t, caseId)).map(({ kind }) => kind)

const everything = { sections: 6, attachments: 6, files: 6 }
const nothing = { sections: 0, attachments: 0, files: 0 }

describeEachEngine('drafts that nobody goes on with (COL-2)', (open) => {
  it('are kept for ninety days after the last save, then ended with their pictures', async () => {
    const { deps, places, actor } = await office(open)
    const caseId = await filledCase(deps, actor, places.tianhe)
    deps.clock.advance(60 * day)
    await typeRow(
      deps,
      actor,
      { caseId, section: 'basic', rowId: 'main', rev: 1 },
      {
        ...typedRows.basic,
        email: 'later@example.com',
      },
    )
    deps.clock.advance(90 * day)
    await sweep(deps)
    expect(await kept(deps, caseId)).toEqual(everything)
    expect((await caseOf(deps, caseId))?.state).toBe('draft')

    const keys = await keysOf(deps)
    deps.clock.advance(1)
    await sweep(deps)
    expect(await kept(deps, caseId)).toEqual(nothing)
    expect(await caseOf(deps, caseId)).toMatchObject({ state: 'cancelled', openKey: null })
    expect(keys).toHaveLength(6)
    for (const key of keys) expect(await deps.files.get(key)).toBeNull()
    expect((await kindsOf(deps, caseId)).at(-1)).toBe('draft.ended')

    await sweep(deps)
    expect((await kindsOf(deps, caseId)).filter((kind) => kind === 'draft.ended')).toHaveLength(1)
    // Told once, in the inbox and by SMS.
    const { t, read } = deps.store
    expect(await read.select().from(t.message)).toMatchObject([
      { accountId: actor.id, kind: 'draft-ended', caseId, data: { kind: 'collection', days: 90 } },
    ])
    expect(await textsTo(deps, (await account(deps, actor.id)).phone)).toEqual([
      expect.stringContaining('信息采集草稿已清除'),
    ])
  })

  it('keeps a draft in which a picture was the last change', async () => {
    const { deps, places, actor } = await office(open)
    const caseId = await filledCase(deps, actor, places.tianhe)
    deps.clock.advance(80 * day)
    await putPicture(deps, actor, { caseId, section: 'basic', rowId: 'main', slot: 'portrait' })
    deps.clock.advance(80 * day)
    await sweep(deps)
    expect((await caseOf(deps, caseId))?.state).toBe('draft')
  })

  it('look as if never begun, and another may be begun', async () => {
    const { deps, actor } = await office(open)
    const old = await openDraft(deps, actor, 'collection')
    const pictures = await openDraft(deps, actor, 'identity')
    deps.clock.advance(91 * day)
    await sweep(deps)
    expect(await collectionDesk(deps, actor)).toBeNull()
    expect((await documentDesk(deps, actor, 'identity')).desk).toBeNull()
    expect((await applicantHome(deps, actor, 'verified')).steps.map(({ id }) => id)).toEqual(['start'])
    const fresh = await openDraft(deps, actor, 'collection')
    expect(fresh).not.toBe(old)
    expect(await openDraft(deps, actor, 'identity')).not.toBe(pictures)
    expect((await collectionDesk(deps, actor))?.file.case).toMatchObject({ id: fresh, state: 'draft' })
  })

  it('refuse a save that was under way when they were ended', async () => {
    const { deps, places, actor } = await office(open)
    const caseId = await filledCase(deps, actor, places.tianhe)
    deps.clock.advance(91 * day)
    await sweep(deps)
    const late = typeRow(
      deps,
      actor,
      { caseId, section: 'basic', rowId: 'main', rev: 1 },
      {
        ...typedRows.basic,
        email: 'late@example.com',
      },
    )
    await expect(late).rejects.toSatisfy((error) => isFault(error, 'refused'))
    expect(await kept(deps, caseId)).toEqual(nothing)
  })

  it('are either saved or ended when both happen at once', async () => {
    const { deps, places, actor } = await office(open)
    const caseId = await filledCase(deps, actor, places.tianhe)
    deps.clock.advance(91 * day)
    const saving = typeRow(
      deps,
      actor,
      { caseId, section: 'basic', rowId: 'main', rev: 1 },
      {
        ...typedRows.basic,
        email: 'race@example.com',
      },
    ).then(
      () => 'saved',
      (error) => (isFault(error, 'stale') || isFault(error, 'refused') ? 'refused' : String(error)),
    )
    const [saved] = await Promise.all([saving, sweep(deps)])
    const state = (await caseOf(deps, caseId))?.state
    expect([saved, state, await kept(deps, caseId)]).toEqual(
      state === 'draft' ? ['saved', 'draft', everything] : ['refused', 'cancelled', nothing],
    )
  })

  it('are ended however many there are', async () => {
    const { deps } = await office(open)
    const ids: string[] = []
    for (let i = 0; i < 103; i += 1) {
      const { actor } = await makeApplicant(deps)
      ids.push(await openDraft(deps, actor, 'collection'))
    }
    deps.clock.advance(91 * day)
    const { actor } = await makeApplicant(deps)
    const young = await openDraft(deps, actor, 'collection')
    await sweep(deps)
    const { t, read } = deps.store
    const left = await read.select().from(t.serviceCase).where(eq(t.serviceCase.state, 'draft'))
    expect(left.map(({ id }) => id)).toEqual([young])
    expect(await read.select().from(t.event).where(eq(t.event.kind, 'draft.ended'))).toHaveLength(ids.length)
  })

  it('stay when they were submitted before: withdrawn or returned', async () => {
    const { deps, places, actor } = await office(open)
    const withdrawn = await submittedCase(deps, actor, places.tianhe)
    await withdrawCase(deps, actor, { caseId: withdrawn })
    const other = await makeApplicant(deps)
    const returned = await submittedCase(deps, other.actor, places.tianhe)
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
    await claimCase(deps, reviewer, { caseId: returned })
    await returnCase(deps, reviewer, {
      caseId: returned,
      version: (await caseOf(deps, returned))?.version ?? 0,
      opinions: {
        verdicts: {
          ...Object.fromEntries(collection.sections.map((section) => [section, 'pass'])),
          education: 'problem',
        },
        findings: [
          {
            at: 'finding.education.0',
            section: 'education',
            rowId: rowIds.education,
            target: 'slot:diploma',
            reason: 'diploma-missing',
            note: '请上传毕业证书',
          },
        ],
      },
    })
    deps.clock.advance(400 * day)
    await sweep(deps)
    expect((await caseOf(deps, withdrawn))?.state).toBe('draft')
    expect((await caseOf(deps, returned))?.state).toBe('returned')
    expect(await kept(deps, withdrawn)).toEqual({ ...everything, files: 12 })
    expect(await kept(deps, returned)).toEqual({ ...everything, files: 12 })
  })
})

async function decidedIdentity(
  deps: TestDeps,
  actor: Applicant,
  reviewer: Staff,
  outcome: 'approve' | 'refuse',
) {
  const caseId = await submittedIdentity(deps, actor, '440100')
  await claimCase(deps, reviewer, { caseId })
  const version = (await caseOf(deps, caseId))?.version ?? 0
  if (outcome === 'approve')
    await approveCase(deps, reviewer, {
      caseId,
      version,
      opinions: { verdicts: { identity: 'pass' }, findings: [] },
    })
  else await refuseCase(deps, reviewer, { caseId, version, note: '不是本人', opinions: noOpinions })
  return caseId
}

describeEachEngine('pictures of a decided 实名认证 (IDV-4)', (open) => {
  it('are deleted thirty days after the decision, wherever they were', async () => {
    const { deps, places, actor } = await office(open, { verified: false })
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.guangzhouOwn })
    const { actor: other } = await makeApplicant(deps, { verified: false })
    const approved = await decidedIdentity(deps, actor, reviewer, 'approve')
    const refused = await decidedIdentity(deps, other, reviewer, 'refuse')
    const collected = await submittedCase(deps, actor, places.tianhe)
    const { t, read } = deps.store
    const keys = await keysOf(deps)
    expect(keys).toHaveLength(12)
    deps.clock.advance(30 * day)
    await sweep(deps)
    expect(await keysOf(deps)).toHaveLength(12)
    expect((await caseOf(deps, approved))?.picturesEndedAt).toBeNull()

    deps.clock.advance(1)
    await sweep(deps)
    const left = await keysOf(deps)
    expect(left).toHaveLength(6)
    for (const key of keys) expect((await deps.files.get(key)) !== null).toBe(left.includes(key))
    expect(new Set((await read.select().from(t.attachment)).map(({ caseId }) => caseId))).toEqual(
      new Set([collected]),
    )
    expect(new Set((await read.select().from(t.roundFile)).map(({ caseId }) => caseId))).toEqual(
      new Set([collected]),
    )
    for (const caseId of [approved, refused]) {
      expect((await caseOf(deps, caseId))?.picturesEndedAt).toEqual(deps.clock.now())
      expect((await kindsOf(deps, caseId)).at(-1)).toBe('pictures.ended')
    }
    expect((await caseOf(deps, collected))?.picturesEndedAt).toBeNull()

    await sweep(deps)
    expect((await kindsOf(deps, approved)).filter((kind) => kind === 'pictures.ended')).toHaveLength(1)
  })

  it('follow the setting', async () => {
    const deps = testDeps(await open(), { env: { LIMITS_IDENTITY_PICTURE_DAYS: '3' } })
    const places = await seedDepartments(deps)
    const { actor } = await makeApplicant(deps, { verified: false })
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.guangzhouOwn })
    await decidedIdentity(deps, actor, reviewer, 'approve')
    deps.clock.advance(3 * day + 1)
    await sweep(deps)
    expect(await keysOf(deps)).toEqual([])
  })

  it('stay while the case waits or is being mended', async () => {
    const { deps, places, actor } = await office(open, { verified: false })
    const waiting = await submittedIdentity(deps, actor, '440100')
    const { actor: other } = await makeApplicant(deps, { verified: false })
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.guangzhouOwn })
    const returned = await submittedIdentity(deps, other, '440100')
    await claimCase(deps, reviewer, { caseId: returned })
    await returnCase(deps, reviewer, {
      caseId: returned,
      version: (await caseOf(deps, returned))?.version ?? 0,
      opinions: {
        verdicts: { identity: 'problem' },
        findings: [
          {
            at: 'finding.identity.0',
            section: 'identity',
            rowId: 'main',
            target: 'slot:holding',
            reason: 'other',
            note: '请重新拍摄',
          },
        ],
      },
    })
    deps.clock.advance(90 * day)
    await sweep(deps)
    expect((await caseOf(deps, waiting))?.state).toBe('waiting')
    expect((await caseOf(deps, returned))?.state).toBe('returned')
    expect(await keysOf(deps)).toHaveLength(6)
    expect((await applicantHome(deps, actor, 'none')).steps.map(({ id }) => id)).toEqual(['identityWaiting'])
    expect((await applicantHome(deps, other, 'none')).steps.map(({ id }) => id)).toEqual(['identityReturned'])

    // Mended by nobody for longer than a draft is kept: the case ends, and its pictures as those of any other.
    deps.clock.advance(1)
    await sweep(deps)
    expect((await caseOf(deps, waiting))?.state).toBe('waiting')
    expect(await caseOf(deps, returned)).toMatchObject({
      state: 'cancelled',
      openKey: null,
      decidedAt: deps.clock.now(),
    })
    expect((await kindsOf(deps, returned)).at(-1)).toBe('case.cancelled')
    expect((await applicantHome(deps, other, 'none')).steps.map(({ id }) => id)).toEqual(['identity'])
    expect(await keysOf(deps)).toHaveLength(6)
    deps.clock.advance(30 * day + 1)
    await sweep(deps)
    expect(await kept(deps, returned)).toMatchObject({ attachments: 0, files: 3 })
    expect((await kindsOf(deps, returned)).filter((kind) => kind === 'case.cancelled')).toHaveLength(1)
  })

  it('end after a withdrawal that nobody goes on with', async () => {
    const { deps, actor } = await office(open, { verified: false })
    const caseId = await submittedIdentity(deps, actor, '440100')
    await withdrawCase(deps, actor, { caseId })
    deps.clock.advance(90 * day)
    await sweep(deps)
    expect((await caseOf(deps, caseId))?.state).toBe('draft')
    deps.clock.advance(1)
    await sweep(deps)
    expect((await caseOf(deps, caseId))?.state).toBe('cancelled')
    deps.clock.advance(30 * day + 1)
    await sweep(deps)
    expect(await keysOf(deps)).toEqual([])
    expect(await openDraft(deps, actor, 'identity')).not.toBe(caseId)
  })

  it('are named in words afterwards, where a reviewer looks at the old case', async () => {
    const { deps, places, actor } = await office(open, { verified: false })
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.guangzhouOwn })
    const caseId = await decidedIdentity(deps, actor, reviewer, 'approve')
    const shown = async () => {
      const { sections, audience } = await reviewCase(deps, reviewer, caseId)
      return sections
        .map((section) => renderToStaticMarkup(createElement(ReviewedSection, { caseId, section, audience })))
        .join('')
    }
    expect(await shown()).toMatch(/<img /)
    deps.clock.advance(31 * day)
    await sweep(deps)
    const after = await shown()
    expect(after).not.toMatch(/<img /)
    expect(after.match(/图片已按期删除/g)).toHaveLength(3)
  })
})

describeEachEngine('pictures of other cases that are decided', (open) => {
  it('go as those of 实名认证 do: a correction, an appeal, and one that nobody mends', async () => {
    const { deps, places, actor } = await office(open)
    const [first, second] = [
      (await makeStaff(deps, { role: 'reviewer', departmentId: places.guangzhouOwn })).actor,
      (await makeStaff(deps, { role: 'reviewer', departmentId: places.guangzhouOwn })).actor,
    ]
    const { number } = await makeApplicant(deps, { verified: false })
    const { actor: claimant } = await makeClaimant(deps, { number })
    const { actor: idle } = await makeApplicant(deps)
    const correction = await submittedCorrection(deps, actor, { newName: '张叁' })
    const appeal = await submittedAppeal(deps, claimant)
    const returned = await submittedCorrection(deps, idle, { newName: '张四' })
    for (const caseId of [correction, appeal]) {
      await pass(deps, first, caseId)
      await pass(deps, second, caseId)
    }
    await sendBack(deps, first, returned, 'slot:proof')
    deps.clock.advance(30 * day + 1000)
    await sweep(deps)
    for (const caseId of [correction, appeal]) {
      expect((await kindsOf(deps, caseId)).at(-1)).toBe('pictures.ended')
      expect(await kept(deps, caseId)).toMatchObject({ attachments: 0, files: 3 })
    }
    expect((await caseOf(deps, returned))?.state).toBe('returned')
    deps.clock.advance(60 * day)
    await sweep(deps)
    expect((await caseOf(deps, returned))?.state).toBe('cancelled')
    deps.clock.advance(30 * day + 1)
    await sweep(deps)
    expect(await keysOf(deps)).toEqual([])
  })
})

describeEachEngine('claims that nobody pursues (ACC-9)', (open) => {
  const statusOf = async (deps: TestDeps, id: string) => (await account(deps, id)).status
  async function claiming(open: Open) {
    const scene = await office(open, { verified: false })
    const { number } = await makeApplicant(scene.deps, { verified: false })
    return { ...scene, claimant: (await makeClaimant(scene.deps, { number })).actor, number }
  }

  it('end after ninety days without an appeal, and free the phone', async () => {
    const { deps, claimant, actor } = await claiming(open)
    deps.clock.advance(90 * day)
    await sweep(deps)
    expect(await statusOf(deps, claimant.id)).toBe('claiming')
    deps.clock.advance(1)
    await sweep(deps)
    await sweep(deps)
    expect(await account(deps, claimant.id)).toMatchObject({ status: 'closed', phone: '', phoneIndex: null })
    expect(await statusOf(deps, actor.id)).toBe('active')
    const { t, read } = deps.store
    const closed = await read.select().from(t.event).where(eq(t.event.kind, 'account.closed'))
    expect(closed).toMatchObject([{ personId: claimant.id, actorId: null, data: { reason: 'claim-idle' } }])
  })

  it('stay while an appeal is open, and for ninety days after it ended', async () => {
    const { deps, places, claimant } = await claiming(open)
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.guangzhouOwn })
    const caseId = await submittedAppeal(deps, claimant)
    deps.clock.advance(100 * day)
    await sweep(deps)
    expect(await statusOf(deps, claimant.id)).toBe('claiming')
    await refuse(deps, reviewer, caseId)
    deps.clock.advance(90 * day)
    await sweep(deps)
    expect(await statusOf(deps, claimant.id)).toBe('claiming')
    deps.clock.advance(1)
    await sweep(deps)
    expect(await statusOf(deps, claimant.id)).toBe('closed')
  })

  it('end in their time after their draft was ended', async () => {
    const { deps, claimant } = await claiming(open)
    await openDraft(deps, claimant, 'appeal')
    deps.clock.advance(90 * day + 1)
    await sweep(deps)
    expect(await statusOf(deps, claimant.id)).toBe('claiming')
    expect(await inboxOf(deps, claimant.id)).toEqual(['draft-ended'])
    deps.clock.advance(90 * day + 1)
    await sweep(deps)
    expect(await statusOf(deps, claimant.id)).toBe('closed')
  })
})
