import { accountById } from '#db/queries/accounts.ts'
import { latestCase } from '#db/queries/cases.ts'
import { liveOffices, officesOf } from '#db/queries/staff.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor, Staff } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { maskNumber, maskPhone } from '#lib/domain/masking.ts'
import { dayWords, instantWords } from '#lib/text/dates.ts'
import { myAccountWords as words } from '#lib/text/my-account.ts'
import { identityTypeWords } from '#lib/text/registration.ts'
import { leaveWords } from '#lib/text/staff.ts'
import { maskedName } from '#lib/text/surnames.ts'
import { identityStanding } from './identity.ts'
import { lastDayOf, leaveView } from './leave.ts'
import { ownSessions } from './own-sessions.ts'
import { staffNames } from './review-queue.ts'
import { officeText } from './staff.ts'

/** 我的账户 (ACC-8): who it is, masked, and how many devices are signed in. */
export async function accountOverview(deps: Deps, actor: Actor) {
  const { read, t } = deps.store
  const account = await accountById(read, t, deps.keys, actor.id)
  if (!account) throw notFound()
  const isStaff = account.kind === 'staff'
  const shared = [[words.facts.name, maskedName(account.name)]] as const
  const own = isStaff
    ? ([
        [words.facts.login, account.login ?? ''],
        [words.facts.roles, (await ownOffices(deps, account.id)).join('；')],
      ] as const)
    : ([
        [words.facts.idType, identityTypeWords[account.idType] ?? account.idType],
        [words.facts.number, maskNumber(account.number)],
        [words.facts.phone, shownPhoneOf(account.phone)],
      ] as const)
  return {
    facts: [...shared, ...own, [words.facts.registered, instantWords(account.createdAt)] as const],
    isStaff,
    identity: isStaff
      ? null
      : identityStanding(
          account.identityState === 'verified',
          (await latestCase(read, t, account.id, 'identity'))?.state ?? null,
        ),
    phone: shownPhoneOf(account.phone),
    hasPhone: account.phone !== '',
    devices: (await ownSessions(deps, actor)).length,
    /** Whether 请假 is for them, and the last day of the one they are on, in words. */
    leave: actor.kind === 'staff' ? await leaveOf(deps, actor) : null,
  }
}

async function leaveOf(deps: Deps, actor: Staff) {
  const found = await leaveView(deps, actor, actor.id)
  return found && { until: found.until === '' ? '' : dayWords(found.until) }
}

const shownPhoneOf = (phone: string) => (phone === '' ? words.noPhone : maskPhone(phone))

/** What a member of staff may do, where, and for whom. */
export async function ownOffices(deps: Deps, accountId: string): Promise<string[]> {
  const { store, clock } = deps
  const { read, t } = store
  const { own, acting } = liveOffices(await officesOf(read, t, [accountId]), clock.now())
  const names = await staffNames(
    deps,
    acting.flatMap(({ deputyFor }) => deputyFor ?? []),
  )
  return [
    ...own.toReversed().map(officeText),
    ...acting.map(
      (office) =>
        `${officeText(office)}（${leaveWords.actsFor(names.get(office.deputyFor ?? '') ?? '', lastDayOf(office.until))}）`,
    ),
  ]
}

/** What 更换手机号 begins with: the phone registered now, whole for sending and masked for showing. */
export async function ownPhone({ store, keys }: Deps, actor: Actor) {
  const account = await accountById(store.read, store.t, keys, actor.id)
  if (account?.kind !== 'applicant') throw notFound()
  return { phone: account.phone, shown: shownPhoneOf(account.phone) }
}
