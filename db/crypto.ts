import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { release } from '#lib/domain/release.ts'

/**
 * SEC-2: sealing (AES-256-GCM), blind indexes, keyed hashes and short signatures, all from one secret text.
 *
 * `APP_KEYS` is `k2:<base64 of 32 bytes>,k1:<base64 of 32 bytes>`, newest first: the first key writes, all
 * keys read. A sealed value starts with `a1.<key id>.`; another algorithm would take another first part.
 * Each use has its own subkey (HKDF), so that an index can never help against a ciphertext.
 */
export interface Keyring {
  /** Of every key, newest first. */
  readonly ids: readonly string[]
  /** What every value sealed now starts with, e.g. `a1.k2.`; anything else waits for `rotate-keys`. */
  readonly header: string
  /**
   * Text to `a1.<key id>.<base64url>`. `context` says whose value this is (`person.name:<id>`): the same
   * context must be given to open it, so that a ciphertext moved to another row does not open.
   */
  seal(plaintext: string | Uint8Array, context: string): string
  /** Throws an Error with code `unseal-failed` on a wrong key, another context, tampering or text that is no UTF-8. */
  unseal(sealed: string, context: string): string
  /** The same for files: the header in ASCII, then iv, ciphertext and tag; 34 bytes longer than the file or so. */
  sealBytes(plaintext: Uint8Array, context: string): Buffer
  /** Throws as `unseal` does. */
  unsealBytes(sealed: Uint8Array, context: string): Buffer
  /** The index to store for a value that is looked up: 64 hex digits. The caller normalises the value first. */
  blind(kind: string, value: string): string
  /** The indexes to look a value up by, newest key first: rows written before a rotation are found too. */
  blinds(kind: string, value: string): string[]
  /** Keyed hash of a file's bytes, 64 hex digits. */
  digest(kind: string, bytes: Uint8Array): string
  digests(kind: string, bytes: Uint8Array): string[]
  /** 22 characters that only this service can make for this purpose and text. */
  sign(purpose: string, text: string): string
  verify(purpose: string, text: string, signature: string): boolean
}

interface Key {
  readonly id: string
  readonly header: string
  readonly seal: KeyObject
  readonly index: KeyObject
  readonly hash: KeyObject
  readonly sign: KeyObject
}

const ALGORITHM = 'a1'
const IV = 12
const TAG = 16
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const coded = (code: 'bad-keys' | 'unseal-failed', message: string) =>
  Object.assign(new Error(message), { code })
const failed = () => coded('unseal-failed', 'A sealed value could not be opened')

// Key objects: bare bytes would be made into one at every call, which costs several times the work itself.
const subkey = (secret: Uint8Array, use: string) =>
  createSecretKey(new Uint8Array(hkdfSync('sha256', secret, '', `kuaiji-platform ${use} v1`, 32)))

/** `bad-keys` names the position of the entry and never its content. */
function parseKey(entry: string, position: number): Key {
  const [, id, base64] = /^([A-Za-z0-9]{1,16}):([A-Za-z0-9+/_-]+={0,2})$/.exec(entry.trim()) ?? []
  const secret = Buffer.from(base64 ?? '', 'base64')
  if (!id || secret.length !== 32)
    throw coded('bad-keys', `APP_KEYS: entry ${position + 1} is not <id>:<base64 of 32 bytes>`)
  return {
    id,
    header: `${ALGORITHM}.${id}.`,
    seal: subkey(secret, 'seal'),
    index: subkey(secret, 'index'),
    hash: subkey(secret, 'hash'),
    sign: subkey(secret, 'sign'),
  }
}

function parseKeys(appKeys: string): [Key, ...Key[]] {
  const [newest, ...older] = appKeys.split(',').map(parseKey)
  if (!newest) throw coded('bad-keys', 'APP_KEYS is empty')
  if (new Set([newest, ...older].map((key) => key.id)).size !== older.length + 1)
    throw coded('bad-keys', 'APP_KEYS: two entries have the same id')
  return [newest, ...older]
}

// The header is authenticated with the context; it holds no line feed, so the two cannot run together.
const boundTo = (key: Key, context: string) => Buffer.from(`${key.header}\n${context}`)

/** In parts: a file is put together once. */
function encrypt(key: Key, plaintext: Uint8Array, context: string): Buffer[] {
  const iv = randomBytes(IV)
  const cipher = createCipheriv('aes-256-gcm', key.seal, iv).setAAD(boundTo(key, context))
  const body = cipher.update(plaintext)
  return [iv, body, cipher.final(), cipher.getAuthTag()]
}

function decrypt(key: Key, sealed: Uint8Array, context: string): Buffer {
  if (sealed.length < IV + TAG) throw failed()
  try {
    const opened = createDecipheriv('aes-256-gcm', key.seal, sealed.subarray(0, IV), { authTagLength: TAG })
      .setAAD(boundTo(key, context))
      .setAuthTag(sealed.subarray(-TAG))
    return Buffer.concat([opened.update(sealed.subarray(IV, -TAG)), opened.final()])
  } catch {
    throw failed()
  }
}

// The length in front keeps ('a', 'b:c') and ('a:b', 'c') apart.
const mac = (secret: KeyObject, kind: string, value: string | Uint8Array) =>
  createHmac('sha256', secret).update(`${kind.length}:${kind}:`).update(value)

const equal = (a: string, b: string) => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Throws an Error with code `bad-keys` when `APP_KEYS` is not of the form above. */
export function openKeyring(appKeys: string): Keyring {
  const keys = parseKeys(appKeys)
  const [newest] = keys
  const keyOf = (header: string) => {
    const key = keys.find((one) => header.startsWith(one.header))
    if (!key) throw failed()
    return key
  }
  const blindBy = (key: Key, kind: string, value: string) => mac(key.index, kind, value).digest('hex')
  const digestBy = (key: Key, kind: string, bytes: Uint8Array) => mac(key.hash, kind, bytes).digest('hex')
  const signBy = (key: Key, purpose: string, text: string) =>
    mac(key.sign, purpose, text).digest().subarray(0, 16).toString('base64url')

  return {
    ids: keys.map(({ id }) => id),
    header: newest.header,
    seal: (plaintext, context) =>
      newest.header + Buffer.concat(encrypt(newest, Buffer.from(plaintext), context)).toString('base64url'),
    unseal(sealed, context) {
      const key = keyOf(sealed)
      const text = sealed.slice(key.header.length)
      const bytes = Buffer.from(text, 'base64url')
      // Base64 has spare bits and skips foreign characters: only the one spelling we write is accepted.
      if (bytes.toString('base64url') !== text) throw failed()
      const opened = decrypt(key, bytes, context)
      try {
        return utf8.decode(opened)
      } catch {
        throw failed()
      }
    },
    sealBytes(plaintext, context) {
      const parts = encrypt(newest, plaintext, context)
      const whole = Buffer.concat([Buffer.from(newest.header), ...parts])
      for (const part of parts) release(part)
      return whole
    },
    unsealBytes(sealed, context) {
      const key = keyOf(Buffer.from(sealed.subarray(0, 24)).toString('latin1'))
      return decrypt(key, sealed.subarray(key.header.length), context)
    },
    blind: (kind, value) => blindBy(newest, kind, value),
    blinds: (kind, value) => keys.map((key) => blindBy(key, kind, value)),
    digest: (kind, bytes) => digestBy(newest, kind, bytes),
    digests: (kind, bytes) => keys.map((key) => digestBy(key, kind, bytes)),
    sign: (purpose, text) => signBy(newest, purpose, text),
    verify: (purpose, text, signature) => keys.some((key) => equal(signBy(key, purpose, text), signature)),
  }
}

/** Which key sealed this, as its header says; null for what is not sealed. */
export const keyIdOf = (sealed: string): string | null =>
  /^a1\.([A-Za-z0-9]{1,16})\./.exec(sealed)?.[1] ?? null

/** A new `APP_KEYS` text; with the present one given, a new key is put in front of it (rotation). */
export function makeAppKeys(present = ''): string {
  const ids = present ? parseKeys(present).map((key) => Number(/^k(\d+)$/.exec(key.id)?.[1] ?? 0)) : [0]
  const made = `k${Math.max(...ids) + 1}:${randomBytes(32).toString('base64')}`
  return present ? `${made},${present}` : made
}
