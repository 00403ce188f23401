import { accountById, grantsOf } from '#db/queries/accounts.ts'
import { departmentById } from '#db/queries/departments.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { maskNumber, maskPhone } from '#lib/domain/masking.ts'
import { instantWords } from '#lib/text/dates.ts'
import { myAccountWords as words } from '#lib/text/my-account.ts'
import { identityTypeWords } from '#lib/text/registration.ts'
import { maskedName } from '#lib/text/surnames.ts'
import { ownSessions } from './own-sessions.ts'
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
    verified: account.identityState === 'verified',
    phone: shownPhoneOf(account.phone),
    hasPhone: account.phone !== '',
    devices: (await ownSessions(deps, actor)).length,
  }
}

const shownPhoneOf = (phone: string) => (phone === '' ? words.noPhone : maskPhone(phone))

/** What a member of staff may do, and where. */
export async function ownOffices({ store, clock }: Deps, accountId: string): Promise<string[]> {
  const { read, t } = store
  const grants = await grantsOf(read, t, accountId, clock.now())
  return Promise.all(
    grants.map(async ({ role, departmentId }) => {
      const place = departmentId === null ? null : await departmentById(read, t, departmentId)
      return officeText({ role, department: place?.fullName ?? '' })
    }),
  )
}

/** What 更换手机号 begins with: the phone registered now, whole for sending and masked for showing. */
export async function ownPhone({ store, keys }: Deps, actor: Actor) {
  const account = await accountById(store.read, store.t, keys, actor.id)
  if (account?.kind !== 'applicant') throw notFound()
  return { phone: account.phone, shown: shownPhoneOf(account.phone) }
}
