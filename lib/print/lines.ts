/** Where a line of Chinese may end. */

/** Never at the end of a line, and never at its start. */
const openers = '（〔《“‘「『【([{'
const closers = '，。、；：？！）〕》”’」』】—…·,.;:?!)]}'

/**
 * What is read as one: a blank in its brackets, a number with what it counts (a month), letters and digits as far as a
 * narrow column holds them; anything else stands alone.
 */
const pieces = (letters: number) =>
  new RegExp(
    `\\u3014[^\\u3015]*\\u3015|\\d+\\p{Script=Han}(?:\\d+\\p{Script=Han})?|[\\p{Script=Latin}\\d]{1,${letters}}|[^]`,
    'gu',
  )

function partsBy(piece: RegExp, word: string): string[] {
  const parts: string[] = []
  for (const [found] of word.matchAll(piece)) {
    const before = parts.at(-1)
    const joins = before !== undefined && (closers.includes(found) || openers.includes(before.slice(-1)))
    if (joins) parts[parts.length - 1] = before + found
    else parts.push(found)
  }
  return parts.flatMap((part) => [part, ''])
}

const plain = pieces(14)
const code = pieces(18)

/**
 * A word cut where a line may end, by the ways of a Chinese text. The '' between two pieces is a break without a hyphen
 * to the layout engine.
 */
export const lineParts = (word: string): string[] => partsBy(plain, word)

/** The same where a 统一社会信用代码 of 18 characters stays whole. */
export const codeParts = (word: string): string[] => partsBy(code, word)
