import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { caseById, eventsOfCase, roundsOf } from '#db/queries/cases.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { releaseCase } from '#lib/commands/release-case.ts'
import { saveOpinions } from '#lib/commands/save-opinions.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import { isFault } from '#lib/domain/errors.ts'
import { collectionDesk } from '#lib/views/collection.ts'
import { documentDesk } from '#lib/views/document-case.ts'
import { outcomeOf } from '#lib/views/outcome.ts'
import { rowIds, submittedCase, submittedIdentity } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, testDeps } from '#tests/support/deps.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const minutes = (count: number) => count * 60_000

async function submitted(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const { actor } = await makeApplicant(deps)
  const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
  const caseId = await submittedCase(deps, actor, places.tianhe)
  const now = async () => {
    const found = await caseById(deps.store.read, deps.store.t, caseId)
    if (!found) throw new Error('no case')
    return found
  }
  const offered = async () => {
    const desk = await collectionDesk(deps, actor)
    if (!desk) throw new Error('no desk')
    return (await outcomeOf(deps, desk)).withdrawable
  }
  return { deps, actor, reviewer, caseId, now, offered }
}

const codes = async (attempt: Promise<unknown>) => {
  try {
    await attempt
  } catch (error) {
    if (!isFault(error)) throw error
    return [error.code, ...error.issues.map(({ code }) => code)]
  }
  return ['done']
}

describeEachEngine('撤回 (SUB-3)', (open) => {
  it('makes a waiting case a draft again, and the round a withdrawn one', async () => {
    const { deps, actor, caseId, now, offered } = await submitted(open)
    expect(await offered()).toBe(true)
    await withdrawCase(deps, actor, { caseId })
    expect(await now()).toMatchObject({ state: 'draft', round: 1, dueOn: '' })
    expect(await roundsOf(deps.store.read, deps.store.t, caseId)).toMatchObject([{ outcome: 'withdrawn' }])
    expect(await offered()).toBe(false)
    await withdrawCase(deps, actor, { caseId })
    const events = await eventsOfCase(deps.store.read, deps.store.t, caseId)
    expect(events.filter(({ kind }) => kind === 'case.withdrawn')).toHaveLength(1)
  })

  it('is refused for a draft that was never submitted', async () => {
    const deps = testDeps(await open())
    const { actor } = await makeApplicant(deps)
    const caseId = await openDraft(deps, actor, 'collection')
    expect(await codes(withdrawCase(deps, actor, { caseId }))).toEqual(['refused', 'state-not-allowed'])
  })

  it('is refused while a reviewer holds the case, and allowed from the moment the lease has ended', async () => {
    const { deps, actor, reviewer, caseId, now, offered } = await submitted(open)
    await claimCase(deps, reviewer, { caseId })
    deps.clock.advance(minutes(30) - 1)
    expect(await offered()).toBe(false)
    expect(await codes(withdrawCase(deps, actor, { caseId }))).toEqual(['refused', 'withdraw-while-claimed'])
    expect((await now()).state).toBe('in_review')

    deps.clock.advance(1)
    expect(await offered()).toBe(true)
    await withdrawCase(deps, actor, { caseId })
    expect(await now()).toMatchObject({
      state: 'draft',
      claimedBy: null,
      claimedAt: null,
      claimedUntil: null,
    })
    expect(await codes(claimCase(deps, reviewer, { caseId }))).toEqual(['not-found'])
  })

  it('is nobody else’s to press', async () => {
    const { deps, reviewer, caseId } = await submitted(open)
    const other = await makeApplicant(deps)
    expect(await codes(withdrawCase(deps, other.actor, { caseId }))).toEqual(['not-found'])
    await claimCase(deps, reviewer, { caseId })
    expect(await codes(withdrawCase(deps, other.actor, { caseId }))).toEqual(['not-found'])
  })

  it.each(['released', 'ended'])(
    'leaves nothing to mend of what was noted under a lease that was %s',
    async (how) => {
      const { deps, actor, reviewer, caseId, now } = await submitted(open)
      await claimCase(deps, reviewer, { caseId })
      await saveOpinions(deps, reviewer, {
        caseId,
        version: (await now()).version,
        opinions: {
          verdicts: { education: 'problem', basic: 'pass' },
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
      // What is noted down and not yet told shows nowhere (REV-4).
      const standing = async () => (await collectionDesk(deps, actor))?.draft.standing('education')
      expect(await standing()).toBe('complete')
      if (how === 'released') await releaseCase(deps, reviewer, { caseId })
      else deps.clock.advance(minutes(31))
      await withdrawCase(deps, actor, { caseId })
      expect(await standing()).toBe('complete')
      const { t, read } = deps.store
      expect(await read.select().from(t.finding).where(eq(t.finding.caseId, caseId))).toEqual([])
      await submitCase(deps, actor, { caseId, declared: true })
      expect(await now()).toMatchObject({ state: 'waiting', round: 2 })
      expect(await standing()).toBe('complete')
    },
  )

  it('is offered for 实名认证 by pictures under the same rule', async () => {
    const deps = testDeps(await open())
    const places = await seedDepartments(deps)
    const { actor } = await makeApplicant(deps, { verified: false })
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.guangzhouOwn })
    const caseId = await submittedIdentity(deps, actor, places.guangzhou)
    const offered = async () => (await documentDesk(deps, actor, 'identity')).withdrawable
    expect(await offered()).toBe(true)
    await claimCase(deps, reviewer, { caseId })
    expect(await offered()).toBe(false)
    deps.clock.advance(minutes(30))
    expect(await offered()).toBe(true)
    await withdrawCase(deps, actor, { caseId })
    expect(await offered()).toBe(false)
  })
})
