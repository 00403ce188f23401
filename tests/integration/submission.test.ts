import { and, eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { accountById } from '#db/queries/accounts.ts'
import { roundContext, roundsOf } from '#db/queries/cases.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { attachFile, removeFile } from '#lib/commands/attach-file.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { refuseCase } from '#lib/commands/refuse-case.ts'
import { removeEntry } from '#lib/commands/remove-entry.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { isFault } from '#lib/domain/errors.ts'
import { newFileKey } from '#lib/files/store.ts'
import { asPosted } from '#lib/readers/sample.ts'
import { filesIn, type Snapshot } from '#lib/readers/snapshot.ts'
import { ruleVersion } from '#lib/sections/rule-version.ts'
import { caseRow, eventsOf, everythingOf, holding, placed, rowsOf } from '#tests/support/case-state.ts'
import {
  filledCase,
  putPicture,
  rowIds,
  submittedIdentity,
  typedRows,
  typeRow,
} from '#tests/support/cases.ts'
import { noOpinions } from '#tests/support/claims.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

async function office(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const applicant = await makeApplicant(deps)
  return { deps, places, applicant, actor: applicant.actor }
}

/** A collection that is ready to be sent. */
async function filled(open: Open) {
  const scene = await office(open)
  const { deps, actor, places } = scene
  const caseId = await filledCase(deps, actor, places.tianhe)
  const submit = (declared = true) => submitCase(deps, actor, { caseId, declared })
  return { ...scene, caseId, submit }
}

async function obstaclesOf(attempt: Promise<unknown>): Promise<string[]> {
  try {
    await attempt
  } catch (error) {
    if (isFault(error, 'refused')) return error.issues.map(({ at, code }) => `${at} ${code}`)
    throw error
  }
  return []
}

const rounds = ({ store }: TestDeps, caseId: string) => roundsOf(store.read, store.t, caseId)
async function snapshotOf(deps: TestDeps, caseId: string, number = 1): Promise<Snapshot> {
  const round = (await rounds(deps, caseId)).find((one) => one.round === number)
  return JSON.parse(deps.keys.unseal(round?.snapshotSealed ?? '', roundContext(caseId, number)))
}
const shown = (snapshot: Snapshot, section: string, key: string) =>
  snapshot.sections
    .find((one) => one.section === section)
    ?.rows.flatMap(({ answers }) => answers)
    .find((answer) => answer.key === key)?.shown

const findingAt = (section: string, rowId: string, target: string, reason: string) => ({
  at: `finding.${section}.0`,
  section,
  rowId,
  target,
  reason,
  note: '请核对',
})

describeEachEngine('submitting', (open) => {
  it('an empty collection names everything that is missing, at once', async () => {
    const { deps } = await office(open)
    const { actor } = await makeApplicant(deps, { verified: false })
    const caseId = await openDraft(deps, actor, 'collection')
    const before = await everythingOf(deps, caseId)
    expect(await obstaclesOf(submitCase(deps, actor, { caseId, declared: false }))).toEqual([
      'section:department section-incomplete',
      'section:scope section-incomplete',
      'section:basic section-incomplete',
      'section:education section-incomplete',
      'null identity-required',
      'declared declaration-required',
    ])
    expect(await everythingOf(deps, caseId)).toEqual(before)
  })

  it('needs the declaration, each time', async () => {
    const { deps, caseId, submit } = await filled(open)
    expect(await obstaclesOf(submit(false))).toEqual(['declared declaration-required'])
    expect((await caseRow(deps, caseId)).state).toBe('draft')
  })

  it('needs 实名认证 first', async () => {
    const { deps, places } = await office(open)
    const { actor } = await makeApplicant(deps, { verified: false })
    const caseId = await filledCase(deps, actor, places.tianhe)
    expect(await obstaclesOf(submitCase(deps, actor, { caseId, declared: true }))).toEqual([
      'null identity-required',
    ])
  })

  it('is refused for one field, one picture, or a department that has closed', async () => {
    const { deps, actor, places, caseId, submit } = await filled(open)
    const { t } = deps.store
    await saveEntry(deps, actor, {
      caseId,
      section: 'basic',
      rowId: 'main',
      rev: 1,
      form: asPosted({ ...typedRows.basic, email: 'nobody' }),
    })
    const resume = (await placed(deps, caseId)).find(({ slot }) => slot === 'resume')
    await removeFile(deps, actor, { caseId, attachmentId: resume?.attachmentId ?? '' })
    await deps.store.tx((q) =>
      q.update(t.department).set({ active: false }).where(eq(t.department.id, places.tianhe)),
    )
    expect(await obstaclesOf(submit())).toEqual([
      'section:department section-incomplete',
      'section:basic section-incomplete',
      'section:employment section-incomplete',
    ])
    expect(await rounds(deps, caseId)).toEqual([])
  })

  it('freezes answers, files, claims and the rules of the day', async () => {
    const { deps, actor, places, caseId, submit } = await filled(open)
    const files = (await placed(deps, caseId)).map(({ fileId }) => fileId).sort()
    await submit()
    const { read, t } = deps.store
    expect(await rounds(deps, caseId)).toMatchObject([
      { round: 1, ruleVersion, departmentId: places.tianhe, submittedAt: deps.clock.now() },
    ])
    const snapshot = await snapshotOf(deps, caseId)
    expect(snapshot.sections.map(({ section }) => section)).toEqual([
      'registration',
      'department',
      'scope',
      'basic',
      'education',
      'employment',
      'qualifications',
    ])
    expect(shown(snapshot, 'department', 'departmentId')).toBe('广东省广州市天河区')
    expect(shown(snapshot, 'basic', 'address')).toBe(typedRows.basic.address)
    expect(filesIn(snapshot).sort()).toEqual(files)
    const frozen = await read.select().from(t.roundFile).where(eq(t.roundFile.caseId, caseId))
    expect(frozen.map(({ round, fileId }) => [round, fileId]).sort()).toEqual(files.map((id) => [1, id]))
    const claims = await read.select().from(t.claimCheck).where(eq(t.claimCheck.caseId, caseId))
    expect(
      claims.map(({ section, rowId, kind, state, round }) => [section, rowId, kind, state, round]).sort(),
    ).toEqual([
      ['education', rowIds.education, 'degree', 'unchecked', 1],
      ['education', rowIds.education, 'education', 'unchecked', 1],
      ['employment', rowIds.employment, 'credit-code', 'unchecked', 1],
      ['qualifications', rowIds.qualification, 'accounting-qualification', 'unchecked', 1],
    ])
    // What is edited afterwards does not reach what was frozen.
    await withdrawCase(deps, actor, { caseId })
    await typeRow(
      deps,
      actor,
      { caseId, section: 'basic', rowId: 'main', rev: 1 },
      {
        ...typedRows.basic,
        address: '广州市越秀区某路 2 号',
      },
    )
    await putPicture(deps, actor, { caseId, section: 'basic', rowId: 'main', slot: 'portrait' })
    expect(await snapshotOf(deps, caseId)).toEqual(snapshot)
    expect(await read.select().from(t.roundFile).where(eq(t.roundFile.caseId, caseId))).toEqual(frozen)
  })

  it('seals the snapshot for its case and round', async () => {
    const { deps, caseId, submit } = await filled(open)
    await submit()
    const [round] = await rounds(deps, caseId)
    const sealed = round?.snapshotSealed ?? ''
    expect(sealed.startsWith(deps.keys.header)).toBe(true)
    expect(() => deps.keys.unseal(sealed, roundContext(caseId, 2))).toThrow()
    expect(() => deps.keys.unseal(sealed, roundContext('another', 1))).toThrow()
  })

  it.each([
    ['over a weekend', '2026-11-20T02:00:00Z', 5, '2026-11-27'],
    ['on a Saturday', '2026-11-21T02:00:00Z', 5, '2026-11-27'],
    ['over the National Day and its working Saturday', '2026-09-30T02:00:00Z', 5, '2026-10-13'],
    ['late in the evening of UTC, which is the next day here', '2026-11-19T16:30:00Z', 1, '2026-11-23'],
    ['at a department that takes ten days', '2026-11-20T02:00:00Z', 10, '2026-12-04'],
  ] as const)('is due by working days: %s', async (_, now, reviewDays, dueOn) => {
    const { deps, places, caseId, submit } = await filled(open)
    const { t } = deps.store
    await deps.store.tx((q) =>
      q.update(t.department).set({ reviewDays }).where(eq(t.department.id, places.tianhe)),
    )
    deps.clock.set(now)
    await submit()
    expect(await caseRow(deps, caseId)).toMatchObject({
      state: 'waiting',
      dueOn,
      departmentId: places.tianhe,
      submittedAt: new Date(now),
      claimedBy: null,
    })
  })

  it('gives a number of the day, which stays for all rounds', async () => {
    const { deps, actor, caseId, submit } = await filled(open)
    deps.clock.set('2026-11-20T16:30:00Z')
    const { number } = await submit()
    expect(number).toMatch(/^C20261121\d{8}$/)
    expect((await caseRow(deps, caseId)).number).toBe(number)
    await withdrawCase(deps, actor, { caseId })
    deps.clock.set('2026-11-25T02:00:00Z')
    expect(await submit()).toEqual({ number })
    expect(await caseRow(deps, caseId)).toMatchObject({ round: 2, number, dueOn: '2026-12-02' })
  })

  it('twice, or twenty times at once, is one submission', async () => {
    const { deps, caseId, submit } = await filled(open)
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit()))
    expect(new Set(answers.map(({ number }) => number))).toEqual(new Set([(await submit()).number]))
    expect(await outcomeOf(submit(false))).toEqual(['refused', 'case-frozen'])
    expect(await rounds(deps, caseId)).toHaveLength(1)
    expect(await caseRow(deps, caseId)).toMatchObject({ round: 1, state: 'waiting' })
    expect((await eventsOf(deps, caseId)).filter((kind) => kind === 'case.submitted')).toHaveLength(1)
    const claims = await deps.store.read.select().from(deps.store.t.claimCheck)
    expect(claims).toHaveLength(4)
  })
})

describeEachEngine('submitting and editing at once', (open) => {
  type Edit = (deps: TestDeps, actor: Applicant, caseId: string) => Promise<unknown>
  const place = { section: 'employment', rowId: rowIds.employment, slot: 'workProof' } as const
  const edits: readonly (readonly [string, Edit])[] = [
    [
      'a save',
      (deps, actor, caseId) =>
        saveEntry(deps, actor, {
          caseId,
          section: 'basic',
          rowId: 'main',
          rev: 1,
          form: asPosted({ ...typedRows.basic, address: '广州市越秀区某路 2 号' }),
        }),
    ],
    [
      'a removal',
      (deps, actor, caseId) =>
        removeEntry(deps, actor, { caseId, section: 'qualifications', rowId: rowIds.qualification, rev: 1 }),
    ],
    [
      'an upload',
      (deps, actor, caseId) =>
        attachFile(deps, actor, {
          caseId,
          ...place,
          picture: {
            storageKey: newFileKey(),
            format: 'png',
            bytes: 30_000,
            width: 600,
            height: 800,
            name: 'a.png',
            digest: 'd',
          },
        }),
    ],
  ]

  /** What the reviewer judges is what the draft holds: nothing slipped in between. */
  async function agree(deps: TestDeps, caseId: string) {
    const snapshot = await snapshotOf(deps, caseId)
    const [basic] = await rowsOf(deps, caseId, 'basic')
    expect(shown(snapshot, 'basic', 'address')).toBe(basic?.values.address)
    const qualifications = snapshot.sections.find(({ section }) => section === 'qualifications')
    expect(qualifications?.rows.map(({ id }) => id)).toEqual(
      (await rowsOf(deps, caseId, 'qualifications')).map(({ id }) => id),
    )
    expect(filesIn(snapshot).sort()).toEqual((await placed(deps, caseId)).map(({ fileId }) => fileId).sort())
  }

  it.each(edits)('%s that was first is part of what is frozen', async (_, edit) => {
    const { deps, actor, caseId, submit } = await filled(open)
    const slow = holding(deps)
    const editing = edit(slow.deps, actor, caseId)
    await slow.reached
    const submitting = submit()
    setTimeout(slow.release, 100)
    await editing
    await submitting
    expect((await caseRow(deps, caseId)).state).toBe('waiting')
    await agree(deps, caseId)
  })

  it.each(edits)('%s that was second is refused', async (_, edit) => {
    const { deps, actor, caseId } = await filled(open)
    const slow = holding(deps)
    const submitting = submitCase(slow.deps, actor, { caseId, declared: true })
    await slow.reached
    const editing = outcomeOf(edit(deps, actor, caseId))
    setTimeout(slow.release, 100)
    await submitting
    expect(await editing).toEqual(['refused', 'case-frozen'])
    await agree(deps, caseId)
  })
})

describeEachEngine('taking a submission back (SUB-3)', (open) => {
  it('keeps everything typed, closes the round and hides it again', async () => {
    const { deps, actor, places, caseId, submit } = await filled(open)
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
    await submit()
    const before = await everythingOf(deps, caseId)
    await withdrawCase(deps, actor, { caseId })
    const after = await everythingOf(deps, caseId)
    expect(after.case).toMatchObject({ state: 'draft', dueOn: '', round: 1, openKey: before.case.openKey })
    expect([after.sections, after.files]).toEqual([before.sections, before.files])
    expect(after.rounds).toMatchObject([{ round: 1, outcome: 'withdrawn', decidedAt: deps.clock.now() }])
    expect(await outcomeOf(claimCase(deps, reviewer, { caseId }))).toEqual(['not-found'])
    expect(await openDraft(deps, actor, 'collection')).toBe(caseId)
  })

  it('is refused for a draft and for what was returned', async () => {
    const { deps, actor, places, caseId, submit } = await filled(open)
    const attempt = () => outcomeOf(withdrawCase(deps, actor, { caseId }))
    expect(await attempt()).toEqual(['refused', 'state-not-allowed'])
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
    await submit()
    await claimCase(deps, reviewer, { caseId })
    const { version } = await caseRow(deps, caseId)
    const findings = [findingAt('scope', 'main', 'scope', 'scope-wrong')]
    await returnCase(deps, reviewer, {
      caseId,
      version,
      opinions: { verdicts: { scope: 'problem' }, findings },
    })
    expect(await attempt()).toEqual(['refused', 'state-not-allowed'])
  })

  it('and being claimed at the same moment: one of the two', async () => {
    const { deps, actor, places, caseId, submit } = await filled(open)
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
    await submit()
    const [withdrawn, claimed] = await Promise.all([
      outcomeOf(withdrawCase(deps, actor, { caseId })),
      outcomeOf(claimCase(deps, reviewer, { caseId })),
    ])
    expect([
      ['done', 'not-found', 'draft'],
      ['withdraw-while-claimed', 'done', 'in_review'],
    ]).toContainEqual([withdrawn.at(-1), claimed.at(-1), (await caseRow(deps, caseId)).state])
  })
})

describeEachEngine('after a return (SUB-4)', (open) => {
  async function returned(opened: Open, ...findings: ReturnType<typeof findingAt>[]) {
    const scene = await filled(opened)
    const { deps, places, caseId, submit } = scene
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
    await submit()
    await claimCase(deps, reviewer, { caseId })
    const { version } = await caseRow(deps, caseId)
    const verdicts = Object.fromEntries(findings.map(({ section }) => [section, 'problem']))
    await returnCase(deps, reviewer, { caseId, version, opinions: { verdicts, findings } })
    return { ...scene, reviewer }
  }
  const wrongScope = findingAt('scope', 'main', 'scope', 'scope-wrong')
  const badPortrait = findingAt('basic', 'main', 'slot:portrait', 'portrait-unsuitable')

  it('nothing is sent again before every section named was touched', async () => {
    const { deps, actor, caseId, submit } = await returned(open, wrongScope, badPortrait)
    const awaiting = ['section:scope section-awaits-mending', 'section:basic section-awaits-mending']
    expect(await obstaclesOf(submit())).toEqual(awaiting)
    // The same form again is no mending, and neither is work on another page.
    await typeRow(deps, actor, { caseId, section: 'scope', rowId: 'main', rev: 1 }, typedRows.scope)
    await typeRow(
      deps,
      actor,
      { caseId, section: 'education', rowId: rowIds.education, rev: 1 },
      {
        ...typedRows.education,
        major: '审计学',
      },
    )
    expect(await obstaclesOf(submit())).toEqual(awaiting)
    await typeRow(
      deps,
      actor,
      { caseId, section: 'scope', rowId: 'main', rev: 1 },
      {
        scope: 'qualified_not_practising',
      },
    )
    expect(await obstaclesOf(submit())).toEqual([
      'section:basic section-awaits-mending',
      // SCO-1: they have a job of accounting.
      'section:employment section-incomplete',
    ])
    expect(await rounds(deps, caseId)).toHaveLength(1)
  })

  it('a new picture alone is mending, and the next round is the second', async () => {
    const { deps, actor, caseId, submit } = await returned(open, badPortrait)
    expect(await obstaclesOf(submit())).toEqual(['section:basic section-awaits-mending'])
    await putPicture(deps, actor, { caseId, section: 'basic', rowId: 'main', slot: 'portrait' })
    await submit()
    expect(await caseRow(deps, caseId)).toMatchObject({ state: 'waiting', round: 2, decidedAt: null })
    const [first, second] = [await snapshotOf(deps, caseId, 1), await snapshotOf(deps, caseId, 2)]
    const changed = filesIn(second).filter((id) => !filesIn(first).includes(id))
    expect(changed).toHaveLength(1)
    const { t, read } = deps.store
    const ofSecond = and(eq(t.roundFile.caseId, caseId), eq(t.roundFile.round, 2))
    expect(
      (await read.select().from(t.roundFile).where(ofSecond)).map(({ fileId }) => fileId).sort(),
    ).toEqual(filesIn(second).sort())
    const claims = await read.select().from(t.claimCheck).where(eq(t.claimCheck.round, 2))
    expect(claims.map(({ state }) => state)).toEqual(Array.from({ length: 4 }, () => 'unchecked'))
  })

  it('taking the picture out is mending too, but then one is missing', async () => {
    const { deps, actor, caseId, submit } = await returned(open, badPortrait)
    const portrait = (await placed(deps, caseId)).find(({ slot }) => slot === 'portrait')
    await removeFile(deps, actor, { caseId, attachmentId: portrait?.attachmentId ?? '' })
    expect(await obstaclesOf(submit())).toEqual(['section:basic section-incomplete'])
  })

  it('mended and taken back, it may be sent without touching it again', async () => {
    const { deps, actor, caseId, submit } = await returned(open, badPortrait)
    await putPicture(deps, actor, { caseId, section: 'basic', rowId: 'main', slot: 'portrait' })
    await submit()
    await withdrawCase(deps, actor, { caseId })
    await submit()
    expect((await rounds(deps, caseId)).map(({ round, outcome }) => [round, outcome])).toEqual([
      [1, 'returned'],
      [2, 'withdrawn'],
      [3, expect.stringMatching(/^(open)?$/)],
    ])
  })
})

describeEachEngine('线上实名认证 (IDV-3)', (open) => {
  async function unverified(opened: Open) {
    const scene = await office(opened)
    const { actor } = await makeApplicant(scene.deps, { verified: false })
    const decide = async (caseId: string, departmentId: string) => {
      const { actor: reviewer } = await makeStaff(scene.deps, { role: 'reviewer', departmentId })
      await claimCase(scene.deps, reviewer, { caseId })
      return { reviewer, version: (await caseRow(scene.deps, caseId)).version }
    }
    const stateOf = async () =>
      (await accountById(scene.deps.store.read, scene.deps.store.t, scene.deps.keys, actor.id))?.identityState
    return { ...scene, actor, decide, stateOf }
  }

  it.each([
    ['440100', '440100-own'],
    ['440300', '440300-own'],
  ])('of somebody in %s goes to %s', async (city, departmentId) => {
    const { deps, actor } = await unverified(open)
    const caseId = await submittedIdentity(deps, actor, city)
    const row = await caseRow(deps, caseId)
    expect(row).toMatchObject({ state: 'waiting', departmentId, round: 1 })
    expect(row.number).toMatch(/^R20261121\d{8}$/)
  })

  it('names pictures, city and consent when all are missing, and asks no declaration', async () => {
    const { deps, actor } = await unverified(open)
    const caseId = await openDraft(deps, actor, 'identity')
    expect(await obstaclesOf(submitCase(deps, actor, { caseId, declared: false }))).toEqual([
      'section:identity section-incomplete',
      'consent consent-required',
    ])
  })

  it('of a city without a department says so', async () => {
    const { deps, actor } = await unverified(open)
    expect(await obstaclesOf(submittedIdentity(deps, actor, '810000'))).toEqual(['null department-unknown'])
  })

  it('of somebody verified meanwhile is not needed any more', async () => {
    const { deps, actor } = await office(open)
    const attempt = submittedIdentity(deps, actor, '440100')
    expect(await obstaclesOf(attempt)).toEqual(['null identity-already-verified'])
  })

  it('refused leaves room for another, which can be approved', async () => {
    const { deps, actor, decide, stateOf } = await unverified(open)
    const first = await submittedIdentity(deps, actor, '440100')
    const { reviewer, version } = await decide(first, '440100-own')
    expect(await openDraft(deps, actor, 'identity')).toBe(first)
    await refuseCase(deps, reviewer, { caseId: first, version, note: '照片不是本人', opinions: noOpinions })
    expect(await stateOf()).toBe('none')
    // Ids and times of one millisecond have no order among themselves.
    deps.clock.advance(1)
    const second = await submittedIdentity(deps, actor, '440300')
    expect(second).not.toBe(first)
    const again = await decide(second, '440300-own')
    const opinions = { verdicts: { identity: 'pass' }, findings: [] }
    await approveCase(deps, again.reviewer, { caseId: second, version: again.version, opinions })
    expect(await stateOf()).toBe('verified')
    expect(await openDraft(deps, actor, 'identity')).toBe(second)
    expect(await outcomeOf(submitCase(deps, actor, { caseId: second, declared: true }))).toEqual([
      'refused',
      'case-frozen',
    ])
  })
})
