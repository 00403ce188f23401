'use client'
import { useEffect } from 'react'

/** Puts the focus on a control after a soft navigation, where a browser without script goes by the fragment. */
export function FocusControl({ id, token }: { id: string; token: string }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the token stands for the answer that led here
  useEffect(() => document.getElementById(id)?.focus(), [id, token])
  return null
}
