/** Everything with a life of its own, opened once per process and handed to commands and views. */
import path from 'node:path'
import { type Keyring, makeAppKeys, openKeyring } from '#db/crypto.ts'
import { importedCalendar } from '#db/queries/calendar.ts'
import { certifyOrderById } from '#db/queries/certify.ts'
import { registerImports, registerRecords } from '#db/queries/registers.ts'
import { openStore, type Store } from '#db/store.ts'
import { alipayIdentity } from './adapters/alipay.ts'
import { restingPayments, restingRegisters, withBreaker } from './adapters/breaker.ts'
import { liveCalendar } from './adapters/calendar.ts'
import { type CaptchaPainter, captchaPainter } from './adapters/captcha.ts'
import { demoIdentity, type IdentityProvider } from './adapters/identity.ts'
import type { PaymentProvider } from './adapters/payment.ts'
import { alipayPayment } from './adapters/payment-alipay.ts'
import { type DemoTrades, demoPayment, tradesInFolder } from './adapters/payment-demo.ts'
import { httpRegisters } from './adapters/register-http.ts'
import { storedRegisters } from './adapters/register-stored.ts'
import type { Registers } from './adapters/registers.ts'
import type { SmsSender } from './adapters/sms.ts'
import { aliyunSms } from './adapters/sms-aliyun.ts'
import { httpSms } from './adapters/sms-http.ts'
import { outboxSms } from './adapters/sms-outbox.ts'
import { tencentSms } from './adapters/sms-tencent.ts'
import { type Clock, systemClock } from './clock.ts'
import { dayOf } from './domain/days.ts'
import type { WorkCalendar } from './domain/working-days.ts'
import { type Env, readEnv } from './env.ts'
import { openFiles } from './files/open.ts'
import { type SealedFiles, sealedFiles } from './files/store.ts'
import { once } from './once.ts'
import { paths } from './paths.ts'

export interface Deps {
  readonly env: Env
  readonly store: Store
  readonly keys: Keyring
  readonly files: SealedFiles
  readonly sms: SmsSender
  readonly clock: Clock
  /** Of the moment: a year may be brought in while the service runs (SUB-3). */
  readonly calendar: () => Promise<WorkCalendar>
  readonly captcha: CaptchaPainter
  /** null = by pictures only (IDV-3). */
  readonly identity: IdentityProvider | null
  /** null = no fee is taken online (EXM-3). */
  readonly payment: PaymentProvider | null
  /** null = every claim is for a person to check (CHK-2, `off`). */
  readonly registers: Registers | null
}

/** The provider an environment names (IDV-2). Throws a sentence where its keys are none. */
export function identityOf(
  { identity, origin }: Pick<Env, 'identity' | 'origin'>,
  { read, t }: Store,
  clock: Clock,
): IdentityProvider | null {
  switch (identity.provider) {
    case 'off':
      return null
    case 'demo': {
      const stateOf = async (id: string) => (await certifyOrderById(read, t, id))?.providerState ?? null
      return demoIdentity({ stateOf }, paths.identityCertify)
    }
    case 'alipay':
      return alipayIdentity({
        settings: identity,
        returnUrl: `${origin}${paths.identity}`,
        notifyUrl: `${origin}${paths.identityCallback}`,
        clock,
      })
  }
}

/** Who takes fees for an environment, left alone for a while when it fails (EXM-3). Throws a sentence where its keys are none. */
export function paymentOf(
  { payment, origin, dataDir }: Pick<Env, 'payment' | 'origin' | 'dataDir'>,
  keys: Keyring,
  clock: Clock,
  trades: DemoTrades = tradesInFolder(path.join(/* turbopackIgnore: true */ dataDir, 'demo-payments')),
): PaymentProvider | null {
  switch (payment.provider) {
    case 'off':
      return null
    case 'demo': {
      const sign = (text: string) => keys.blind('demo-payment', text)
      return demoPayment({ trades, sign, pageUrl: paths.payDemo, clock })
    }
    case 'alipay':
      return restingPayments(
        alipayPayment({
          settings: payment,
          returnUrl: (number) => `${origin}${paths.payOrder(number)}`,
          notifyUrl: `${origin}${paths.payNotice}`,
          clock,
        }),
        clock,
      )
  }
}

/** The registers an environment names, left alone for a while when they fail (CHK-2). */
export function registersOf(
  { registers }: Pick<Env, 'registers'>,
  { read, t }: Store,
  keys: Keyring,
  clock: Clock,
): Registers | null {
  switch (registers.provider) {
    case 'off':
      return null
    case 'register':
      return storedRegisters({
        recordsOf: (kind, subject) => registerRecords(read, t, keys, kind, subject),
        async sourceOf(kind) {
          const [newest] = await registerImports(read, t, kind)
          return newest ? dayOf(newest.importedAt) : ''
        },
      })
    case 'http':
      return restingRegisters(httpRegisters(registers), clock)
  }
}

/** The statutory calendar with what operators brought in (SUB-3). */
export const calendarOf = (store: Store, clock: Clock) =>
  liveCalendar(() => importedCalendar(store.read, store.t), clock)

function carrierOf({ sms, dataDir }: Pick<Env, 'sms' | 'dataDir'>, clock: Clock): SmsSender {
  switch (sms.provider) {
    case 'outbox':
      return outboxSms(path.join(/* turbopackIgnore: true */ dataDir, 'outbox', 'sms.jsonl'), clock)
    case 'http':
      return httpSms(sms, clock)
    case 'aliyun':
      return aliyunSms(sms)
    case 'tencent':
      return tencentSms(sms)
  }
}

/** Who carries SMS for an environment, left alone for a while when it fails (MSG-1). */
export const smsOf = (env: Pick<Env, 'sms' | 'dataDir'>, clock: Clock): SmsSender =>
  withBreaker(carrierOf(env, clock), clock)

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
    files: sealedFiles(await openFiles(env.files), keys),
    sms: smsOf(env, clock),
    clock,
    calendar: calendarOf(store, clock),
    captcha: captchaPainter,
    identity: identityOf(env, store, clock),
    payment: paymentOf(env, keys, clock),
    registers: registersOf(env, store, keys, clock),
  }
}

export const env = () => once('env', () => readEnv(process.env, makeAppKeys))

/** The process's own dependencies. */
export const deps = (): Promise<Deps> => once('deps', () => openDeps(env()))
