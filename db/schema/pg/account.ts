// Generated from ../account.ts by npm run db:generate; do not edit.
import { sql } from 'drizzle-orm'
import { bool, id, index, instant, integer, ref, table, text, uniqueIndex } from './columns.ts'
import { department } from './department.ts'

/** A person who signs in: an applicant with an identity document, or a member of staff with a login name. */
export const account = table(
  'account',
  {
    id: id(),
    kind: text('kind', { enum: ['applicant', 'staff'] }).notNull(),
    /** `claiming`: claims a number that somebody else holds, and may do nothing but that (ACC-9). */
    status: text('status', { enum: ['active', 'claiming', 'suspended', 'closed'] }).notNull(),
    login: text('login'),
    idType: text('id_type').notNull().default(''),
    nationality: text('nationality').notNull().default(''),
    numberSealed: text('number_sealed').notNull().default(''),
    numberIndex: text('number_index'),
    identityIndex: text('identity_index'),
    /** Of a member of staff: whose cases are their own (REV-2). They may be an applicant too, so it is not unique. */
    ownIdentityIndex: text('own_identity_index'),
    /** The same, to be indexed again under another key; '' where there is none. */
    ownIdentitySealed: text('own_identity_sealed').notNull().default(''),
    nameSealed: text('name_sealed').notNull(),
    nameIndex: text('name_index').notNull(),
    phoneSealed: text('phone_sealed').notNull().default(''),
    phoneIndex: text('phone_index'),
    /** A phone proven by its code that an appeal asks for, while the registered one is lost (ACC-8). */
    nextPhoneSealed: text('next_phone_sealed').notNull().default(''),
    sex: text('sex', { enum: ['', 'male', 'female'] })
      .notNull()
      .default(''),
    birth: text('birth').notNull().default(''),
    passwordHash: text('password_hash').notNull(),
    totpSealed: text('totp_sealed').notNull().default(''),
    totpStep: integer('totp_step').notNull().default(0),
    identityState: text('identity_state', { enum: ['none', 'verified'] })
      .notNull()
      .default('none'),
    identityMethod: text('identity_method', { enum: ['', 'alipay', 'documents'] })
      .notNull()
      .default(''),
    identityAt: instant('identity_at'),
    /** A member of staff on leave, to this day inclusive; '' otherwise. */
    awayUntil: text('away_until').notNull().default(''),
    createdAt: instant('created_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    uniqueIndex('account_login').on(t.login),
    uniqueIndex('account_identity').on(t.identityIndex),
    index('account_own_identity').on(t.ownIdentityIndex),
    uniqueIndex('account_phone').on(t.phoneIndex),
    index('account_number').on(t.numberIndex),
    index('account_name').on(t.nameIndex),
    // What follows somebody who closed an account and has another.
    index('account_closed').on(t.birth).where(sql`status = 'closed'`),
  ],
)

/** What a member of staff may do, and for which subtree of departments (ACC-10). Read at every request. */
export const staffGrant = table(
  'staff_grant',
  {
    id: id(),
    accountId: ref('account_id')
      .notNull()
      .references(() => account.id),
    role: text('role', { enum: ['reviewer', 'manager', 'viewer', 'auditor', 'operator'] }).notNull(),
    departmentId: text('department_id').references(() => department.id),
    createdAt: instant('created_at').notNull(),
    until: instant('until'),
    /** Whose work it is done for (代审): a grant that ends by itself. */
    deputyFor: text('deputy_for').references(() => account.id),
  },
  (t) => [
    index('staff_grant_department').on(t.departmentId, t.role),
    index('staff_grant_account').on(t.accountId),
  ],
)

/**
 * A one-time way in for a member of staff (ACC-10); the key is the SHA-256 of the link's secret. With `accountId` it
 * makes the way into that account anew, else it makes an account with one grant.
 */
export const invitation = table(
  'invitation',
  {
    id: id(),
    accountId: text('account_id').references(() => account.id),
    role: text('role', { enum: ['reviewer', 'manager', 'viewer', 'auditor', 'operator'] }),
    departmentId: text('department_id').references(() => department.id),
    nameSealed: text('name_sealed').notNull(),
    /** Whose cases will be their own (REV-2), where the office has named it. */
    ownIdentityIndex: text('own_identity_index'),
    ownIdentitySealed: text('own_identity_sealed').notNull().default(''),
    /** null where an operator's command made it. */
    invitedBy: text('invited_by').references(() => account.id),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    index('invitation_department').on(t.departmentId, t.createdAt),
    index('invitation_account').on(t.accountId),
  ],
)

/** What stands in for a lost authenticator, once each (ACC-10). */
export const recoveryCode = table(
  'recovery_code',
  {
    id: id(),
    accountId: ref('account_id')
      .notNull()
      .references(() => account.id),
    codeHash: text('code_hash').notNull(),
    createdAt: instant('created_at').notNull(),
    usedAt: instant('used_at'),
  },
  (t) => [index('recovery_code_account').on(t.accountId)],
)

/** Every attempt at an account's door, for its owner to see (ACC-8). */
export const signInRecord = table(
  'sign_in_record',
  {
    id: id(),
    accountId: ref('account_id')
      .notNull()
      .references(() => account.id),
    outcome: text('outcome', { enum: ['in', 'wrong'] }).notNull(),
    address: text('address').notNull().default(''),
    agent: text('agent').notNull().default(''),
    at: instant('at').notNull(),
  },
  (t) => [index('sign_in_record_account').on(t.accountId, t.at), index('sign_in_record_at').on(t.at)],
)

/** A signed-in browser (SEC-5). The key is the SHA-256 of the cookie's value; ended rows stay a while for the echo. */
export const session = table(
  'session',
  {
    id: id(),
    accountId: ref('account_id')
      .notNull()
      .references(() => account.id),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    endedAt: instant('ended_at'),
    address: text('address').notNull().default(''),
    agent: text('agent').notNull().default(''),
  },
  (t) => [index('session_account').on(t.accountId), index('session_ends').on(t.endsAt)],
)

/** Consent to the use of face and identity pictures, one row per person and purpose (IDV-4). */
export const consent = table(
  'consent',
  {
    id: id(),
    accountId: ref('account_id')
      .notNull()
      .references(() => account.id),
    purpose: text('purpose', { enum: ['identity', 'collection', 'correction', 'appeal'] }).notNull(),
    given: bool('given').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [uniqueIndex('consent_purpose').on(t.accountId, t.purpose)],
)
