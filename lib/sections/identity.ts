import { formSection, region, slot } from './define.ts'
import { faceSlot, holdingSlot } from './document-slots.ts'

/** 线上实名认证 (IDV-3): three pictures and the city whose 市本级 department looks at them. */
export const identity = formSection('identity', {
  fields: { city: region() },
  slots: {
    face: faceSlot,
    reverse: slot('proof', () => 'required', { max: 1 }),
    holding: holdingSlot,
  },
})
