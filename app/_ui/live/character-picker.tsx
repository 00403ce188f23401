'use client'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { paths } from '#lib/paths.ts'
import { characterWords as words } from '#lib/text/characters.ts'
import { CharacterTile, characterLooks as looks } from './character-tile.tsx'

interface Found {
  total: number
  characters: { character: string; readings: string[]; strokes: number | null; code: string }[]
  next: number | null
  unknown: string[]
}

const nothing: Found = { total: 0, characters: [], next: null, unknown: [] }
const pause = 250

/**
 * 生僻字 beside a name field (ACC-4). Without script a submit button that leads to the picker's page; with it a dialog over
 * the form: nothing is sent, the character is put at the caret.
 */
export function CharacterPicker({ inputId }: { inputId: string }) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const wasInField = useRef(false)
  const [live, setLive] = useState(false)
  const [said, setSaid] = useState('')
  useEffect(() => {
    setLive(true)
    const field = document.getElementById(inputId)
    const enter = () => {
      wasInField.current = true
    }
    field?.addEventListener('focus', enter)
    return () => field?.removeEventListener('focus', enter)
  }, [inputId])

  function pick(character: string) {
    dialog.current?.close()
    const field = document.getElementById(inputId)
    if (!(field instanceof HTMLInputElement)) return
    field.focus()
    // Before anybody was in the field, browsers do not agree where its caret is.
    const end = field.value.length
    const [from, to] = wasInField.current
      ? [field.selectionStart ?? end, field.selectionEnd ?? end]
      : [end, end]
    field.setRangeText(character, from, to, 'end')
    field.dispatchEvent(new Event('input', { bubbles: true }))
    setSaid(words.picked(character))
  }

  return (
    <>
      <button
        type="submit"
        name="intent"
        value="rare"
        className="button button-secondary"
        aria-haspopup={live ? 'dialog' : undefined}
        onClick={(event) => {
          if (!dialog.current) return
          event.preventDefault()
          setSaid('')
          dialog.current.showModal()
          dialog.current.querySelector('input')?.focus()
        }}
      >
        {words.button}
        <span className="sr-only">{words.about}</span>
      </button>
      <span role="status" className="sr-only">
        {said}
      </span>
      {live
        ? // A form within a form is none: the dialog stands at the end of the page.
          createPortal(
            <dialog
              ref={dialog}
              aria-labelledby={`${id}-title`}
              className="m-auto max-h-[90dvh] w-[min(40rem,94vw)] max-w-none rounded-md border border-edge bg-paper p-4 text-ink backdrop:bg-ink/50 sm:p-6"
            >
              <div className="flex items-center justify-between gap-4">
                <h2 id={`${id}-title`} className="text-h2">
                  {words.title}
                </h2>
                <button type="button" className="button button-quiet" onClick={() => dialog.current?.close()}>
                  {words.close}
                </button>
              </div>
              <Finder id={id} onPick={pick} />
            </dialog>,
            document.body,
          )
        : null}
    </>
  )
}

/** The search and what it found; the arrow keys go through the characters as they stand in rows. */
function Finder({ id, onPick }: { id: string; onPick: (character: string) => void }) {
  const [typed, setTyped] = useState('')
  const [found, setFound] = useState<Found>(nothing)
  const [said, setSaid] = useState('')
  const list = useRef<HTMLUListElement>(null)
  const asked = useRef<AbortController>(null)

  async function load(q: string, page: number, before: Found) {
    asked.current?.abort()
    const turn = new AbortController()
    asked.current = turn
    setSaid(words.searching)
    try {
      const answer = await fetch(`${paths.characterOptions}?${new URLSearchParams({ q, n: String(page) })}`, {
        signal: turn.signal,
      })
      if (!answer.ok) throw new Error(String(answer.status))
      const more: Found = await answer.json()
      const characters = [...before.characters, ...more.characters]
      setFound({ ...more, characters })
      setSaid(saidOf(more, characters.length))
    } catch {
      if (!turn.signal.aborted) setSaid(words.failed)
    }
  }
  const start = (q: string) => {
    if (q.trim() !== '') return load(q.trim(), 1, nothing)
    asked.current?.abort()
    setFound(nothing)
    setSaid('')
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed is what is searched, nothing else
  useEffect(() => {
    const timer = setTimeout(() => start(typed), pause)
    return () => clearTimeout(timer)
  }, [typed])

  return (
    <>
      <search>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            start(typed)
          }}
        >
          <label htmlFor={`${id}-q`} className="mb-1 block font-semibold">
            {words.search}
          </label>
          <p id={`${id}-hint`} className="mb-1.5 text-hint text-ink-3">
            {words.hint}
          </p>
          <input
            id={`${id}-q`}
            // A search field would take the first Esc for itself.
            type="text"
            enterKeyHint="search"
            value={typed}
            maxLength={60}
            autoComplete="off"
            aria-describedby={`${id}-hint`}
            className="control"
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown') return
              event.preventDefault()
              list.current?.querySelector('button')?.focus()
            }}
          />
        </form>
      </search>
      <p role="status" className="mt-3 min-h-[1.7em]">
        {said}
      </p>
      <ul ref={list} aria-label={words.results} className={`mt-2 ${looks.list}`}>
        {found.characters.map((shown) => (
          <li key={shown.character}>
            <button
              type="button"
              className={`${looks.tile} ${looks.button}`}
              onClick={() => onPick(shown.character)}
              onKeyDown={(event) => moveIn(list.current, event)}
            >
              <CharacterTile {...shown} />
            </button>
          </li>
        ))}
      </ul>
      {found.next ? (
        <button
          type="button"
          className="button button-secondary mt-3"
          onClick={() => load(typed.trim(), found.next ?? 1, found)}
        >
          {words.more}
        </button>
      ) : null}
      <p className="mt-3 text-hint text-ink-2">{words.fonts}</p>
    </>
  )
}

const saidOf = ({ total, unknown }: Found, shown: number) =>
  [
    unknown.length > 0 ? words.unknown(unknown) : '',
    total === 0 ? words.none : shown < total ? words.shown(shown, total) : words.found(total),
  ].join('')

/** Focus to the neighbour in the direction of the key; up and down keep to the column. */
function moveIn(list: HTMLUListElement | null, event: KeyboardEvent<HTMLButtonElement>) {
  const all = [...(list?.querySelectorAll('button') ?? [])]
  const here = all.indexOf(event.currentTarget)
  const top = (button: HTMLElement) => button.getBoundingClientRect().top
  const columns = all.filter((button) => top(button) === top(all[0] ?? button)).length
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: here + 1,
    ArrowLeft: here - 1,
    ArrowDown: here + columns,
    ArrowUp: here - columns,
    Home: 0,
    End: all.length - 1,
  }
  const target = all[steps[event.key] ?? -1]
  if (!target) return
  event.preventDefault()
  target.focus()
}
