import { generateSync } from 'otplib'
import { totpSecretOf } from './demo/accounts.ts'
import { withDeps } from './with-deps.ts'

/** What an authenticator app would show for a demo member of staff now. Their secrets follow from APP_KEYS, in demo mode alone. */
export const run = ([login = '']: readonly string[]) =>
  withDeps(async (deps) => {
    if (!deps.env.demo) throw new Error('there are demo people in demo mode only')
    if (login === '') throw new Error('say whose code: npm run ops -- demo-code tianhe')
    const epoch = Math.floor(deps.clock.now().getTime() / 1000)
    console.log(generateSync({ secret: totpSecretOf(deps, login), epoch }))
  })
