'use client'
import { type ReactNode, useEffect, useState } from 'react'

/** What only pages without script have to say. `<noscript>` would say it to some browsers and not to others. */
export function WithoutScript({ children }: { children: ReactNode }) {
  const [live, setLive] = useState(false)
  useEffect(() => setLive(true), [])
  return live ? null : children
}
