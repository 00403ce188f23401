'use client'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'

const never = () => () => undefined

/** What the frame of the page that is about to be replaced shows; the first picture where there was none. */
function goneOnFrom(src: string): string {
  try {
    const before = document.querySelector<HTMLIFrameElement>('iframe[name=pictures]')?.contentWindow?.location
    return before?.pathname === src ? before.pathname + before.search : src
  } catch {
    // A browser's own page of an address that did not answer.
    return src
  }
}

/**
 * The pictures beside the form: links of this target change the frame alone, so nothing typed is lost. A window too narrow
 * for it does not show it, and does not load it (`lazy`). Whoever opens a picture by keyboard goes along into the frame;
 * Escape leads back (picture-stage.tsx).
 */
export function PicturesFrame({ src, title }: { src: string; title: string }) {
  const frame = useRef<HTMLIFrameElement>(null)
  // Saving draws the page anew without loading it; what came with a loaded page stays as it came.
  const isDrawnAnew = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  const [start] = useState(() => (isDrawnAnew ? goneOnFrom(src) : src))
  useEffect(() => {
    const { current } = frame
    if (!current) return
    let goesAlong = false
    const follow = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[target=pictures]') : null
      // A key pressed it, no pointer.
      goesAlong = link !== null && event.detail === 0
    }
    const arrive = () => {
      // Whoever is in the frame already stays at its picture.
      if (!goesAlong && document.activeElement !== current) return
      goesAlong = false
      current.focus({ preventScroll: true })
      current.contentDocument?.getElementById('viewer')?.focus({ preventScroll: true })
    }
    document.addEventListener('click', follow)
    current.addEventListener('load', arrive)
    return () => {
      document.removeEventListener('click', follow)
      current.removeEventListener('load', arrive)
    }
  }, [])
  return (
    <iframe
      ref={frame}
      name="pictures"
      title={title}
      src={start}
      loading="lazy"
      className="h-full w-full rounded-md border bg-paper"
    />
  )
}
