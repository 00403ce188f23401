import { eq, inArray } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { caseFile } from '#db/queries/case-file.ts'
import { roundFactsContext, roundsOf } from '#db/queries/cases.ts'
import { removeFile } from '#lib/commands/attach-file.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import type { Fact } from '#lib/readers/facts.ts'
import { factText } from '#lib/text/facts.ts'
import { collectionDesk } from '#lib/views/collection.ts'
import { outcomeOf } from '#lib/views/outcome.ts'
import { ownData } from '#lib/views/own-data.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { filledCase, putPicture, rowIds, submittedCase, submittedIdentity } from '#tests/support/cases.ts'
import {
  makeApplicant,
  makeStaff,
  newMainlandNumber,
  seedDepartments,
  type TestDeps,
  testDeps,
} from '#tests/support/deps.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

async function office(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const reviewer = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
  return { deps, places, reviewer: reviewer.actor }
}

async function factsIn({ store, keys }: TestDeps, caseId: string, round = 1): Promise<Fact[]> {
  const found = (await roundsOf(store.read, store.t, caseId)).find((one) => one.round === round)
  return JSON.parse(keys.unseal(found?.factsSealed ?? '', roundFactsContext(caseId, round)))
}
const codesIn = async (deps: TestDeps, caseId: string, round = 1) =>
  (await factsIn(deps, caseId, round)).map(({ code }) => code)

async function placed({ store, keys }: TestDeps, caseId: string, slot: string) {
  const file = (await caseFile(store.read, store.t, keys, caseId))?.files.find((one) => one.slot === slot)
  if (!file) throw new Error(`nothing in ${slot}`)
  return file
}

/** Makes these files one picture: uploads of it have the same digest. */
const same = ({ store }: TestDeps, digest: string, ...ids: readonly string[]) =>
  store.tx((q) => q.update(store.t.storedFile).set({ digest }).where(inArray(store.t.storedFile.id, ids)))

/** A filled case whose picture in this slot is the one of this digest. */
async function withPicture(deps: TestDeps, actor: Applicant, departmentId: string, slot: string) {
  const caseId = await filledCase(deps, actor, departmentId)
  await same(deps, 'd'.repeat(64), (await placed(deps, caseId, slot)).fileId)
  return caseId
}
const submit = (deps: TestDeps, actor: Applicant, caseId: string) =>
  submitCase(deps, actor, { caseId, declared: true })

describeEachEngine('the facts of a submission (CHK-3)', (open) => {
  it('are computed once, with the round, and sealed', async () => {
    const { deps, places } = await office(open)
    const { actor } = await makeApplicant(deps)
    const caseId = await submittedCase(deps, actor, places.tianhe)
    const stored = async () =>
      (await roundsOf(deps.store.read, deps.store.t, caseId)).map(({ factsSealed }) => factsSealed)
    const first = await stored()
    expect(first.join()).not.toContain('id-agrees')
    expect(await factsIn(deps, caseId)).toMatchObject([
      { code: 'id-agrees', section: 'registration', target: 'number', tone: 'good' },
      { code: 'work-months', section: 'employment', params: { months: 173, until: '2026-11' } },
      { code: 'accounting-months', section: 'employment', params: { months: 172 } },
      { code: 'credit-code-sound', rowId: rowIds.employment, target: 'creditCode' },
    ])
    await submit(deps, actor, caseId)
    deps.clock.set('2027-03-01T02:00:00Z')
    expect(await stored()).toEqual(first)
  })

  it('are those of their round: what changed is computed anew, what was stays', async () => {
    const { deps, places } = await office(open)
    const { actor } = await makeApplicant(deps)
    const caseId = await submittedCase(deps, actor, places.tianhe)
    await withdrawCase(deps, actor, { caseId })
    deps.clock.set('2026-12-21T02:00:00Z')
    await submit(deps, actor, caseId)
    const months = async (round: number) =>
      (await factsIn(deps, caseId, round)).find(({ code }) => code === 'work-months')?.params.months
    expect([await months(1), await months(2)]).toEqual([173, 174])
  })

  it('tell a registered birth that is not that of the number', async () => {
    const { deps, places } = await office(open)
    const { actor } = await makeApplicant(deps, { number: newMainlandNumber('19900307') })
    await deps.store.tx((q) =>
      q
        .update(deps.store.t.account)
        .set({ birth: '1990-03-08' })
        .where(eq(deps.store.t.account.id, actor.id)),
    )
    const caseId = await submittedCase(deps, actor, places.tianhe)
    expect(await codesIn(deps, caseId)).toContain('id-birth-differs')
  })
})

describeEachEngine('a picture seen in somebody else’s case (CHK-3)', (open) => {
  it('is a fact of whoever submits it second, at that picture', async () => {
    const { deps, places } = await office(open)
    const [first, second] = [await makeApplicant(deps), await makeApplicant(deps)]
    const one = await withPicture(deps, first.actor, places.tianhe, 'portrait')
    await submit(deps, first.actor, one)
    expect(await codesIn(deps, one)).not.toContain('picture-elsewhere')
    const other = await withPicture(deps, second.actor, places.yuexiu, 'idFront')
    await submit(deps, second.actor, other)
    const { fileId } = await placed(deps, other, 'idFront')
    expect((await factsIn(deps, other)).filter(({ code }) => code === 'picture-elsewhere')).toEqual([
      {
        code: 'picture-elsewhere',
        section: 'basic',
        rowId: 'main',
        target: 'slot:idFront',
        tone: 'bad',
        params: { file: fileId, persons: 1 },
      },
    ])
    // What was frozen stays as it was.
    expect(await codesIn(deps, one)).not.toContain('picture-elsewhere')
  })

  it('is none where the same person sends it twice, in one case or in two', async () => {
    const { deps, places } = await office(open)
    const { actor } = await makeApplicant(deps, { verified: false })
    const identity = await submittedIdentity(deps, actor, '440100')
    await deps.store.tx((q) =>
      q
        .update(deps.store.t.account)
        .set({ identityState: 'verified' })
        .where(eq(deps.store.t.account.id, actor.id)),
    )
    const caseId = await filledCase(deps, actor, places.tianhe)
    const ids = [
      (await placed(deps, identity, 'face')).fileId,
      (await placed(deps, caseId, 'idFront')).fileId,
      (await placed(deps, caseId, 'idBack')).fileId,
    ]
    await same(deps, 'e'.repeat(64), ...ids)
    await submit(deps, actor, caseId)
    expect(await codesIn(deps, caseId)).not.toContain('picture-elsewhere')
  })

  it('is none of an account the same person had before', async () => {
    const { deps, places } = await office(open)
    const number = newMainlandNumber()
    const before = await makeApplicant(deps, { number })
    await submit(deps, before.actor, await withPicture(deps, before.actor, places.tianhe, 'portrait'))
    await deps.store.tx((q) =>
      q
        .update(deps.store.t.account)
        .set({ status: 'closed', numberIndex: null, identityIndex: null, phoneIndex: null })
        .where(eq(deps.store.t.account.id, before.actor.id)),
    )
    const now = await makeApplicant(deps, { number })
    const caseId = await withPicture(deps, now.actor, places.tianhe, 'portrait')
    await submit(deps, now.actor, caseId)
    expect(await codesIn(deps, caseId)).not.toContain('picture-elsewhere')
    // A stranger born on the same day is somebody else.
    const other = await makeApplicant(deps)
    const theirs = await withPicture(deps, other.actor, places.tianhe, 'portrait')
    await submit(deps, other.actor, theirs)
    expect(
      (await factsIn(deps, theirs)).find(({ code }) => code === 'picture-elsewhere')?.params,
    ).toMatchObject({
      persons: 2,
    })
  })

  it('is seen where it was taken out again, as long as a round holds it', async () => {
    const { deps, places } = await office(open)
    const [first, second] = [await makeApplicant(deps), await makeApplicant(deps)]
    const one = await withPicture(deps, first.actor, places.tianhe, 'portrait')
    await submit(deps, first.actor, one)
    await withdrawCase(deps, first.actor, { caseId: one })
    const { attachmentId } = await placed(deps, one, 'portrait')
    await removeFile(deps, first.actor, { caseId: one, attachmentId })
    const other = await withPicture(deps, second.actor, places.tianhe, 'portrait')
    await submit(deps, second.actor, other)
    expect(await codesIn(deps, other)).toContain('picture-elsewhere')
  })

  it('is told quietly of the certificate of an employer, and counts people, not uploads', async () => {
    const { deps, places } = await office(open)
    const [first, second] = [await makeApplicant(deps), await makeApplicant(deps)]
    const one = await withPicture(deps, first.actor, places.tianhe, 'creditProof')
    const place = {
      caseId: one,
      section: 'employment',
      rowId: rowIds.employment,
      slot: 'creditProof',
    } as const
    await putPicture(deps, first.actor, place)
    const { store } = deps
    const held = (await caseFile(store.read, store.t, deps.keys, one))?.files ?? []
    const ids = held.filter(({ slot }) => slot === 'creditProof').map(({ fileId }) => fileId)
    expect(ids).toHaveLength(2)
    await same(deps, 'd'.repeat(64), ...ids)
    await submit(deps, first.actor, one)
    const other = await withPicture(deps, second.actor, places.tianhe, 'creditProof')
    await submit(deps, second.actor, other)
    expect((await factsIn(deps, other)).at(-1)).toMatchObject({
      code: 'employer-picture-elsewhere',
      tone: 'quiet',
      params: { persons: 1 },
    })
  })
})

describeEachEngine('who reads facts (CHK-3)', (open) => {
  it('the reviewer does, the applicant never', async () => {
    const { deps, places, reviewer } = await office(open)
    const [first, second] = [await makeApplicant(deps), await makeApplicant(deps)]
    await submit(deps, first.actor, await withPicture(deps, first.actor, places.tianhe, 'portrait'))
    const caseId = await withPicture(deps, second.actor, places.tianhe, 'portrait')
    await submit(deps, second.actor, caseId)
    const facts = await factsIn(deps, caseId)
    expect(facts.map(({ code }) => code)).toContain('picture-elsewhere')
    const view = await reviewCase(deps, reviewer, caseId)
    expect(view.sections.flatMap((section) => section.facts.map(({ code }) => code)).sort()).toEqual(
      facts.map(({ code }) => code).sort(),
    )
    const { actor } = second
    const desk = await collectionDesk(deps, actor)
    if (!desk) throw new Error('no desk')
    const seen = JSON.stringify([
      (await ownData(deps, actor)).data,
      await outcomeOf(deps, desk),
      await deps.store.read.select().from(deps.store.t.message),
      deps.sent,
    ])
    for (const { code, params } of facts) {
      expect(seen).not.toContain(code)
      expect(seen).not.toContain(factText({ code, params }))
    }
    expect(seen).not.toContain('另外 1 个账户')
  })
})
