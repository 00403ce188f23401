/** What of an answer each audience sees: whole for its owner and on the owner's print, masked for a reviewer (REV-6). */
import { maskEmail, maskNumber, maskPhone } from '#lib/domain/masking.ts'
import { common } from '#lib/text/sections.ts'
import type { Answer } from './answers.ts'

export type Audience = 'owner' | 'reviewer' | 'print'

const keptOfAddress = 6

/** Keeps the first six characters, which is where province and city stand. */
function maskAddress(address: string): string {
  const all = [...address]
  return all.map((character, i) => (i < keptOfAddress && i < all.length - 1 ? character : '*')).join('')
}

const maskers = { number: maskNumber, phone: maskPhone, address: maskAddress, email: maskEmail } as const

/** `text` as this audience sees an answer of this mask; an unanswered one has nothing to hide. */
export function maskedFor(audience: Audience, mask: Answer['mask'], text: string): string {
  return audience !== 'reviewer' || mask === undefined || text === common.blank ? text : maskers[mask](text)
}

/** The answer's text as this audience sees it. */
export const shownTo = (answer: Pick<Answer, 'shown' | 'mask'>, audience: Audience): string =>
  maskedFor(audience, answer.mask, answer.shown)
