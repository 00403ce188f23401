import { weightedSum } from 'stdnum/lib/cjs/util/checksum.js'

/**
 * Check characters of three standards over stdnum's weighted sum. Its whole validators do not fit: `cn.ric` reads
 * the clock, `cn.uscc` refuses correct codes (check sum 0, letters in the first two places).
 */

const identityWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]

/** GB 32100-2015: no I, O, S, V, Z. */
export const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** GB 11643-1999 (ISO 7064 MOD 11-2) for 17 digits. */
export const identityCheckCharacter = (digits: string): string =>
  '10X98765432'.charAt(weightedSum(digits, { weights: identityWeights, modulus: 11 }))

/** GB 32100-2015 for the first 17 characters. */
export const creditCheckCharacter = (head: string): string => {
  const sum = weightedSum(head, { weights: creditWeights, modulus: 31, alphabet: creditAlphabet })
  return creditAlphabet.charAt((31 - sum) % 31)
}

/** GB 11714-1997 for the 8 characters of an organisation code. */
export const organisationCheckCharacter = (body: string): string =>
  '0123456789X'.charAt((11 - weightedSum(body, { weights: organisationWeights, modulus: 11 })) % 11)
