/** 登录设备与记录 (ACC-8): where an account is signed in, and who tried its door. */
import { openSessionsOf, signInsOf } from '#db/queries/sessions.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { instantWords } from '#lib/text/dates.ts'
import { deviceWords } from '#lib/text/devices.ts'
import { sessionWords } from '#lib/text/my-account.ts'

const perPage = 50
const minute = 60_000

/** Sessions that still open a page, this one first. */
export async function ownSessions({ store, clock, env }: Deps, actor: Actor) {
  const now = clock.now()
  const { staffIdleMinutes, sessionIdleMinutes } = env.limits
  const idle = (actor.kind === 'staff' ? staffIdleMinutes : sessionIdleMinutes) * minute
  const rows = await openSessionsOf(store.read, store.t, actor.id, now)
  const live = rows
    .filter(({ lastSeenAt }) => now.getTime() - lastSeenAt.getTime() <= idle)
    .map(({ id, agent, address, createdAt, lastSeenAt }) => ({
      id,
      device: deviceWords(agent),
      address,
      since: instantWords(createdAt),
      seen: instantWords(lastSeenAt),
      isHere: id === actor.sessionId,
    }))
  return [...live.filter(({ isHere }) => isHere), ...live.filter(({ isHere }) => !isHere)]
}

/** The newest sign-ins, or those before one; `next` is the last one shown where there are more. */
export async function signInHistory({ store }: Deps, actor: Actor, cursor: string) {
  const before = /^[0-9a-f-]{36}$/.test(cursor) ? cursor : ''
  const rows = await signInsOf(store.read, store.t, actor.id, { before, limit: perPage + 1 })
  const shown = rows.slice(0, perPage)
  return {
    continued: before !== '',
    rows: shown.map(({ id, at, outcome, agent, address }) => ({
      id,
      when: instantWords(at),
      isIn: outcome === 'in',
      outcome: sessionWords.outcomes[outcome],
      device: deviceWords(agent),
      address,
    })),
    next: rows.length > perPage ? (shown.at(-1)?.id ?? null) : null,
  }
}
