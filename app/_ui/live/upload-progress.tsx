'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { fitWords, pictureSentence } from '#lib/text/fit.ts'

interface Answer {
  to: string
  /** What the server found wrong with this picture. */
  issues: Parameters<typeof pictureSentence>[0][]
}
interface Refused {
  name: string
  sentences: string[]
}

/**
 * With script a picture is sent without leaving the page, so that what is typed beside it stays as it is; a second
 * press sends nothing twice. Several are sent one after another and answered one by one. Without script the form is an
 * ordinary one. Stands beside the form, because a slot that has become full has none any more.
 */
export function UploadProgress({
  formId,
  sending,
  failed,
}: {
  formId: string | null
  sending: string
  failed: string
}) {
  const router = useRouter()
  const list = useRef<HTMLDivElement>(null)
  const [said, setSaid] = useState('')
  const [refused, setRefused] = useState<readonly Refused[]>([])
  useEffect(() => {
    const form = formId === null ? null : document.getElementById(formId)
    if (!(form instanceof HTMLFormElement)) return
    const input = form.querySelector<HTMLInputElement>('input[type=file]')
    let busy = false
    /** The address to go on to; null where the browser has taken over. */
    const send = async (body: FormData): Promise<Answer | null> => {
      const answer = await fetch(form.action, {
        method: 'POST',
        body,
        headers: { accept: 'application/json' },
      })
      // A page in place of an address (too large for the door, not found, too busy): the browser shows it itself.
      if (answer.headers.get('content-type')?.startsWith('application/json')) return answer.json()
      return null
    }
    const goOn = (to: string) => {
      router.replace(to, { scroll: false })
      // The second picture in a row leads to the same address, which alone would fetch nothing.
      router.refresh()
    }
    const sendOne = async () => {
      setSaid(sending)
      const answer = await send(new FormData(form))
      if (!answer) return form.submit()
      form.reset()
      setSaid('')
      goOn(answer.to)
    }
    const sendEach = async (input: HTMLInputElement, files: readonly File[]) => {
      const faults: Refused[] = []
      let last = ''
      for (const [index, file] of files.entries()) {
        setSaid(fitWords.sendingOne(index + 1, files.length))
        const body = new FormData(form)
        body.set(input.name, file)
        const answer = await send(body).catch(() => 'broken' as const)
        if (!answer) {
          leave(input, [file])
          return form.submit()
        }
        if (answer === 'broken') {
          leave(input, files.slice(index))
          setSaid(fitWords.broken(index - faults.length, files.length))
          if (index > 0) router.refresh()
          return setRefused(faults)
        }
        last = answer.to
        if (answer.issues.length > 0)
          faults.push({ name: file.name, sentences: answer.issues.map(pictureSentence) })
      }
      form.reset()
      setRefused(faults)
      setSaid(fitWords.sent(files.length - faults.length))
      // Each fault is told here by the name of its file: the page of the last one alone would hide the others.
      goOn(faults.length > 0 ? pageOf(last) : last)
    }
    const submit = async (event: SubmitEvent) => {
      event.preventDefault()
      if (busy) return
      busy = true
      setRefused([])
      const files = [...(input?.files ?? [])]
      try {
        if (input && files.length > 1) await sendEach(input, files)
        else await sendOne()
      } catch {
        setSaid(failed)
      }
      busy = false
    }
    form.addEventListener('submit', submit)
    return () => form.removeEventListener('submit', submit)
  }, [router, formId, sending, failed])
  useEffect(() => {
    if (refused.length > 0) list.current?.focus()
  }, [refused])
  return (
    <>
      <p aria-live="polite" className="mt-2 text-hint text-ink-2 empty:hidden">
        {said}
      </p>
      {refused.length > 0 ? (
        <div ref={list} tabIndex={-1} role="alert" className="mt-2 max-w-measure border-l-4 border-bad pl-3">
          <p className="font-semibold text-bad">{fitWords.refused(refused.length)}</p>
          <ul>
            {refused.map(({ name, sentences }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and the list never changes its order
              <li key={index}>
                <span className="break-all">{fitWords.about(name)}</span>
                {sentences.join('；')}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  )
}

function leave(input: HTMLInputElement, files: readonly File[]) {
  const rest = new DataTransfer()
  for (const file of files) rest.items.add(file)
  input.files = rest.files
}

/** The page an answer leads back to, without what it says there. */
function pageOf(to: string): string {
  const { pathname } = new URL(to, location.href)
  return pathname
}
