'use client'
import { createContext } from 'react'

export interface Standing {
  /** The edit the form stands on. */
  readonly rev: number
  readonly move: (rev: number) => void
  readonly setSent: (sent: boolean) => void
}

/** Of the form around, where it saves itself: it says by itself when it is drawn anew (`Autosaved`). */
export const Stands = createContext<Standing | null>(null)
