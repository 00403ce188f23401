import { formSection, region } from './define.ts'
import { faceSlot, holdingSlot, reverseSlot } from './document-slots.ts'

/** 线上实名认证 (IDV-3): pictures of the document and of its holder, and the city whose 市本级 department looks at them. */
export const identity = formSection('identity', {
  fields: { city: region() },
  slots: {
    face: faceSlot,
    reverse: reverseSlot,
    holding: holdingSlot,
  },
})
