import { Badge, type Tone } from '#app/_ui/badge.tsx'
import { rosterWords } from '#lib/text/rosters.ts'

const tones: Readonly<Record<keyof typeof rosterWords.states, Tone>> = {
  checked: 'warn',
  entering: 'info',
  entered: 'good',
  dropped: 'quiet',
}

/** 待确认 · 登记中 · 已登记 · 已放弃. */
export const RosterBadge = ({ standing }: { standing: keyof typeof tones }) => (
  <Badge tone={tones[standing]}>{rosterWords.states[standing]}</Badge>
)
