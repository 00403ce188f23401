import type { ClaimKind, Facts } from '#lib/domain/claims.ts'
import type { DemoState } from './demo-people.ts'

/**
 * Whose records the registers of the demo hold, and where these say something else than the person. Nobody else is in them,
 * and of other qualifications they hold nothing at all: what is not known is left to a person (CHK-4).
 */
export const demoRegisters: Readonly<
  Partial<Record<DemoState, Readonly<Partial<Record<ClaimKind, Facts>>>>>
> = {
  submitted: {},
  returned: {},
  approved: {},
  // Two digits of the number changed places, and so did the month.
  'returned-by-check': { education: { diplomaNo: '100001201205000132', graduated: '2012-07' } },
  // Known for another level only.
  'not-in-register': {
    'accounting-qualification': { level: 'junior', certificateNo: '15440000054321', obtained: '2015-05' },
  },
  'not-checkable': {},
}
