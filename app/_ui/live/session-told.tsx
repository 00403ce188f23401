'use client'
import { useEffect } from 'react'
import { endsOf, type SessionLeft, tellSession } from './session-channel.ts'

/** A page within another has no warning of its own; it tells the page around it that somebody was seen. */
export function SessionTold({ leftMs, isFinal, madeAt }: SessionLeft & { madeAt: number }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page made anew may have the same time left
  useEffect(() => tellSession(endsOf({ leftMs, isFinal })), [leftMs, isFinal, madeAt])
  return null
}
