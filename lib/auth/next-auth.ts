/**
 * next-auth, kept thin: it opens sessions and sets the cookie. Its "token" is our opaque secret, its database our
 * session rows; nobody reaches it by HTTP, since no route is mounted. Reading a session is session.ts.
 */

import { cookies } from 'next/headers'
import NextAuth, { type NextAuthConfig } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { type Deps, deps } from '#lib/deps.ts'
import { once } from '#lib/once.ts'
import { client } from './client.ts'
import { isProven, type Proven } from './proof.ts'
import { readSession, sessionCookie } from './session.ts'
import { closeSession, openSession } from './session-rows.ts'

const silent = () => undefined

const config = (d: Deps): NextAuthConfig => ({
  providers: [
    Credentials({
      credentials: { accountId: {}, proof: {} },
      authorize: ({ accountId, proof }) =>
        typeof accountId === 'string' && typeof proof === 'string' && isProven(d, { accountId, proof })
          ? { id: accountId }
          : null,
    }),
  ],
  session: { strategy: 'jwt', maxAge: d.env.limits.sessionHours * 3600 },
  jwt: {
    encode: async ({ token }) => {
      if (!token?.sub) throw new Error('a session needs an account')
      return openSession(d, { accountId: token.sub, ...(await client()) })
    },
    decode: async ({ token }) => {
      const found = await readSession(d, token)
      return found && { sub: found.actor.id }
    },
  },
  cookies: {
    sessionToken: {
      name: sessionCookie,
      options: { httpOnly: true, sameSite: 'lax', path: '/', secure: d.env.origin.startsWith('https:') },
    },
  },
  secret: d.keys.blind('next-auth', 'secret'),
  trustHost: true,
  // It prints whole errors, credentials included; what matters comes out as a throw.
  logger: { error: silent, warn: silent, debug: silent },
})

const nextAuth = () => once('next-auth', () => NextAuth(async () => config(await deps())))

/** Signs a proven person in on this browser; the session it had before ends. Actions and route handlers only. */
export async function startSession({ accountId, proof }: Proven): Promise<void> {
  const before = (await cookies()).get(sessionCookie)?.value
  await nextAuth().signIn('credentials', { accountId, proof, redirect: false })
  await closeSession(await deps(), before)
}

/** Signs out on this browser. */
export async function endSession(): Promise<void> {
  const jar = await cookies()
  await closeSession(await deps(), jar.get(sessionCookie)?.value)
  jar.delete(sessionCookie)
}
