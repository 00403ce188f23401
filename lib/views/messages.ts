/** The inbox (MSG-1): what happened, in words, and where it leads. */
import { messagesOf } from '#db/queries/messages.ts'
import type { CaseKindId } from '#lib/cases/define.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { paths } from '#lib/paths.ts'
import { messageText } from '#lib/text/messages.ts'

const pageSize = 20

/** The page on which a person sees how a case of theirs stands. */
const pageOfCase: Readonly<Record<CaseKindId, string>> = {
  collection: paths.collectionStep('outcome'),
  identity: paths.identity,
  correction: paths.accountCorrection,
  appeal: paths.accountAppeal,
}
const isCaseKind = (kind: unknown): kind is CaseKindId =>
  typeof kind === 'string' && Object.hasOwn(pageOfCase, kind)

/** Where a message leads when it is opened; the account page where it is about no case. */
export const placeOfMessage = (kind: unknown): string => (isCaseKind(kind) ? pageOfCase[kind] : paths.account)

export async function inbox(deps: Deps, actor: Actor, cursor: string) {
  const after = /^[0-9a-f-]{36}$/.test(cursor) ? cursor : ''
  const { read, t } = deps.store
  const found = await messagesOf(read, t, actor.id, { after, limit: pageSize + 1 })
  const shown = found.slice(0, pageSize)
  return {
    continued: after !== '',
    next: found.length > shown.length ? (shown.at(-1)?.id ?? null) : null,
    rows: shown.map(({ id, kind, data, createdAt, readAt }) => ({
      id,
      at: createdAt,
      isRead: readAt !== null,
      place: placeOfMessage(data.kind),
      ...messageText(kind, data),
    })),
  }
}
