'use client'
import { useEffect, useRef, useState } from 'react'

/** Tells that the file is on its way once the form around it is sent; a second press sends nothing twice. */
export function UploadProgress({ word }: { word: string }) {
  const place = useRef<HTMLParagraphElement>(null)
  const [sending, setSending] = useState(false)
  useEffect(() => {
    const form = place.current?.closest('form')
    if (!form) return
    let sent = false
    const send = (event: SubmitEvent) => {
      if (sent) event.preventDefault()
      sent = true
      setSending(true)
    }
    const returned = () => {
      sent = false
      setSending(false)
    }
    form.addEventListener('submit', send)
    window.addEventListener('pageshow', returned)
    return () => {
      form.removeEventListener('submit', send)
      window.removeEventListener('pageshow', returned)
    }
  }, [])
  return (
    <p ref={place} aria-live="polite" className="basis-full text-hint text-ink-2 empty:hidden">
      {sending ? word : null}
    </p>
  )
}
