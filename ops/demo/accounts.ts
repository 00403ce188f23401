/** Accounts of the demo people. Passwords follow from this installation's keys, so that the list can be written again. */
import { eq, inArray } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { accountContext, grantsOf } from '#db/queries/accounts.ts'
import { type DemoApplicant, type DemoStaff, demoStaff } from '#db/seed/demo-people.ts'
import type { Schema } from '#db/store.ts'
import { hashPassword } from '#lib/auth/passwords.ts'
import { applicantRow, staffRow } from '#lib/commands/support/account-row.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant, Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { newId } from '#lib/ids.ts'
import { identityCheckCharacter } from '#lib/schemas/checksum.ts'
import { checkNumber } from '#lib/schemas/identity-number.ts'

const letters = (alphabet: string, hex: string, length: number) =>
  Array.from({ length }, (_, i) =>
    alphabet.charAt(Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16) % alphabet.length),
  ).join('')

/** Twelve characters without those that look alike: some 59 bits. */
export const passwordOf = ({ keys }: Pick<Deps, 'keys'>, login: string): string =>
  letters('abcdefghjkmnpqrstuvwxyz23456789', keys.blind('demo-password', login), 12).replace(
    /(.{4})(?=.)/g,
    '$1-',
  )

/** 160 bits in Base32, as authenticator applications take it. */
export const totpSecretOf = ({ keys }: Pick<Deps, 'keys'>, login: string): string =>
  letters('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', keys.blind('demo-totp', login), 32)

export const numberOf = ({ numberHead }: Pick<DemoApplicant, 'numberHead'>): string =>
  numberHead + identityCheckCharacter(numberHead)

/** Adds the account, or gives the one there is its listed password back. */
async function ensure(
  deps: Deps,
  row: Schema['account']['$inferInsert'],
  known: string | undefined,
  more: Partial<Schema['account']['$inferInsert']> = {},
): Promise<{ id: string; made: boolean }> {
  const { store } = deps
  const { account } = store.t
  return store.tx(async (q) => {
    if (known !== undefined) {
      await q
        .update(account)
        .set({ passwordHash: row.passwordHash, ...more })
        .where(eq(account.id, known))
      return { id: known, made: false }
    }
    await q.insert(account).values(row)
    const personId = row.kind === 'applicant' ? { personId: row.id } : {}
    await record(q, store.t, {
      id: newId(row.createdAt),
      kind: 'account.registered',
      actorId: row.id,
      ...personId,
      at: row.createdAt,
    })
    return { id: row.id, made: true }
  })
}

export async function ensureApplicant(deps: Deps, person: DemoApplicant): Promise<Applicant> {
  const { store, keys } = deps
  const { account } = store.t
  const at = deps.clock.now()
  const checked = checkNumber('mainland_id', numberOf(person), { today: dayOf(at) })
  if (!checked.ok || !checked.value.birth || !checked.value.sex)
    throw new Error(`${person.numberHead} makes no identity number`)
  const { number, identityKey, birth, sex } = checked.value
  const [known] = await store.read
    .select({ id: account.id })
    .from(account)
    .where(inArray(account.identityIndex, keys.blinds('identity', identityKey)))
  const passwordHash = await hashPassword(passwordOf(deps, number))
  const row = applicantRow(deps, {
    id: newId(at),
    name: person.name,
    passwordHash,
    at,
    idType: 'mainland_id',
    number,
    identityKey,
    nationality: '',
    phone: person.phone,
    sex,
    birth,
  })
  const verified = person.state !== 'fresh' && person.state !== 'identity'
  const seen = { identityState: 'verified', identityMethod: 'alipay', identityAt: at } as const
  const { id } = await ensure(deps, { ...row, ...(verified ? seen : {}) }, known?.id)
  return { kind: 'applicant', id, sessionId: '' }
}

const staffId = async ({ store }: Deps, login: string) => {
  const { account } = store.t
  const [row] = await store.read.select({ id: account.id }).from(account).where(eq(account.login, login))
  return row?.id
}

export async function ensureStaff(deps: Deps, { login, name, role, departmentId }: DemoStaff): Promise<void> {
  const { store, keys } = deps
  const at = deps.clock.now()
  const known = await staffId(deps, login)
  const totpSecret = totpSecretOf(deps, login)
  const row = staffRow(deps, {
    id: newId(at),
    name,
    passwordHash: await hashPassword(passwordOf(deps, login)),
    at,
    login,
    totpSecret,
  })
  const totpSealed =
    known === undefined ? row.totpSealed : keys.seal(totpSecret, accountContext(known, 'totp'))
  await store.tx(async (q) => {
    const { id, made } = await ensure(deps, row, known, { totpSealed })
    if (made)
      await q
        .insert(store.t.staffGrant)
        .values({ id: newId(at), accountId: id, role, departmentId, createdAt: at })
  })
}

/** The demo's reviewer or manager of this department, with what they may do. */
export async function staffOf(
  deps: Deps,
  role: 'reviewer' | 'manager',
  departmentId: string,
): Promise<Staff> {
  const staff = demoStaff.find((one) => one.role === role && one.departmentId === departmentId)
  if (!staff) throw new Error(`no demo ${role} of ${departmentId}`)
  return staffNamed(deps, staff.login)
}

/** Whoever signs in with this login, with what they may do. */
export async function staffNamed(deps: Deps, login: string): Promise<Staff> {
  const id = await staffId(deps, login)
  if (!id) throw new Error(`nobody of the staff signs in as ${login}`)
  const grants = await grantsOf(deps.store.read, deps.store.t, id, deps.clock.now())
  return { kind: 'staff', id, sessionId: '', grants }
}
