'use client'
import { useEffect, useRef } from 'react'

/**
 * With script, hides what does not count for what is chosen (`data-when` a control's name, `data-values` the values
 * that make it count). Without script everything stays, with its hint. What has an error is never hidden.
 */
export function ConditionalFields() {
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const form = place.current?.closest('form')
    if (!form) return
    const apply = () => {
      const posted = new FormData(form)
      for (const part of form.querySelectorAll<HTMLElement>('[data-when]')) {
        const value = posted.get(part.dataset.when ?? '') ?? ''
        const counts: unknown = JSON.parse(part.dataset.values ?? '[]')
        part.hidden =
          Array.isArray(counts) && !counts.includes(value) && !part.querySelector('[aria-invalid]')
      }
    }
    apply()
    form.addEventListener('change', apply)
    return () => form.removeEventListener('change', apply)
  }, [])
  return <span ref={place} hidden />
}
