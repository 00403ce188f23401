'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const every = 3_000
/** A page that is forgotten must not keep its session alive: about five minutes, then its link is left. */
const turns = 100

/** Shows the page anew now and then as long as it stands on it; not while nobody looks at it. */
export function RefreshWhile() {
  const router = useRouter()
  useEffect(() => {
    let left = turns
    const timer = window.setInterval(() => {
      if (document.visibilityState === 'hidden') return
      left -= 1
      if (left < 0) return window.clearInterval(timer)
      router.refresh()
    }, every)
    return () => window.clearInterval(timer)
  }, [router])
  return null
}
