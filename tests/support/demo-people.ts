/** The people of the demo, signed in by the forms of a running server. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { generateSync } from 'otplib'
import { formWith, PlainBrowser } from './plain-browser.ts'
import type { RunningServer } from './server.ts'

/** To be given to the server as `CAPTCHA_FIXED`. */
export const fixedCaptcha = '2468'

export interface DemoAccount {
  readonly role: string
  readonly login: string
  readonly password: string
  readonly state?: string
  readonly totpSecret?: string
}

export async function demoAccount(
  { dataDir }: Pick<RunningServer, 'dataDir'>,
  wanted: (account: DemoAccount) => boolean,
): Promise<DemoAccount> {
  const all: DemoAccount[] = JSON.parse(await readFile(path.join(dataDir, 'demo-accounts.json'), 'utf8'))
  const found = all.find(wanted)
  if (!found) throw new Error('no such demo account')
  return found
}

export const isDrafting = ({ role, state }: DemoAccount): boolean => role === 'applicant' && state === 'draft'

/** A browser in which this person has signed in. */
export async function signedIn(
  server: Pick<RunningServer, 'url'>,
  { login, password, totpSecret }: DemoAccount,
): Promise<PlainBrowser> {
  const browser = new PlainBrowser(() => server.url)
  const form = formWith(await browser.page('/login'), '/login', 'name="password"')
  const totp: Record<string, string> =
    totpSecret === undefined ? {} : { totp: generateSync({ secret: totpSecret }) }
  const values = { login, password, captcha: fixedCaptcha, intent: 'sign-in', ...totp }
  const { status, location } = await browser.post(form, values)
  if (status !== 303 || location.startsWith('/login'))
    throw new Error(`${login} was not let in: ${status} ${location}`)
  return browser
}
