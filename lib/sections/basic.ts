import { sameProvince } from '#lib/domain/regions.ts'
import { issue } from '#lib/domain/result.ts'
import { isEmail, normaliseEmail } from '#lib/schemas/email.ts'
import { type Context, choice, formSection, region, slot, text } from './define.ts'
import { ethnicities, politicalStatuses } from './options.ts'

const mainland = ({ person }: Context) => person.idType === 'mainland_id'

/** BAS-4: neither working nor studying, and registered in another province than the department's. */
const livesElsewhere = ({ situation, household, department }: Context) =>
  situation === 'other' &&
  household !== '' &&
  department !== null &&
  department.regionCode !== '' &&
  !sameProvince(household, department.regionCode)

/** 基本信息 (BAS-1 … BAS-5). What registration knows is shown beside it, never asked again. */
export const basic = formSection('basic', {
  fields: {
    ethnicity: choice('ethnicity', ethnicities, { asked: mainland }),
    politics: choice('politics', politicalStatuses, { asked: mainland }),
    residence: region(),
    address: text({ max: 120, min: 5, seal: 'address', autocomplete: 'street-address' }),
    email: text({
      max: 100,
      optional: true,
      input: 'email',
      autocomplete: 'email',
      mask: 'email',
      normalise: normaliseEmail,
      rule: (email) => (isEmail(normaliseEmail(email)) ? [] : [issue('email', 'email-format')]),
    }),
  },
  slots: {
    portrait: slot('portrait', () => 'required'),
    idFront: slot('proof', () => 'required', { max: 1 }),
    // BAS-3: both sides for every card, the data page alone for a passport.
    idBack: slot(
      'proof',
      ({ context }) => (context.person.idType === 'foreign_passport' ? 'closed' : 'required'),
      {
        max: 1,
      },
    ),
    residencePermit: slot('proof', ({ context, questioned }) =>
      livesElsewhere(context) ? 'required' : questioned ? 'open' : 'closed',
    ),
  },
})
