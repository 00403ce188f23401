import { formSection, region, slot, text } from './define.ts'
import { faceSlot, holdingSlot, reverseSlot } from './document-slots.ts'

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
    face: faceSlot,
    reverse: reverseSlot,
    holding: holdingSlot,
    other: slot('proof', () => 'open'),
  },
})
