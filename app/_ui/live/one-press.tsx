'use client'
import { useEffect } from 'react'

/**
 * The second click of a double click on a button that sends a form is not sent: it would meet what the first has done. Somewhere
 * else, or a moment later, every press counts.
 */
export function OnePress() {
  useEffect(() => {
    let pressed: Element | null = null
    const heard = (event: MouseEvent) => {
      const button = event.target instanceof Element ? event.target.closest('button[type=submit]') : null
      if (event.detail > 1 && button !== null && button === pressed) event.preventDefault()
      pressed = button
    }
    document.addEventListener('click', heard, { capture: true })
    return () => document.removeEventListener('click', heard, { capture: true })
  }, [])
  return null
}
