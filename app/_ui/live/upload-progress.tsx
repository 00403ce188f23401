'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'

/**
 * With script a picture is sent without leaving the page, so that what is typed beside it stays as it is; a second
 * press sends nothing twice. Without script the form around it is an ordinary one.
 */
export function UploadProgress({ sending, failed }: { sending: string; failed: string }) {
  const router = useRouter()
  const place = useRef<HTMLParagraphElement>(null)
  const [said, setSaid] = useState('')
  useEffect(() => {
    const form = place.current?.closest('form')
    if (!form) return
    let busy = false
    const send = async (event: SubmitEvent) => {
      event.preventDefault()
      if (busy) return
      busy = true
      setSaid(sending)
      try {
        const answer = await fetch(form.action, {
          method: 'POST',
          body: new FormData(form),
          headers: { accept: 'application/json' },
        })
        // A page in place of an address (too large for the door, not found, too busy): the browser shows it itself.
        if (!answer.headers.get('content-type')?.startsWith('application/json')) return form.submit()
        const { to }: { to: string } = await answer.json()
        form.reset()
        setSaid('')
        router.replace(to, { scroll: false })
        // The second picture in a row leads to the same address, which alone would fetch nothing.
        router.refresh()
      } catch {
        setSaid(failed)
      }
      busy = false
    }
    form.addEventListener('submit', send)
    return () => form.removeEventListener('submit', send)
  }, [router, sending, failed])
  return (
    <p ref={place} aria-live="polite" className="basis-full text-hint text-ink-2 empty:hidden">
      {said}
    </p>
  )
}
