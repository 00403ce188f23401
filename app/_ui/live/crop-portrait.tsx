'use client'
import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef } from 'react'
import { type Crop, cutOf, frame, mostZoom, moved } from '#lib/schemas/fit.ts'
import { fitWords } from '#lib/text/fit.ts'

const words = fitWords.crop
const step = 0.04
const factor = 1.1

interface CropPortraitProps {
  photo: ImageBitmap
  crop: Crop
  /** The word of the button that sends. */
  send: string
  onCrop: (crop: Crop) => void
  onUse: () => void
  onCancel: () => void
}

/**
 * The photo under a fixed frame of 295:413 (BAS-1): dragged, moved by arrow keys, or by the sliders, which need neither
 * (WCAG 2.5.7). What the frame shows is what is sent.
 */
export function CropPortrait({ photo, crop, send, onCrop, onUse, onCancel }: CropPortraitProps) {
  const id = useId()
  const view = useRef<HTMLCanvasElement>(null)
  const frameBox = useRef<HTMLDivElement>(null)
  const held = useRef({ x: 0, y: 0 })
  const cut = cutOf(photo, crop)
  const most = mostZoom(photo)
  const room = { x: photo.width - cut.width, y: photo.height - cut.height }

  useEffect(() => {
    // Only who has just chosen the photo is led here, not who went on to another field.
    const here = document.activeElement
    if (here === document.body || (here instanceof HTMLInputElement && here.type === 'file'))
      frameBox.current?.focus()
  }, [])
  useEffect(() => {
    const pen = view.current?.getContext('2d')
    if (!pen || !view.current || photo.width === 0) return
    const { width, height } = view.current
    const { left, top, ...part } = cutOf(photo, crop)
    pen.imageSmoothingQuality = 'high'
    pen.clearRect(0, 0, width, height)
    pen.drawImage(photo, left, top, part.width, part.height, 0, 0, width, height)
  }, [photo, crop])

  const move = (by: { dx?: number; dy?: number; factor?: number }) => onCrop(moved(photo, crop, by))
  const press = (event: KeyboardEvent) => {
    const by = keys[event.key]
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    move(by)
  }
  const grab = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    held.current = { x: event.clientX, y: event.clientY }
  }
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget
    if (!box.hasPointerCapture(event.pointerId)) return
    const { clientX: x, clientY: y } = event
    move({ dx: (held.current.x - x) / box.clientWidth, dy: (held.current.y - y) / box.clientHeight })
    held.current = { x, y }
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset within the form would take its file input for its own
    <div role="group" aria-labelledby={`${id}-title`} className="basis-full rounded-md border bg-panel p-3">
      <p id={`${id}-title`} className="font-semibold">
        {words.title}
      </p>
      <p className="mb-3 text-hint text-ink-2">{words.lead(send)}</p>
      <div className="flex flex-wrap items-start gap-4">
        <div
          ref={frameBox}
          role="application"
          aria-label={words.frame}
          aria-describedby={`${id}-keys`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys act on it
          tabIndex={0}
          className="w-48 flex-none cursor-move touch-none border-2 border-ink bg-paper"
          onKeyDown={press}
          onPointerDown={grab}
          onPointerMove={drag}
        >
          <canvas
            ref={view}
            width={frame.width * 2}
            height={frame.height * 2}
            className="block h-auto w-full"
          />
        </div>
        <div className="min-w-0 grow basis-40">
          <p id={`${id}-keys`} className="mb-2 text-hint text-ink-2">
            {words.keys}
          </p>
          <Slider
            label={words.zoom}
            value={crop.zoom}
            min={1}
            max={most}
            text={words.times(crop.zoom)}
            onMove={(zoom) => move({ factor: zoom / crop.zoom })}
          />
          <Slider
            label={words.across}
            value={room.x < 1 ? 0 : (cut.left / room.x) * 100}
            max={room.x < 1 ? 0 : 100}
            onMove={(share) => onCrop({ ...crop, x: (room.x * share) / 100 + cut.width / 2 })}
          />
          <Slider
            label={words.upright}
            value={room.y < 1 ? 0 : (cut.top / room.y) * 100}
            max={room.y < 1 ? 0 : 100}
            onMove={(share) => onCrop({ ...crop, y: (room.y * share) / 100 + cut.height / 2 })}
          />
        </div>
      </div>
      <div className="mt-3 flex flex-wrap gap-2">
        <button type="button" className="button button-primary max-sm:grow" onClick={onUse}>
          {words.use}
        </button>
        <button type="button" className="button button-quiet" onClick={onCancel}>
          {words.cancel}
        </button>
      </div>
    </div>
  )
}

const keys: Readonly<Record<string, { dx?: number; dy?: number; factor?: number }>> = {
  // The keys move the photo, as dragging does: the frame goes the other way.
  ArrowLeft: { dx: step },
  ArrowRight: { dx: -step },
  ArrowUp: { dy: step },
  ArrowDown: { dy: -step },
  '+': { factor },
  '=': { factor },
  '-': { factor: 1 / factor },
}

interface SliderProps {
  label: string
  value: number
  min?: number
  max: number
  text?: string
  onMove: (value: number) => void
}

/** Stands still where there is no room to move. */
const Slider = ({ label, value, min = 0, max, text = fitWords.crop.percent(value), onMove }: SliderProps) => (
  <label className="mb-1 flex items-center gap-3">
    <span className="flex-none">{label}</span>
    <input
      type="range"
      min={min}
      max={Math.max(min, max)}
      step="any"
      value={value}
      disabled={max <= min}
      aria-valuetext={text}
      className="h-target min-w-0 grow accent-brand"
      onChange={(event) => onMove(Number(event.target.value))}
    />
  </label>
)
