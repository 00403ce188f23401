'use client'
import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type PictureAsked, paths } from '#lib/paths.ts'
import { fitted, type Look, sheetOf, turned, type Zoom, zoomed } from '#lib/schemas/picture-view.ts'
import { pictureWords as words } from '#lib/text/review.ts'

export interface Stage {
  readonly caseId: string
  readonly framed: boolean
  /** Its place among all pictures of the round, from 1. */
  readonly picture: number
  /** Which picture of the round before is shown instead; 0 for none. */
  readonly before: number
  readonly previous: number | null
  readonly next: number | null
}
interface PictureStageProps {
  stage: Stage
  file: { readonly fileId: string; readonly width: number; readonly height: number }
  alt: string
  look: Look
}

/** In a frame that nobody sees, a width of nothing: without script such a frame is loaded, its picture must not be. */
const unseen = '(max-width: 1px)'
const nothing = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=='

const widths: Readonly<Record<Zoom, string>> = {
  '1': 'absolute inset-0 h-full w-full',
  '1.5': 'h-auto w-[150%]',
  '2': 'h-auto w-[200%]',
  '3': 'h-auto w-[300%]',
}

/** A fragment would move the page around a frame as well: there pictures-frame.tsx keeps the focus where it was. */
const hrefOf = ({ caseId, framed }: Stage, asked: PictureAsked) =>
  framed ? paths.reviewPicturesFrame(caseId, asked) : `${paths.reviewPictures(caseId, asked)}#viewer`

const tool =
  'inline-flex min-h-target min-w-target items-center justify-center rounded-md border px-3 text-center no-underline'
const toolLook = `${tool} border-edge bg-paper text-brand hover:bg-brand-soft`
const toolOff = `${tool} bg-panel text-ink-3`

/**
 * One picture in a window that scrolls, with its tools. Every tool is a link that says how the picture is to be seen, so it
 * works without script; with it the picture stays and is only drawn anew: fetched once, written down once (REV-6).
 * The keys act only while the focus is in here (WCAG 2.1.4).
 */
export function PictureStage({ stage, file, alt, look: asked }: PictureStageProps) {
  const [look, setLook] = useState(asked)
  const [live, setLive] = useState(false)
  const [said, setSaid] = useState('')
  const box = useRef<HTMLDivElement>(null)
  /** What of the picture stands in the middle of the window, as shares of it. */
  const middle = useRef({ x: 0.5, y: 0.5 })
  const grip = useRef({ x: 0, y: 0 })
  useEffect(() => setLive(true), [])

  const change = (next: Look) => {
    const { current } = box
    if (current)
      middle.current = {
        x: (current.scrollLeft + current.clientWidth / 2) / current.scrollWidth,
        y: (current.scrollTop + current.clientHeight / 2) / current.scrollHeight,
      }
    setLook(next)
    setSaid(words.nowAt(next.zoom, next.turn))
    const { picture, before } = stage
    history.replaceState(null, '', hrefOf(stage, { picture, before: before || undefined, ...next }))
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was in the middle stays there when the look changes
  useLayoutEffect(() => {
    const { current } = box
    if (!current) return
    current.scrollLeft = middle.current.x * current.scrollWidth - current.clientWidth / 2
    current.scrollTop = middle.current.y * current.scrollHeight - current.clientHeight / 2
  }, [look])

  const isFit = look.zoom === '1'
  const go = (picture: number | null) => {
    if (picture !== null) location.assign(hrefOf(stage, { picture }))
  }
  /** Whether the key has a meaning here. */
  const obey = (key: string, shift: boolean): boolean => {
    if (key === '+' || key === '=') change(zoomed(look, 1))
    else if (key === '-') change(zoomed(look, -1))
    else if (key === '0') change(fitted(look))
    else if (key === 'r' || key === 'R') change(turned(look, shift ? -1 : 1))
    // Of a picture that is larger than its window the arrows move it, as everywhere.
    else if (key === 'ArrowLeft' && isFit) go(stage.previous)
    else if (key === 'ArrowRight' && isFit) go(stage.next)
    else if (key === 'Escape' && stage.framed) leaveFrame(stage.picture)
    else return false
    return true
  }
  const press = (event: KeyboardEvent) => {
    const isChord = event.ctrlKey || event.metaKey || event.altKey
    if (!isChord && obey(event.key, event.shiftKey)) event.preventDefault()
  }
  const grab = (event: PointerEvent<HTMLDivElement>) => {
    // A finger moves it by itself.
    if (event.pointerType !== 'mouse' || event.button !== 0 || isFit) return
    event.currentTarget.setPointerCapture(event.pointerId)
    grip.current = { x: event.clientX, y: event.clientY }
  }
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const target = event.currentTarget
    if (!target.hasPointerCapture(event.pointerId)) return
    const { clientX: x, clientY: y } = event
    target.scrollBy(grip.current.x - x, grip.current.y - y)
    grip.current = { x, y }
  }

  const step = (word: string, picture: number | null, mark: string) =>
    picture === null ? (
      <span className={toolOff}>{word}</span>
    ) : (
      <a href={hrefOf(stage, { picture })} rel={mark} className={toolLook}>
        {word}
      </a>
    )
  const way = (word: string, next: Look) => {
    const same = next.zoom === look.zoom && next.turn === look.turn
    // With script the focus may stand on it.
    if (same && !live) return <span className={toolOff}>{word}</span>
    const { picture, before } = stage
    return (
      <a
        href={hrefOf(stage, { picture, before: before || undefined, ...next })}
        aria-disabled={same ? true : undefined}
        className={same ? toolOff : toolLook}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
          event.preventDefault()
          change(next)
        }}
      >
        {word}
      </a>
    )
  }
  const sheet = sheetOf(file, look.turn)

  return (
    <section
      id="viewer"
      aria-label={words.viewer}
      tabIndex={-1}
      onKeyDown={press}
      className={`-m-1 flex scroll-mt-40 flex-col gap-2 rounded-md p-1 ${stage.framed ? 'grow' : ''}`}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in */}
      <div role="group" aria-label={words.tools} className="flex flex-wrap gap-2 text-hint print:hidden">
        {step(words.previous, stage.previous, 'prev')}
        {step(words.next, stage.next, 'next')}
        {way(words.closer, zoomed(look, 1))}
        {way(words.further, zoomed(look, -1))}
        {way(words.fit, fitted(look))}
        {way(words.left, turned(look, -1))}
        {way(words.right, turned(look, 1))}
        <a href={paths.file(file.fileId)} target="_blank" rel="noreferrer" className={toolLook}>
          {words.original}
          <span className="sr-only">{words.inNewTab}</span>
        </a>
        <a href="#all-pictures" className={toolLook}>
          {words.pictures}
        </a>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a window to look through */}
      <div
        ref={box}
        role="group"
        aria-label={alt}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and by keyboard too
        tabIndex={0}
        onPointerDown={grab}
        onPointerMove={drag}
        className={`relative overflow-auto overscroll-contain rounded-sm border bg-panel ${stage.framed ? 'min-h-80 grow basis-0' : 'h-[75vh]'} ${live && !isFit ? 'cursor-grab select-none active:cursor-grabbing' : ''}`}
      >
        {/* biome-ignore lint/a11y/noSvgWithoutTitle: the picture in it has its own words */}
        <svg
          viewBox={`0 0 ${sheet.width} ${sheet.height}`}
          className={`block max-w-none ${widths[look.zoom]}`}
        >
          <g transform={sheet.transform}>
            <foreignObject width={file.width} height={file.height}>
              <picture>
                <source media={unseen} srcSet={nothing} />
                <img
                  src={paths.file(file.fileId)}
                  alt={alt}
                  width={file.width}
                  height={file.height}
                  draggable={false}
                  className="block max-w-none"
                />
              </picture>
            </foreignObject>
          </g>
        </svg>
      </div>
      <p role="status" className="sr-only">
        {said}
      </p>
      {live ? <Keys framed={stage.framed} /> : null}
    </section>
  )
}

/** Back to the link beside the answers that led here; our own pages alone may stand around this one. */
function leaveFrame(picture: number): void {
  window.parent.focus()
  window.parent.document.querySelector<HTMLElement>(`a[data-picture="${picture}"]`)?.focus()
}

const Keys = ({ framed }: { framed: boolean }) => (
  <details className="text-hint text-ink-2 pointer-coarse:hidden print:hidden">
    <summary className="inline-flex min-h-target items-center text-brand">{words.keysTitle}</summary>
    <p>{words.keysLead}</p>
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4">
      {[...words.keys, ...(framed ? [words.escape] : [])].map(([key, does]) => (
        <div key={key} className="contents">
          <dt>
            <kbd className="font-sans font-medium">{key}</kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
    <p>{words.drag}</p>
  </details>
)
