/** Who reviews and is there to do so: the one definition of it (REV-7). */
import { and, eq, gt, inArray, isNull, lt, or, type Param, type Placeholder } from 'drizzle-orm'
import type { Schema } from '../store.ts'

export interface Moment {
  readonly now: Date
  /** `YYYY-MM-DD` */
  readonly today: string
}

/** The same, or its places in a query that is built before. */
interface GivenMoment {
  readonly now: Date | Param<unknown>
  readonly today: string | Placeholder
}

/** Of a grant: it has not ended. */
export const countsNow = (t: Schema, now: GivenMoment['now']) =>
  or(isNull(t.staffGrant.until), gt(t.staffGrant.until, now))

/** Of a member of staff: may sign in, and is not on leave; `awayUntil` is a last day. */
export const isPresent = (t: Schema, today: GivenMoment['today']) =>
  and(eq(t.account.kind, 'staff'), eq(t.account.status, 'active'), lt(t.account.awayUntil, today))

/** Of a grant joined with its account: reviews where it is given, now, and is at work. Managers review too. */
export const isAtWork = (t: Schema, { now, today }: GivenMoment) =>
  and(inArray(t.staffGrant.role, ['reviewer', 'manager']), countsNow(t, now), isPresent(t, today))
