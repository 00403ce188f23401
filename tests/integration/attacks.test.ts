import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { expect, it, vi } from 'vitest'
import type { Q } from '#db/store.ts'
import { isSmsAway } from '#lib/adapters/sms.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { inviteStaff } from '#lib/commands/invite-staff.ts'
import { recoverPassword } from '#lib/commands/recover-password.ts'
import { releasePhone } from '#lib/commands/support/release-phone.ts'
import { smsOf } from '#lib/deps.ts'
import { newSecret } from '#lib/ids.ts'
import { openLink } from '#lib/views/invitation.ts'
import { submittedAppeal, submittedCorrection } from '#tests/support/cases.ts'
import { account, approve, pass } from '#tests/support/claims.ts'
import { sentCode } from '#tests/support/codes.ts'
import {
  makeApplicant,
  makeClaimant,
  makeStaff,
  newMainlandNumber,
  newPhone,
  seedDepartments,
  steppedClock,
  type TestDeps,
  testDeps,
  testNow,
} from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { aliyunSettings, aliyunStandIn } from '#tests/support/sms-stand-ins.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

async function office(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const staff = async (name: string, number?: string) =>
    (
      await makeStaff(deps, {
        role: 'reviewer',
        departmentId: places.guangzhouOwn,
        name,
        ...(number ? { number } : {}),
      })
    ).actor
  return { deps, staff, first: await staff('李初审'), second: await staff('王复审') }
}

/** Does `work` in a transaction that is not committed before `meanwhile` has had time to run into it. */
async function heldOpen(deps: TestDeps, work: (q: Q) => Promise<unknown>, meanwhile: () => Promise<unknown>) {
  const gate = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const holding = deps.store.tx(async (q) => {
    await work(q)
    begun.resolve()
    await gate.promise
  })
  await begun.promise
  const running = meanwhile()
  await sleep(400)
  gate.resolve()
  await holding
  return running
}

describeEachEngine('recovery (ACC-7)', (open) => {
  it('cannot be shut to the owner of a phone by who had a code sent there and never read it', async () => {
    const deps = testDeps(await open())
    const owner = await makeApplicant(deps)
    const typed = {
      idNumber: owner.number,
      name: owner.name,
      phone: owner.phone,
      newPassword: 'quite another 77',
      newPasswordAgain: 'quite another 77',
    }
    const stranger = 's'.repeat(43)
    await sentCode(deps, owner.phone, 'recover', stranger)
    for (let tries = 1; tries <= deps.env.limits.recoveryPerDay; tries += 1)
      await outcomeOf(
        recoverPassword(deps, null, {
          typed: { ...typed, idNumber: newMainlandNumber(), code: '000000' },
          browser: stranger,
          address: '198.51.100.9',
        }),
      )
    deps.clock.advance(3 * 60_000)
    const browser = 'o'.repeat(43)
    const code = await sentCode(deps, owner.phone, 'recover', browser)
    const recovery = recoverPassword(deps, null, {
      typed: { ...typed, code },
      browser,
      address: '192.0.2.7',
    })
    expect(await outcomeOf(recovery)).toEqual(['done'])
  })
})

describeEachEngine('two stages', (open) => {
  it('need two people, not two accounts of one', async () => {
    const { deps, staff } = await office(open)
    const number = newMainlandNumber()
    const [one, same] = [await staff('李初审', number), await staff('李初审', number)]
    const { actor } = await makeApplicant(deps)
    const caseId = await submittedCorrection(deps, actor, { newName: '张叁' })
    expect(await pass(deps, one, caseId)).toBe('advanced')
    expect(await outcomeOf(claimCase(deps, same, { caseId }))).toEqual(['refused', 'second-person-required'])
  })
})

describeEachEngine('a claimed number (ACC-9)', (open) => {
  async function claimed(open: Open, verified: boolean) {
    const scene = await office(open)
    const { deps, first } = scene
    const holder = await makeApplicant(deps, { verified })
    const claim = async () => {
      const claimant = await makeClaimant(deps, { number: holder.number })
      const caseId = await submittedAppeal(deps, claimant.actor)
      await pass(deps, first, caseId)
      return { claimant, caseId }
    }
    return { ...scene, holder, claim }
  }

  it('leaves the account without a phone where the claimant has lost theirs meanwhile', async () => {
    const { deps, second, holder, claim } = await claimed(open, true)
    const { claimant, caseId } = await claim()
    await deps.store.tx((q) => releasePhone(deps, q, claimant.phone))
    await pass(deps, second, caseId)
    const { phone, phoneIndex } = await account(deps, holder.actor.id)
    expect({ phone, phoneIndex }).toEqual({ phone: '', phoneIndex: null })
  })

  it('does not end the account of a holder who is being verified at this moment', async () => {
    const { deps, second, holder, claim } = await claimed(open, false)
    const { caseId } = await claim()
    await claimCase(deps, second, { caseId })
    const t = deps.store.t.account
    const verified = {
      identityState: 'verified',
      identityMethod: 'alipay',
      identityAt: deps.clock.now(),
    } as const
    await heldOpen(
      deps,
      (q) => q.update(t).set(verified).where(eq(t.id, holder.actor.id)),
      () => outcomeOf(approve(deps, second, caseId)),
    )
    expect((await account(deps, holder.actor.id)).status).toBe('active')
  })

  it('is not handed over unseen where the holder was verified after the reviewer had looked', async () => {
    const { deps, second, holder, claim } = await claimed(open, false)
    const { caseId } = await claim()
    await claimCase(deps, second, { caseId })
    deps.clock.advance(60_000)
    const t = deps.store.t.account
    const verified = {
      identityState: 'verified',
      identityMethod: 'alipay',
      identityAt: deps.clock.now(),
    } as const
    await deps.store.tx((q) => q.update(t).set(verified).where(eq(t.id, holder.actor.id)))
    expect(await outcomeOf(approve(deps, second, caseId))).not.toEqual(['done'])
    expect((await account(deps, holder.actor.id)).phone).toBe(holder.phone)
  })

  it('approved while somebody registers the number that is free by then ends in no fault', async () => {
    const { deps, second, holder, claim } = await claimed(open, false)
    const { caseId } = await claim()
    await claimCase(deps, second, { caseId })
    const t = deps.store.t.account
    const { identityIndex } = await account(deps, holder.actor.id)
    const next = await makeApplicant(deps, { verified: false })
    await deps.store.tx((q) => q.update(t).set({ identityIndex: null }).where(eq(t.id, holder.actor.id)))
    const end = await heldOpen(
      deps,
      (q) => q.update(t).set({ identityIndex }).where(eq(t.id, next.actor.id)),
      () => outcomeOf(approve(deps, second, caseId)),
    )
    expect([['done'], ['stale']]).toContainEqual(end)
  })
})

describeEachEngine('an invitation (ACC-10)', (open) => {
  const wish = (place: Readonly<Record<string, string>>) => ({ name: '李审核', role: 'reviewer', ...place })

  it('shows nobody the authenticator of who accepts it, not even who made the link', async () => {
    const deps = testDeps(await open())
    await seedDepartments(deps)
    const { actor: operator } = await makeStaff(deps, { role: 'operator' })
    const typed = wish({ 'department.1': '440000', 'department.2': '440100' })
    const { token } = await inviteStaff(deps, operator, { typed, turn: newSecret() })
    const inviter = await openLink(deps, token)
    const invited = await openLink(deps, token)
    expect(inviter?.enrolment.secret).not.toBe(invited?.enrolment.secret)
  })

  it('is for the place that was chosen, not for a wider one where the levels do not hang together', async () => {
    const deps = testDeps(await open())
    await seedDepartments(deps)
    const { actor: operator } = await makeStaff(deps, { role: 'operator' })
    const typed = wish({ 'department.1': '440000', 'department.2': '440106' })
    expect(await outcomeOf(inviteStaff(deps, operator, { typed, turn: newSecret() }))).toEqual([
      'refused',
      'required',
    ])
  })
})

it('a cloud that has sent one phone enough is not given a rest for all the others', async () => {
  vi.stubEnv('http_proxy', '')
  const busy = newPhone()
  const cloud = await aliyunStandIn('isv.BUSINESS_LIMIT_CONTROL')
  const sms = smsOf({ dataDir: '/nowhere', sms: aliyunSettings(cloud.url) }, steppedClock(testNow))
  const send = (phone: string) =>
    sms
      .send({ phone, purpose: 'register', code: '123456', text: '', key: phone })
      .catch((error: unknown) => error)
  for (let tries = 1; tries <= 5; tries += 1) await send(busy)
  expect(isSmsAway(await send(newPhone()))).toBe(false)
})
