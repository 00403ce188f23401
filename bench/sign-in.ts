/** Signing in by the form, as everybody does. */
import { generateSync } from 'otplib'
import { paths } from '#lib/paths.ts'
import { formWith, PlainBrowser } from '#tests/support/plain-browser.ts'
import { type Bench, fixedCaptcha } from './server.ts'

async function signedIn(
  { origin, seeded: { password } }: Bench,
  login: string,
  more: Record<string, string>,
): Promise<PlainBrowser> {
  const browser = new PlainBrowser(() => origin)
  const form = formWith(await browser.page(paths.login()), paths.login(), 'name="password"')
  const values = { login, password, captcha: fixedCaptcha, intent: 'sign-in', ...more }
  const { status, location } = await browser.post(form, values)
  if (status !== 303 || location.startsWith('/login'))
    throw new Error(`${login} could not sign in: ${status} ${location}`)
  return browser
}

export interface Browsers {
  readonly applicant: (login: string) => Promise<PlainBrowser>
  /** One browser for each, asked for as often as may be: a code of an authenticator works once. */
  readonly staff: (login: string) => Promise<PlainBrowser>
}

export function browsersOf(bench: Bench): Browsers {
  const held = new Map<string, Promise<PlainBrowser>>()
  const totp = () =>
    generateSync({ secret: bench.seeded.totpSecret, epoch: Math.floor(bench.now().getTime() / 1000) })
  return {
    applicant: (login) => signedIn(bench, login, {}),
    staff: (login) => {
      const browser = held.get(login) ?? signedIn(bench, login, { totp: totp() })
      held.set(login, browser)
      return browser
    },
  }
}
