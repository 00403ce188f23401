'use client'
import { useCallback, useEffect, useId, useRef, useState } from 'react'
import { type Crop, cutOf, firstCrop, type Size } from '#lib/schemas/fit.ts'
import { fitWords, pictureSentence } from '#lib/text/fit.ts'
import { slotWords } from '#lib/text/ui.ts'
import { CropPortrait } from './crop-portrait.tsx'
import { cutPortrait, type Fitted, prepare } from './picture-fitting.ts'

interface FitPictureProps {
  inputId: string
  accept: 'portrait' | 'proof'
  max: number
  /** How many more the slot holds. */
  room: number
  /** The word of the button that sends. */
  send: string
}
/** A photo under the frame. */
interface Held {
  readonly chosen: Fitted
  readonly photo: ImageBitmap
  readonly crop: Crop
}
interface Note {
  /** Of the file, where several were chosen. */
  readonly name: string
  readonly bad: boolean
  readonly text: string
}

/**
 * Makes the file input of a slot helpful (BAS-1, BAS-3): what is chosen is judged at once, made smaller or cut, and put
 * back into the input, so that the form sends it as any other. It refuses nothing: pressing 上传 asks the server.
 */
export function FitPicture({ inputId, accept, max, room, send }: FitPictureProps) {
  const id = useId()
  const [said, setSaid] = useState('')
  const [notes, setNotes] = useState<readonly Note[]>([])
  const [held, setHeld] = useState<Held | null>(null)
  // What the handlers of the form see: they are older than the newest rendering.
  const latest = useRef<Held | null>(null)
  const hold = useCallback((next: Held | null) => {
    if (latest.current && latest.current.photo !== next?.photo) latest.current.photo.close()
    latest.current = next
    setHeld(next)
  }, [])
  const field = useCallback(() => {
    const input = document.getElementById(inputId)
    return input instanceof HTMLInputElement ? input : null
  }, [inputId])

  /** Puts what is inside the frame into the input; the chosen file stays where that does not fit either. */
  const takeCut = useCallback(async () => {
    const now = latest.current
    const input = field()
    if (!now || !input) return
    const cut = await cutPortrait(now.photo, cutOf(now.photo, now.crop), now.chosen.file.name)
    if (latest.current !== now) return
    if (cut.file) give(input, [cut.file])
    setSaid(
      cut.file ? fitWords.cut(cut.size.width, cut.size.height, slotWords.bytes(cut.file.size), send) : '',
    )
    setNotes(notesOf('', cut))
    hold(null)
  }, [field, hold, send])

  useEffect(() => {
    const input = field()
    const form = input?.form
    if (!input || !form) return
    input.multiple = room > 1
    let turn = 0
    let working: Promise<void> | null = null
    const clear = () => {
      turn += 1
      working = null
      hold(null)
      setSaid('')
      setNotes([])
    }
    const work = async (files: readonly File[], mine: number) => {
      const several = files.length > 1
      const done: Fitted[] = []
      for (const [index, file] of files.entries()) {
        setSaid(several ? fitWords.workingOne(index + 1, files.length) : fitWords.working)
        const one = await prepare(file, accept)
        if (mine !== turn) return one.photo?.close()
        done.push(one)
      }
      const [first] = done
      give(
        input,
        done.map(({ file }) => file),
      )
      setNotes([
        ...(files.length > room && max > 1
          ? [{ name: '', bad: true, text: pictureSentence({ code: 'slot-full', params: { limit: max } }) }]
          : []),
        // A photo that is still to be cut is judged by what is cut.
        ...done.filter(({ photo }) => !photo).flatMap((one) => notesOf(several ? one.file.name : '', one)),
      ])
      if (first?.photo) hold({ chosen: first, photo: first.photo, crop: firstCrop(first.photo) })
      setSaid(saidOf(done, send))
    }
    const begin = () => {
      clear()
      const files = [...(input.files ?? [])]
      if (files.length === 0) return
      const mine = turn
      working = work(files, mine)
        // Whatever a browser cannot do is left to the server.
        .catch(() => setSaid(''))
        .finally(() => {
          if (mine === turn) working = null
        })
    }
    let waiting = false
    const submit = async (event: SubmitEvent) => {
      if (!working && !latest.current) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (waiting) return
      waiting = true
      await working
      await takeCut().catch(() => hold(null))
      waiting = false
      form.requestSubmit()
    }
    // Chosen before the page came alive.
    if (input.files?.length) begin()
    input.addEventListener('change', begin)
    form.addEventListener('reset', clear)
    form.addEventListener('submit', submit, { capture: true })
    return () => {
      input.removeEventListener('change', begin)
      form.removeEventListener('reset', clear)
      form.removeEventListener('submit', submit, { capture: true })
      clear()
    }
  }, [field, accept, max, room, send, hold, takeCut])

  useEffect(() => {
    const input = field()
    if (!input || notes.length === 0) return
    const before = input.getAttribute('aria-describedby') ?? ''
    input.setAttribute('aria-describedby', `${before} ${id}-notes`.trim())
    return () => {
      const left = (input.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .filter((part) => part !== `${id}-notes`)
      if (left.join('') === '') input.removeAttribute('aria-describedby')
      else input.setAttribute('aria-describedby', left.join(' '))
    }
  }, [field, id, notes])

  return (
    <>
      {held ? (
        <CropPortrait
          photo={held.photo}
          crop={held.crop}
          send={send}
          onCrop={(crop) => hold({ ...held, crop })}
          onUse={async () => {
            await takeCut()
            field()?.form?.querySelector<HTMLElement>('[type=submit]')?.focus()
          }}
          onCancel={() => {
            hold(null)
            setNotes(notesOf('', held.chosen))
            setSaid(fitWords.crop.kept(send))
            field()?.focus()
          }}
        />
      ) : null}
      <p role="status" className="basis-full text-hint text-ink-2 empty:hidden">
        {said}
      </p>
      <ul id={`${id}-notes`} className="basis-full empty:hidden">
        {notes.map(({ name, bad, text }) => (
          <li key={`${name} ${text}`} className={bad ? 'font-medium text-bad' : 'text-hint text-ink-2'}>
            {name ? <span className="break-all">{fitWords.about(name)}</span> : null}
            {bad ? '' : fitWords.hint}
            {text}
          </li>
        ))}
      </ul>
    </>
  )
}

const notesOf = (name: string, { issues, looks }: Pick<Fitted, 'issues' | 'looks'>): Note[] => [
  ...issues.map((issue) => ({ name, bad: true, text: pictureSentence(issue) })),
  ...looks.map((code) => ({ name, bad: false, text: pictureSentence({ code }) })),
]

function saidOf(done: readonly Fitted[], send: string): string {
  const [first] = done
  if (done.length > 1) return fitWords.chosen(done.length)
  if (first?.photo) return fitWords.crop.ready
  return first?.size ? fittedWords(first.size, first.file, send) : ''
}
const fittedWords = ({ width, height }: Size, { size }: File, send: string) =>
  fitWords.fitted(width, height, slotWords.bytes(size), send)

/** Setting files by script fires no event, so this does not begin anew. */
function give(input: HTMLInputElement, files: readonly File[]) {
  const held = new DataTransfer()
  for (const file of files) held.items.add(file)
  input.files = held.files
}
