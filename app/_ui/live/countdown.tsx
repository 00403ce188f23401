'use client'
import { useEffect, useState } from 'react'
import { codeWaitWords } from '#lib/text/account.ts'

/** Counts down beside a time that is said in words already; so it is not read out, and without script it is not there. */
export function Countdown({ until }: { until: string }) {
  const [seconds, setSeconds] = useState<number | null>(null)
  useEffect(() => {
    const left = () => Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1000))
    setSeconds(left())
    const timer = setInterval(() => {
      setSeconds(left())
      if (left() === 0) clearInterval(timer)
    }, 1000)
    return () => clearInterval(timer)
  }, [until])
  return seconds === null ? null : (
    <span aria-hidden="true" className="ml-2 tabular-nums">
      {codeWaitWords.left(seconds)}
    </span>
  )
}
