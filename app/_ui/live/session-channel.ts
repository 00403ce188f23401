/** What the tabs of one browser tell each other about the session they share. */
export interface SessionLeft {
  readonly leftMs: number
  readonly isFinal: boolean
}
/** The same by this machine's clock, which all of its tabs read. */
export interface SessionEnds {
  readonly until: number
  readonly isFinal: boolean
}

const channel = () => (typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('session'))

export const endsOf = ({ leftMs, isFinal }: SessionLeft): SessionEnds => ({
  until: Date.now() + leftMs,
  isFinal,
})

/** The service has just seen this person: every tab, this one too, has until then. */
export function tellSession(ends: SessionEnds): void {
  const open = channel()
  open?.postMessage(ends)
  open?.close()
}

/** Listens until the function it gives is called. */
export function onSession(heard: (ends: SessionEnds) => void): () => void {
  const open = channel()
  if (open) open.onmessage = ({ data }: MessageEvent<SessionEnds>) => heard(data)
  return () => open?.close()
}
