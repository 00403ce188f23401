import { eq } from 'drizzle-orm'
import { generateSync } from 'otplib'
import { openAccount } from '#db/queries/accounts.ts'
import { totpSecretOf } from './demo/accounts.ts'
import { withDeps } from './with-deps.ts'

/** What an authenticator app would show for a demo member of staff now. */
export const run = ([login = '']: readonly string[]) =>
  withDeps(async (deps) => {
    const { env, store, keys, clock } = deps
    if (!env.demo) throw new Error('there are demo people in demo mode only')
    if (login === '') throw new Error('say whose code: npm run ops -- demo-code tianhe')
    const { account } = store.t
    const isThere = (await store.pendingMigrations()) === 0
    const [row] = isThere ? await store.read.select().from(account).where(eq(account.login, login)) : []
    // Of who is there, the secret they have: it was made from the keys of that day, and those may have been rotated.
    const secret = row ? openAccount(keys, row).totpSecret : totpSecretOf(deps, login)
    const epoch = Math.floor(clock.now().getTime() / 1000)
    console.log(generateSync({ secret, epoch }))
  })
