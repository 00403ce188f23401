'use client'
import { useEffect } from 'react'

/**
 * What a browser does by itself after a full navigation to `#errors`: after a soft one nobody moves the focus.
 * A link of the list moves it here too, without a history entry that Next does not know (Back would break).
 */
export function FocusErrors({ token }: { token: string }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the token stands for the refusal that was answered
  useEffect(() => {
    const list = document.getElementById('errors')
    if (!list) return
    const follow = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      const target =
        link?.hash && link.pathname === location.pathname && document.getElementById(link.hash.slice(1))
      if (!target) return
      event.preventDefault()
      target.focus()
    }
    list.focus()
    list.addEventListener('click', follow)
    return () => list.removeEventListener('click', follow)
  }, [token])
  return null
}
