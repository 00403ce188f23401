import { slot } from './define.ts'

/** 证件人像面. */
export const faceSlot = slot('proof', () => 'required', { max: 1 })

/** 证件非人像面; a passport is proven by its data page alone. */
export const reverseSlot = slot(
  'proof',
  ({ context }) => (context.person.idType === 'foreign_passport' ? 'closed' : 'required'),
  { max: 1 },
)

/** 手持证件人像面. */
export const holdingSlot = slot('proof', () => 'required', { max: 1 })
