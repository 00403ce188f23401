import { formSection, region, slot, text } from './define.ts'

/**
 * 账户申诉 (ACC-8, ACC-9): what happened, and the pictures by which a department knows whose account it is. What is
 * asked for follows from the account and stands among the answers of registration.
 */
export const appeal = formSection('appeal', {
  fields: {
    story: text({ max: 300, min: 5, input: 'long' }),
    city: region(),
  },
  slots: {
    face: slot('proof', () => 'required', { max: 1 }),
    reverse: slot(
      'proof',
      ({ context }) => (context.person.idType === 'foreign_passport' ? 'closed' : 'required'),
      { max: 1 },
    ),
    holding: slot('proof', () => 'required', { max: 1 }),
    other: slot('proof', () => 'open'),
  },
})
