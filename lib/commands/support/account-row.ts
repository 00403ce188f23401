/** The row of a new account with its sealed columns and blind indexes: one writing for registration, seeds and tests. */
import { accountContext } from '#db/queries/accounts.ts'
import type { Schema } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import type { IdentityType, Sex } from '#lib/schemas/identity-number.ts'
import { nameKey } from '#lib/schemas/name.ts'

type AccountValues = Schema['account']['$inferInsert']
type Sealing = Pick<Deps, 'keys'>

interface Common {
  readonly id: string
  readonly name: string
  /** Of `hashPassword`; the plain password never comes this far. */
  readonly passwordHash: string
  readonly at: Date
}

export interface NewApplicant extends Common {
  readonly idType: IdentityType
  /** Normalised, as `checkNumber` gives it. */
  readonly number: string
  readonly identityKey: string
  readonly nationality: string
  readonly phone: string
  readonly sex: Sex
  /** `YYYY-MM-DD` */
  readonly birth: string
}

export interface NewStaff extends Common {
  readonly login: string
  /** Base32, as authenticator applications take it. */
  readonly totpSecret: string
  /** Of `checkNumber`, where the office has named it: nobody reviews their own case (REV-2). */
  readonly identityKey?: string
}

const common = ({ keys }: Sealing, { id, name, passwordHash, at }: Common) => ({
  id,
  status: 'active' as const,
  nameSealed: keys.seal(name, accountContext(id, 'name')),
  nameIndex: keys.blind('name', nameKey(name)),
  passwordHash,
  createdAt: at,
})

export const applicantRow = (deps: Sealing, applicant: NewApplicant): AccountValues => ({
  ...common(deps, applicant),
  kind: 'applicant',
  idType: applicant.idType,
  nationality: applicant.nationality,
  numberSealed: deps.keys.seal(applicant.number, accountContext(applicant.id, 'number')),
  numberIndex: deps.keys.blind('number', applicant.number),
  identityIndex: deps.keys.blind('identity', applicant.identityKey),
  phoneSealed: deps.keys.seal(applicant.phone, accountContext(applicant.id, 'phone')),
  phoneIndex: deps.keys.blind('phone', applicant.phone),
  sex: applicant.sex,
  birth: applicant.birth,
})

/** Login names are kept in lower case, as sign-in reads them. */
export const staffRow = (deps: Sealing, staff: NewStaff): AccountValues => ({
  ...common(deps, staff),
  kind: 'staff',
  login: staff.login.toLowerCase(),
  totpSealed: deps.keys.seal(staff.totpSecret, accountContext(staff.id, 'totp')),
  ownIdentityIndex: staff.identityKey === undefined ? null : deps.keys.blind('identity', staff.identityKey),
})
