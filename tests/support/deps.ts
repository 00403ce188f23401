import { randomInt } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeAppKeys, openKeyring } from '#db/crypto.ts'
import { departments } from '#db/seed/departments.ts'
import type { Store } from '#db/store.ts'
import { captchaPainter } from '#lib/adapters/captcha.ts'
import type { DemoTrades } from '#lib/adapters/payment-demo.ts'
import type { SmsMessage } from '#lib/adapters/sms.ts'
import { hashPassword } from '#lib/auth/passwords.ts'
import type { Clock } from '#lib/clock.ts'
import { applicantRow, claimantRow, staffRow } from '#lib/commands/support/account-row.ts'
import { calendarOf, type Deps, identityOf, paymentOf, registersOf } from '#lib/deps.ts'
import type { Applicant, Claimant, Grant, Role, Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { type Env, readEnv } from '#lib/env.ts'
import { type FileStore, sealedFiles } from '#lib/files/store.ts'
import { newId } from '#lib/ids.ts'
import { identityCheckCharacter } from '#lib/schemas/checksum.ts'
import { checkNumber, type IdentityType, type Sex } from '#lib/schemas/identity-number.ts'

/** A clock that stands still until it is moved. */
export interface SteppedClock extends Clock {
  set(now: Date | string): void
  /** Moves on by milliseconds. */
  advance(ms: number): void
}

export interface TestDeps extends Deps {
  readonly clock: SteppedClock
  /** Every SMS that was sent, oldest first. */
  readonly sent: SmsMessage[]
}

export function steppedClock(start: Date | string): SteppedClock {
  let now = new Date(start)
  return {
    now: () => new Date(now),
    set: (next) => {
      now = new Date(next)
    },
    advance: (ms) => {
      now = new Date(now.getTime() + ms)
    },
  }
}

function memoryFiles(clock: Clock): FileStore {
  const held = new Map<string, { bytes: Buffer; storedAt: Date }>()
  return {
    put: async (key, bytes) => void held.set(key, { bytes: Buffer.from(bytes), storedAt: clock.now() }),
    get: async (key) => held.get(key)?.bytes ?? null,
    delete: async (key) => void held.delete(key),
    async *list() {
      for (const [key, { storedAt }] of held) yield { key, storedAt }
    },
  }
}

function tradesInMemory(): DemoTrades {
  const held = new Map<string, Readonly<Record<string, string>>>()
  return {
    read: async (number) => held.get(number) ?? null,
    write: async (number, trade) => void held.set(number, trade),
  }
}

export const testNow = '2026-11-21T02:00:00.000Z'

/** Dependencies over a test store: demo environment, a stepped clock, SMS and files in memory, fresh keys. */
export function testDeps(
  store: Store,
  {
    now = testNow,
    env = {},
    keys: appKeys = makeAppKeys(),
  }: { now?: Date | string; env?: Readonly<Record<string, string>>; keys?: string } = {},
): TestDeps {
  const clock = steppedClock(now)
  const settings: Env = readEnv(
    {
      DATA_DIR: join(tmpdir(), 'kuaiji-test-no-folder'),
      APP_KEYS: appKeys,
      DEMO: '1',
      // Whoever tests machine checks asks for them: elsewhere a case waits for a reviewer at once.
      REGISTER_PROVIDER: 'off',
      ...env,
    },
    makeAppKeys,
  )
  const keys = openKeyring(appKeys)
  const sent: SmsMessage[] = []
  return {
    env: settings,
    store,
    keys,
    files: sealedFiles(memoryFiles(clock), keys),
    sms: { send: async (message) => void sent.push(message) },
    clock,
    calendar: calendarOf(store, clock),
    captcha: captchaPainter,
    identity: identityOf(settings, store, clock),
    payment: paymentOf(settings, keys, clock, tradesInMemory()),
    registers: registersOf(settings, store, keys, clock),
    sent,
  }
}

const digits = (length: number) => Array.from({ length }, () => randomInt(10)).join('')

/** A valid number of a mainland identity card, new at every call. */
export function newMainlandNumber(birth = '19900307', sex: Sex = 'female'): string {
  const order = `${digits(2)}${2 * randomInt(5) + (sex === 'male' ? 1 : 0)}`
  const body = `${randomInt(110_000, 800_000)}${birth}${order}`
  return body + identityCheckCharacter(body)
}

export const newPhone = () => `139${digits(8)}`

/** A hash no password has, for accounts whose password does not matter: hashing costs 30 ms. */
const noPassword =
  '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

export interface ApplicantWish {
  readonly idType?: IdentityType
  readonly number?: string
  readonly nationality?: string
  readonly name?: string
  readonly phone?: string
  readonly sex?: Sex
  readonly birth?: string
  readonly password?: string
  /** Past 实名认证 (IDV-1); true unless said. */
  readonly verified?: boolean
}

export interface MadeApplicant {
  readonly actor: Applicant
  readonly number: string
  readonly phone: string
  readonly name: string
}

/** The row registration would write, and what tests want to know of it. */
async function wishedRow(deps: Deps, wish: ApplicantWish) {
  const at = deps.clock.now()
  const idType = wish.idType ?? 'mainland_id'
  const read = checkNumber(idType, wish.number ?? newMainlandNumber(), {
    nationality: wish.nationality ?? '',
    today: dayOf(at),
  })
  if (!read.ok) throw new Error(`not a number of this type: ${read.issues[0]?.code}`)
  const made = { number: read.value.number, phone: wish.phone ?? newPhone(), name: wish.name ?? '张三' }
  const row = {
    id: newId(at),
    idType,
    ...made,
    identityKey: read.value.identityKey,
    nationality: wish.nationality ?? '',
    sex: wish.sex ?? read.value.sex ?? 'female',
    birth: wish.birth ?? read.value.birth ?? '1990-03-07',
    passwordHash: wish.password === undefined ? noPassword : await hashPassword(wish.password),
    at,
  }
  return { row, made }
}

/** An applicant's account as registration leaves it. A password is set only where one is given. */
export async function makeApplicant(deps: Deps, wish: ApplicantWish = {}): Promise<MadeApplicant> {
  const { row, made } = await wishedRow(deps, wish)
  const verified = { identityState: 'verified', identityMethod: 'alipay', identityAt: row.at } as const
  await deps.store.tx((q) =>
    q
      .insert(deps.store.t.account)
      .values({ ...applicantRow(deps, row), ...(wish.verified === false ? {} : verified) }),
  )
  return { actor: { kind: 'applicant', id: row.id, sessionId: 'test-session' }, ...made }
}

/** Somebody whose number another account holds, as registration leaves them (ACC-9). */
export async function makeClaimant(
  deps: Deps,
  wish: Omit<ApplicantWish, 'verified'> & { readonly number: string },
): Promise<Omit<MadeApplicant, 'actor'> & { readonly actor: Claimant }> {
  const { row, made } = await wishedRow(deps, wish)
  await deps.store.tx((q) => q.insert(deps.store.t.account).values(claimantRow(deps, row)))
  return { actor: { kind: 'claimant', id: row.id, sessionId: 'test-session' }, ...made }
}

export interface StaffWish {
  readonly role: Role
  /** null or absent for operators and auditors of the whole country. */
  readonly departmentId?: string | null
  readonly login?: string
  readonly name?: string
  readonly password?: string
  readonly totpSecret?: string
  /** Of their own identity card, where the office knows it. */
  readonly number?: string
}

export interface MadeStaff {
  readonly actor: Staff
  readonly login: string
  readonly totpSecret: string
}

/** A member of staff with one grant. Seed the departments first. */
export async function makeStaff(deps: Deps, wish: StaffWish): Promise<MadeStaff> {
  const { t } = deps.store
  const at = deps.clock.now()
  const id = newId(at)
  const login = wish.login ?? `staff-${id.slice(-8)}`
  const totpSecret = wish.totpSecret ?? 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
  const passwordHash = wish.password === undefined ? noPassword : await hashPassword(wish.password)
  const departmentId = wish.departmentId ?? null
  const path = departmentId === null ? '' : pathOf(departmentId)
  const grants: Grant[] = [{ role: wish.role, departmentId, path }]
  const own = wish.number === undefined ? null : checkNumber('mainland_id', wish.number, { today: dayOf(at) })
  const person = { id, login, totpSecret, passwordHash, name: wish.name ?? '李审核', at }
  await deps.store.tx(async (q) => {
    await q
      .insert(t.account)
      .values(staffRow(deps, { ...person, ...(own?.ok ? { identityKey: own.value.identityKey } : {}) }))
    await q
      .insert(t.staffGrant)
      .values({ id: newId(at), accountId: id, role: wish.role, departmentId, createdAt: at })
  })
  return { actor: { kind: 'staff', id, sessionId: 'test-session', grants }, login, totpSecret }
}

const places = {
  guangdong: '440000',
  guangzhou: '440100',
  guangzhouOwn: '440100-own',
  tianhe: '440106',
  yuexiu: '440104',
  zhuhai: '440400',
  zhuhaiOwn: '440400-own',
  xiangzhou: '440402',
  shenzhen: '440300',
  shenzhenOwn: '440300-own',
  nanshan: '440305',
} as const

const tree = departments()

/** `/`-joined ids from the root to this department. */
function pathOf(id: string): string {
  const node = tree.find((one) => one.id === id)
  if (!node) throw new Error(`no such department: ${id}`)
  return node.parentId === null ? id : `${pathOf(node.parentId)}/${id}`
}

/** A handful of the real tree: 广东省, 广州市 with two districts, 珠海市 with one, 深圳市 with one, and their own nodes. */
export async function seedDepartments(deps: Deps): Promise<typeof places> {
  const wanted = new Set<string>(Object.values(places))
  const createdAt = deps.clock.now()
  const rows = tree
    .filter(({ id }) => wanted.has(id))
    .map(({ own: _own, ...seed }) => ({ ...seed, path: pathOf(seed.id), createdAt }))
  await deps.store.tx((q) => q.insert(deps.store.t.department).values(rows))
  return places
}
