/** Which column of a CSV file is which field, by its headings. */
import { wordKey } from './register-cells.ts'

export interface FoundHeadings {
  /** Where each field stands. */
  readonly places: ReadonlyMap<string, number>
  /** Fields that stand there once more. */
  readonly twice: readonly string[]
  /** Headings nobody asks about. */
  readonly ignored: readonly string[]
}

const headingKey = (heading: string) => wordKey(heading.replace(/\p{Cf}/gu, '')).toLowerCase()

/** `known` says by which headings each field goes, in any order and any width; its own key is one of them. */
export function findHeadings(
  known: Readonly<Record<string, readonly string[]>>,
  cells: readonly string[],
): FoundHeadings {
  const fieldOf = new Map(
    Object.entries(known).flatMap(([field, headings]) =>
      [field, ...headings].map((heading) => [headingKey(heading), field] as const),
    ),
  )
  const places = new Map<string, number>()
  const twice: string[] = []
  const ignored: string[] = []
  for (const [index, cell] of cells.entries()) {
    const field = fieldOf.get(headingKey(cell))
    if (field === undefined) ignored.push(cell)
    else if (places.has(field)) twice.push(field)
    else places.set(field, index)
  }
  return { places, twice, ignored: ignored.filter((cell) => cell !== '') }
}
