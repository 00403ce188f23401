/** The inbox (MSG-1): what happened, in words, and where it leads. */
import { messagesOf } from '#db/queries/messages.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { paths } from '#lib/paths.ts'
import { isForStaff, messageText } from '#lib/text/messages.ts'
import { isCaseKind, pageOfCase } from './case-pages.ts'

const pageSize = 20

/** Where a message that is about no case leads. */
const places = {
  account: paths.account,
  leave: paths.accountLeave,
  review: paths.review(),
  departments: paths.departments(),
  exports: paths.exports(),
  credits: paths.credits(),
} as const
const isPlace = (place: unknown): place is keyof typeof places =>
  typeof place === 'string' && Object.hasOwn(places, place)

type Opened = Pick<Awaited<ReturnType<typeof messagesOf>>[number], 'kind' | 'caseId' | 'data'>

/** Where a message leads when it is opened: to its case or the place it names, else to the account page. */
export function placeOfMessage({ kind, caseId, data }: Opened): string {
  // Somebody else's by now: one's own queue is what is left of it.
  if (kind === 'case-reassigned') return paths.review({ tab: 'mine' })
  if (isForStaff(kind)) return caseId === null ? paths.review() : paths.reviewCase(caseId)
  if (isPlace(data.place)) return places[data.place]
  return isCaseKind(data.kind) ? pageOfCase[data.kind] : paths.account
}

export async function inbox(deps: Deps, actor: Actor, cursor: string) {
  const after = /^[0-9a-f-]{36}$/.test(cursor) ? cursor : ''
  const { read, t } = deps.store
  const found = await messagesOf(read, t, actor.id, { after, limit: pageSize + 1 })
  const shown = found.slice(0, pageSize)
  return {
    continued: after !== '',
    next: found.length > shown.length ? (shown.at(-1)?.id ?? null) : null,
    rows: shown.map(({ id, kind, caseId, data, createdAt, readAt }) => ({
      id,
      at: createdAt,
      isRead: readAt !== null,
      place: placeOfMessage({ kind, caseId, data }),
      ...messageText(kind, data),
    })),
  }
}
