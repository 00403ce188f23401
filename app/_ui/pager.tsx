import { pagerWords } from '#lib/text/ui.ts'
import { LinkButton } from './buttons.tsx'

interface PagerProps {
  /** The list from its beginning; null on its first page. */
  first: string | null
  /** Where it goes on; null on its last page. */
  next: string | null
  /** What the two are called, where the list has better words for them. */
  words?: { readonly first: string; readonly next: string }
}

/** From one page of a list to the next (keyset paging: there is no way to one in the middle). */
export function Pager({ first, next, words = pagerWords }: PagerProps) {
  if (first === null && next === null) return null
  return (
    <nav aria-label={pagerWords.label} className="mt-4 flex flex-wrap gap-3 print:hidden">
      {first === null ? null : (
        <LinkButton kind="quiet" href={first}>
          {words.first}
        </LinkButton>
      )}
      {next === null ? null : <LinkButton href={next}>{words.next}</LinkButton>}
    </nav>
  )
}
