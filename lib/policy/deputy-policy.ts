/** Who may stand in for somebody on leave (代审), and for what of their work (ADM-1). */

import type { Role } from '#lib/domain/actor.ts'
import { isWithinPath } from '#lib/domain/department-paths.ts'
import { isSameOwn, type OwnIdentity } from '#lib/domain/own-identity.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import type { Office } from './staff-policy.ts'

export interface Colleague<O extends Office = Office> {
  readonly id: string
  readonly own: OwnIdentity
  readonly isActive: boolean
  readonly isAway: boolean
  /** Of their own, and counting now: what is done for others is not passed on. */
  readonly offices: readonly O[]
}

/** What is handed over. Who watches or looks on is not stood in for. */
const handedOver: readonly Role[] = ['reviewer', 'manager']
/** Who is asked to: auditors and operators stay apart from what they look after. */
const standIns: readonly Role[] = ['reviewer', 'manager', 'viewer']

const divisionOf = ({ path }: Office) => path.split('/')[0] ?? ''

/** By this office somebody may stand in for that one: both in one first-level division. */
export const isNear = (office: Office, work: Office) =>
  standIns.includes(office.role) && office.path !== '' && divisionOf(office) === divisionOf(work)

const covers = (office: Office, work: Office) =>
  (office.role === work.role || office.role === 'manager') &&
  handedOver.includes(office.role) &&
  office.path !== '' &&
  isWithinPath(work.path, office.path)

const isHandedOver = ({ role, path }: Office) => handedOver.includes(role) && path !== ''

/**
 * The offices of the absent that the deputy is to hold, or why not: `deputy-self` for the same person, `deputy-unknown` for
 * nobody there, `deputy-away`, `deputy-needless` for who does that work anyway. Who is out of sight reads as nobody.
 */
export function judgeDeputy<O extends Office>(
  absent: Colleague<O>,
  deputy: Colleague | null,
): Issue | readonly O[] {
  if (deputy === null) return issue('deputy', 'deputy-unknown')
  if (deputy.id === absent.id || isSameOwn(deputy.own, absent.own)) return issue('deputy', 'deputy-self')
  const near = absent.offices.filter(
    (work) => isHandedOver(work) && deputy.offices.some((office) => isNear(office, work)),
  )
  if (!deputy.isActive || near.length === 0) return issue('deputy', 'deputy-unknown')
  if (deputy.isAway) return issue('deputy', 'deputy-away')
  const wanting = near.filter((work) => !deputy.offices.some((office) => covers(office, work)))
  return wanting.length === 0 ? issue('deputy', 'deputy-needless') : wanting
}
