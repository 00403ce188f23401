import { issuesAt } from '#lib/domain/result.ts'
import { checkNumber, isIdentityType, normaliseNumber } from '#lib/schemas/identity-number.ts'
import { checkName, nameLimits } from '#lib/schemas/name.ts'
import { type Context, choice, formSection, region, slot, text, type Values } from './define.ts'
import { faceSlot, reverseSlot } from './document-slots.ts'
import { correctionKinds } from './options.ts'

const ofKind = (kind: (typeof correctionKinds)[number]) => (values: Values) => values.what === kind

/** A passport belongs to the same country as before, which the format does not depend on. */
const anyCountry = 'XX'

/** 身份信息更正: what registration got wrong, or what a new document changed, with the pictures that prove it. */
export const correction = formSection('correction', {
  fields: {
    what: choice('correctionKind', correctionKinds),
    newName: text({
      // An ideograph with a variation selector counts as two.
      max: nameLimits.maxCharacters * 2,
      when: ofKind('name'),
      rule: (name) => {
        const read = checkName(name, 'newName')
        return read.ok ? [] : read.issues
      },
    }),
    newNumber: text({
      max: 20,
      when: ofKind('document'),
      seal: 'number',
      normalise: normaliseNumber,
      rule: (number, _values, { person, today }: Context) => {
        if (!isIdentityType(person.idType)) return []
        const read = checkNumber(person.idType, number, { nationality: anyCountry, today })
        return read.ok ? [] : issuesAt('newNumber', read.issues)
      },
    }),
    reason: text({ max: 300, min: 5, input: 'long' }),
    city: region(),
  },
  slots: {
    face: faceSlot,
    reverse: reverseSlot,
    // A new name is proven by what changed it; a new document proves itself, unless somebody asks.
    proof: slot('proof', ({ row }) => (row.values.what === 'name' ? 'required' : 'open')),
  },
})
