'use client'
import { useEffect, useState } from 'react'

/** Prints the page; without script the browser's own menu does. */
export function PrintButton({ word }: { word: string }) {
  const [live, setLive] = useState(false)
  useEffect(() => setLive(true), [])
  return live ? (
    <button type="button" className="button button-secondary" onClick={() => window.print()}>
      {word}
    </button>
  ) : null
}
