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

/** A name, sealed and to be found by. */
export const nameColumns = ({ keys }: Sealing, id: string, name: string) => ({
  nameSealed: keys.seal(name, accountContext(id, 'name')),
  nameIndex: keys.blind('name', nameKey(name)),
})

/** A document's number, sealed and to be found by: as it stands, and by what stays with the person for life. */
export const identityColumns = (
  { keys }: Sealing,
  id: string,
  { number, identityKey }: { readonly number: string; readonly identityKey: string },
) => ({
  numberSealed: keys.seal(number, accountContext(id, 'number')),
  numberIndex: keys.blind('number', number),
  identityIndex: keys.blind('identity', identityKey),
})

/** '' is no phone at all: it is held by nobody and found by nothing. */
export const phoneColumns = ({ keys }: Sealing, id: string, phone: string) =>
  phone === ''
    ? { phoneSealed: '', phoneIndex: null }
    : {
        phoneSealed: keys.seal(phone, accountContext(id, 'phone')),
        phoneIndex: keys.blind('phone', phone),
      }

const common = (deps: Sealing, { id, name, passwordHash, at }: Common) => ({
  id,
  status: 'active' as const,
  ...nameColumns(deps, id, name),
  passwordHash,
  createdAt: at,
})

export const applicantRow = (deps: Sealing, applicant: NewApplicant): AccountValues => ({
  ...common(deps, applicant),
  kind: 'applicant',
  idType: applicant.idType,
  nationality: applicant.nationality,
  ...identityColumns(deps, applicant.id, applicant),
  ...phoneColumns(deps, applicant.id, applicant.phone),
  sex: applicant.sex,
  birth: applicant.birth,
})

/** The row of somebody whose number another account holds (ACC-9): it is kept, and cannot be signed in with or found by. */
export const claimantRow = (deps: Sealing, applicant: NewApplicant): AccountValues => ({
  ...applicantRow(deps, applicant),
  status: 'claiming',
  numberIndex: null,
  identityIndex: null,
})

/** Login names are kept in lower case, as sign-in reads them. */
export const staffRow = (deps: Sealing, staff: NewStaff): AccountValues => ({
  ...common(deps, staff),
  kind: 'staff',
  login: staff.login.toLowerCase(),
  totpSealed: deps.keys.seal(staff.totpSecret, accountContext(staff.id, 'totp')),
  ownIdentityIndex: staff.identityKey === undefined ? null : deps.keys.blind('identity', staff.identityKey),
})
