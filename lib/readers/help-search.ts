/** Full-text search over 帮助中心, in memory: some fifty questions need no index (HLP-1). */
import { type HelpFacts, type HelpTopic, type HelpTopicId, plainAnswer } from '#lib/text/help/define.ts'
import { stopWords } from '#lib/text/help/words.ts'

/** Text in pieces; the marked ones are what was searched for. */
export type Marked = readonly { readonly text: string; readonly hit: boolean }[]

export interface HelpHit {
  readonly topic: HelpTopicId
  readonly id: string
  readonly question: Marked
  /** The part of the answer where the words stand, else its beginning. */
  readonly snippet: Marked
}

/** Characters of a query that count; the rest is dropped. */
export const longestQuery = 100

const snippetLength = 72
/** A word in the question says more than one among its keywords, and far more than one in its answer. */
const weight = { question: 6, keywords: 4, answer: 1 } as const
/** How far below the best a hit may lie: one word in an answer only still counts beside one that stands everywhere. */
const reach = (weight.question + weight.keywords + weight.answer) / weight.answer

const folded = (text: string) => text.normalize('NFKC').toLowerCase()
/** The same, character by character, leaving those that would change their length: marks stay where they belong. */
const fold = (text: string) =>
  text.replace(/./gsu, (character) => {
    const plain = folded(character)
    return plain.length === character.length ? plain : character
  })

/** What was typed, as far as it counts. */
export const tidyQuery = (typed: string) => [...typed.trim()].slice(0, longestQuery).join('')

/**
 * What to look for: each piece between spaces and punctuation whole, and the words in it; of words that ask and join
 * nothing is left. A single character counts only when it was typed alone.
 */
function termsOf(query: string): readonly string[] {
  const words = new Intl.Segmenter('zh', { granularity: 'word' })
  const typed = folded(query)
    .split(/[\s\p{P}\p{S}]+/u)
    .filter((piece) => piece !== '')
  const pieces = typed.length === 1 ? typed : typed.filter((piece) => piece.length > 1)
  const inside = pieces.flatMap((piece) =>
    Array.from(words.segment(piece), ({ segment }) => segment).filter((word) => word.length > 1),
  )
  return [...new Set([...pieces, ...inside])].filter((term) => !stopWords.has(term))
}

/** Where the terms stand in a text, overlapping ones joined, as [from, to[. */
function placesOf(text: string, terms: readonly string[]): [number, number][] {
  const plain = fold(text)
  const found = terms
    .flatMap((term) => {
      const places: [number, number][] = []
      for (let at = plain.indexOf(term); at >= 0; at = plain.indexOf(term, at + term.length))
        places.push([at, at + term.length])
      return places
    })
    .sort(([a], [b]) => a - b)
  return found.reduce<[number, number][]>((joined, [from, to]) => {
    const last = joined.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
    return joined
  }, [])
}

function marked(text: string, terms: readonly string[]): Marked {
  const pieces: { text: string; hit: boolean }[] = []
  let done = 0
  for (const [from, to] of placesOf(text, terms)) {
    pieces.push({ text: text.slice(done, from), hit: false }, { text: text.slice(from, to), hit: true })
    done = to
  }
  pieces.push({ text: text.slice(done), hit: false })
  return pieces.filter((piece) => piece.text !== '')
}

function snippetOf(answer: string, terms: readonly string[]): Marked {
  const first = placesOf(answer, terms)[0]?.[0] ?? 0
  const from = first > snippetLength / 2 ? first - 20 : 0
  const cut = answer.slice(from, from + snippetLength)
  return marked(`${from > 0 ? '…' : ''}${cut}${from + snippetLength < answer.length ? '…' : ''}`, terms)
}

/** The questions that fit, best first. A query without a word to look for finds nothing. */
export function searchHelp(topics: readonly HelpTopic[], facts: HelpFacts, query: string): HelpHit[] {
  const terms = termsOf(tidyQuery(query))
  const scored = topics.flatMap(({ id: topic, questions }) =>
    questions.map(({ id, question, keywords, answer }) => {
      const plain = plainAnswer(answer(facts))
      const fields = { question: fold(question), keywords: fold(keywords.join(' ')), answer: fold(plain) }
      const worth = (term: string) =>
        [...term].length *
        ((fields.question.includes(term) ? weight.question : 0) +
          (fields.keywords.includes(term) ? weight.keywords : 0) +
          (fields.answer.includes(term) ? weight.answer : 0))
      const score = terms.reduce((sum, term) => sum + worth(term), 0)
      return { score, topic, id, question, plain }
    }),
  )
  const best = Math.max(...scored.map(({ score }) => score))
  return (
    scored
      // What matches by one common word only would bury what was meant.
      .filter(({ score }) => score > 0 && score >= best / reach)
      .sort((a, b) => b.score - a.score)
      .map(({ topic, id, question, plain }) => ({
        topic,
        id,
        question: marked(question, terms),
        snippet: snippetOf(plain, terms),
      }))
  )
}
