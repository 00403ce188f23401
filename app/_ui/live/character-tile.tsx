import { characterWords as words } from '#lib/text/characters.ts'

interface Shown {
  readonly character: string
  readonly readings: readonly string[]
  readonly strokes: number | null
  readonly code: string
}

/** What is to be seen on the button of one character, on the page and in the picker over it. */
export const CharacterTile = ({ character, readings, strokes, code }: Shown) => (
  <>
    <span lang="zh-CN" className="text-h1">
      {character}
    </span>
    <span className="text-hint">{readings.length > 0 ? readings.join(' ') : words.noReading}</span>
    <span className="text-hint text-ink-3">
      {strokes === null ? null : <span className="block">{words.strokes(strokes)}</span>}
      <span className="block">{code}</span>
    </span>
  </>
)

/** The classes of what stands around it, and of the list of all. */
export const characterLooks = {
  list: 'grid grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-2',
  tile: 'flex h-full min-h-target w-full flex-col items-center rounded-md border border-edge px-1 py-2 text-center',
  button: 'cursor-pointer hover:border-brand hover:bg-brand-soft',
} as const
