/** Everything with a life of its own, opened once per process and handed to commands and views. */
import path from 'node:path'
import { type Keyring, makeAppKeys, openKeyring } from '#db/crypto.ts'
import { certifyProviderState } from '#db/queries/certify.ts'
import { openStore, type Store } from '#db/store.ts'
import { officialCalendar } from './adapters/calendar.ts'
import { type CaptchaPainter, captchaPainter } from './adapters/captcha.ts'
import { demoIdentity, type IdentityProvider } from './adapters/identity.ts'
import { outboxSms, type SmsSender } from './adapters/sms.ts'
import { type Clock, systemClock } from './clock.ts'
import type { WorkCalendar } from './domain/working-days.ts'
import { type Env, readEnv } from './env.ts'
import { type FileStore, folderStore, sealedFiles } from './files/store.ts'
import { once } from './once.ts'
import { paths } from './paths.ts'

export interface Deps {
  readonly env: Env
  readonly store: Store
  readonly keys: Keyring
  readonly files: FileStore
  readonly sms: SmsSender
  readonly clock: Clock
  readonly calendar: WorkCalendar
  readonly captcha: CaptchaPainter
  /** null = by pictures only (IDV-3). */
  readonly identity: IdentityProvider | null
}

/** The provider an environment names (IDV-2). */
export const identityOf = (env: Pick<Env, 'identityProvider'>, store: Store): IdentityProvider | null =>
  env.identityProvider === 'demo'
    ? demoIdentity({ stateOf: (id) => certifyProviderState(store.read, store.t, id) }, paths.identityCertify)
    : null

/** Opens the outside for an environment; `npm start` does it once, tests once per database. */
export async function openDeps(env: Env, clock: Clock = systemClock): Promise<Deps> {
  const keys = openKeyring(env.appKeys)
  const store = await openStore({
    dataDir: env.dataDir,
    ...(env.databaseUrl ? { url: env.databaseUrl } : {}),
  })
  return {
    env,
    store,
    keys,
    files: sealedFiles(folderStore(path.join(env.dataDir, 'files')), keys),
    sms: outboxSms(path.join(env.dataDir, 'outbox', 'sms.jsonl'), clock),
    clock,
    calendar: officialCalendar,
    captcha: captchaPainter,
    identity: identityOf(env, store),
  }
}

export const env = () => once('env', () => readEnv(process.env, makeAppKeys))

/** The process's own dependencies. */
export const deps = (): Promise<Deps> => once('deps', () => openDeps(env()))
