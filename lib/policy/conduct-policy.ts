/** Who may see the entries of 奖惩 and publish awards: deny by default (AWD-1, SEC-1). */
import { hasRole, inOwnRight, type Staff } from '#lib/domain/actor.ts'

/** What is shown to everybody lasts: by an office of one's own, never for somebody on leave. `path` is the entry's department. */
export const mayPublish = (actor: Staff, path: string): boolean => hasRole(inOwnRight(actor), 'manager', path)
