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

/** How each is found: the one place that says so, for whoever writes a row and whoever writes it anew under another key. */
export const accountIndex = {
  name: ({ keys }: Sealing, name: string) => keys.blind('name', nameKey(name)),
  number: ({ keys }: Sealing, number: string) => keys.blind('number', number),
  identity: ({ keys }: Sealing, identityKey: string) => keys.blind('identity', identityKey),
  phone: ({ keys }: Sealing, phone: string) => keys.blind('phone', phone),
} as const

/** A name, sealed and to be found by. */
export const nameColumns = (deps: Sealing, id: string, name: string) => ({
  nameSealed: deps.keys.seal(name, accountContext(id, 'name')),
  nameIndex: accountIndex.name(deps, name),
})

/** A document's number, sealed and to be found by: as it stands, and by what stays with the person for life. */
export const identityColumns = (
  deps: Sealing,
  id: string,
  { number, identityKey }: { readonly number: string; readonly identityKey: string },
) => ({
  numberSealed: deps.keys.seal(number, accountContext(id, 'number')),
  numberIndex: accountIndex.number(deps, number),
  identityIndex: accountIndex.identity(deps, identityKey),
})

/** Whom the office says a member of staff is: to be compared with, and to be indexed again under another key. */
export const ownIdentityColumns = (deps: Sealing, id: string, identityKey: string) => ({
  ownIdentityIndex: accountIndex.identity(deps, identityKey),
  ownIdentitySealed: deps.keys.seal(identityKey, accountContext(id, 'own-identity')),
})

/** '' is no phone at all: it is held by nobody and found by nothing. */
export const phoneColumns = (deps: Sealing, id: string, phone: string) =>
  phone === ''
    ? { phoneSealed: '', phoneIndex: null }
    : {
        phoneSealed: deps.keys.seal(phone, accountContext(id, 'phone')),
        phoneIndex: accountIndex.phone(deps, phone),
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
  ...(staff.identityKey === undefined ? {} : ownIdentityColumns(deps, staff.id, staff.identityKey)),
})
