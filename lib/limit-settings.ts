import { z } from 'zod'

/** Every limit and lifetime that is a setting, with its default (system.md, Numbers); docs/operations.md says what each bounds. */
const defaults = {
  signInFailuresPerAddress: 5,
  signInFailuresPerDay: 20,
  recoveryPerDay: 10,
  smsPerAddressPerHour: 20,
  smsPerBrowserPerHour: 10,
  smsPerPhonePerDay: 10,
  noticesPerPhonePerDay: 20,
  smsTries: 5,
  takenPerPhonePerDay: 5,
  captchaPerAddressPerHour: 300,
  certifyPerHour: 10,
  uploadsPerPersonPerHour: 120,
  exportsPerDay: 5,
  receiptsPerDay: 20,
  verifiesPerAddressPerHour: 60,
  staffExportsPerDay: 20,
  rostersPerDay: 20,
  exportsRunning: 3,
  exportRows: 50_000,
  exportDays: 7,
  leaseMinutes: 30,
  assignedHours: 24,
  batchCases: 50,
  secondLookPercent: 5,
  draftDays: 90,
  identityPictureDays: 30,
  sessionIdleMinutes: 30,
  staffIdleMinutes: 15,
  sessionHours: 8,
  invitationHours: 72,
  signInRecordDays: 180,
  registerRetryHours: 24,
} as const

export type Limits = { readonly [K in keyof typeof defaults]: number }

/** `smsTries` → `LIMITS_SMS_TRIES`. */
const settingOf = (name: string) => `LIMITS_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`

const value = z.coerce.number().int().positive()

/** The limits as the environment sets them. Throws an Error that names every setting that is no whole number above zero. */
export function readLimits(source: Readonly<Record<string, string | undefined>>): Limits {
  const wrong: string[] = []
  const read = Object.entries(defaults).map(([name, fallback]) => {
    const setting = settingOf(name)
    const parsed = value.default(fallback).safeParse(source[setting])
    if (!parsed.success) wrong.push(`${setting}: ${parsed.error.issues[0]?.message}`)
    return [name, parsed.data ?? fallback]
  })
  if (wrong.length > 0) throw new Error(`environment: ${wrong.join('; ')}`)
  return { ...defaults, ...Object.fromEntries(read) }
}
