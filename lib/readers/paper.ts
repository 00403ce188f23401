/** A paper that is handed out with a receipt, as a plain value: what the page and the PDF draw, of any kind. */

export interface PaperFact {
  readonly label: string
  readonly value: string
  /** Too long for half a line. */
  readonly wide?: boolean
}

export interface PaperTable {
  readonly title: string
  /** `share` is the width in per cent. */
  readonly columns: readonly { readonly label: string; readonly share: number }[]
  /** A cell for every column. */
  readonly lines: readonly (readonly string[])[]
  /** Said where there is no line. */
  readonly empty: string
}

export interface Paper {
  readonly title: string
  /** Id of the picture printed beside the facts; '' for none. */
  readonly portrait: string
  readonly facts: readonly PaperFact[]
  readonly tables: readonly PaperTable[]
}

/** Facts in lines of one or two. */
export function factLines(facts: readonly PaperFact[]): PaperFact[][] {
  const lines: PaperFact[][] = []
  for (const fact of facts) {
    const last = lines.at(-1)
    const joins = last?.length === 1 && !fact.wide && !last[0]?.wide
    if (joins) last.push(fact)
    else lines.push([fact])
  }
  return lines
}

/** Text that is the same wherever the same values are: keys sorted, whatever order they were loaded in. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
