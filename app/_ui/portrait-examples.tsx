import { portraitWords } from '#lib/text/ui.ts'
import { Icon } from './icons.tsx'

type Example = keyof typeof portraitWords.captions

const order: readonly Example[] = ['good', 'blurred', 'fringe', 'side', 'glasses', 'hat']

const line = (d: string, width: number) =>
  `<path d="${d}" fill="none" stroke="currentColor" stroke-width="${width}" stroke-linecap="round"/>`

const front = `
<path d="M24.500 50h10v11l-5 5-5-5Z" fill="#eec9a6"/>
<path d="M13.500 34C11 12 20 8 29.500 8S48 12 45.500 34c0 3-1 4-2 4h-28c-1 0-2-1-2-4Z" class="fill-ink"/>
<ellipse cx="29.500" cy="36" rx="13.500" ry="18" fill="#f6d9bd"/>
<path d="M16 32c0-9 4-12 13.500-12S43 23 43 32c-3-5-6-7-13.500-7S19 27 16 32Z" class="fill-ink"/>
${line('M20.500 33.500q3-1.500 6 0m6 0q3-1.500 6 0', 1.6)}
<circle cx="23.500" cy="37.500" r="1.500" fill="currentColor"/>
<circle cx="35.500" cy="37.500" r="1.500" fill="currentColor"/>
${line('M29.500 38v5l-1.500.5M25.500 47.500q4 1.800 8 0', 1.3)}`

const profile = `
<path d="M26 48h11v13l-5.500 5-5.500-5Z" fill="#eec9a6"/>
<path d="M21 18c-4 4-4.500 11-4 15l-3.500 6.500q-.8 1.800 1.500 2l.5 4c.3 2 .8 2.500.8 4 .3 3.500 3.500 4 8 3.500 9-1 17-9 17-20S34 12 21 18Z" fill="#f6d9bd"/>
<path d="M17 26c1-13 9-18 16-17 11 1 15 10 13 23-1 8-4 14-8 16-3-3-1-8-2.500-10-2 1-4-1-4-4 1-5-2-9-14.500-8Z" class="fill-ink"/>
${line('M18.500 33.500q2-1.500 4 0M17 47.500q2.500.8 4.500-.5', 1.3)}
<circle cx="20.500" cy="37" r="1.400" fill="currentColor"/>`

const fringe =
  '<path d="M15.500 31c0-9 5-12.500 14-12.500S43.500 22 43.500 31l-1 6.500-3-2-2.500 2-3-2.500-3 2.500-3-2.500-3.500 2.500-3-2.500-3.500 2.500-2.500-1.500Z" class="fill-ink"/>'

const glasses = `<g fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round">
<rect x="17.500" y="33.500" width="10.500" height="8.500" rx="3.500"/>
<rect x="31" y="33.500" width="10.500" height="8.500" rx="3.500"/>
<path d="M28 36.500q1.500-1 3 0M17.500 36l-2-1m26 1 2-1"/>
</g>`

const hat = `
<path d="M14.500 25C14 11 20 5 29.500 5S45 11 44.500 25Z" class="fill-brand"/>
<path d="M9 27q20.500-7.500 41 0v3.500q-20.500-7-41 0Z" class="fill-brand-strong"/>`

const shoulders = `
<path d="M4 82c1-13 9-18 18-20h15c9 2 17 7 18 20Z" class="fill-brand-strong"/>
<path d="m22 62 7.500 9 7.500-9-3-2h-9Z" class="fill-paper"/>`

const heads: Readonly<Record<Example, string>> = {
  good: front,
  blurred: front,
  fringe: front + fringe,
  side: profile,
  glasses: front + glasses,
  hat: front + hat,
}

const blur = '<filter id="portrait-blurred"><feGaussianBlur stdDeviation="2.2"/></filter>'

/** Written as text, for the reason of `options-text.ts`: as elements the six are a tenth of their page. */
const drawingOf = (example: Example) =>
  example === 'blurred'
    ? `${blur}<g filter="url(#portrait-blurred)">${shoulders}${heads[example]}</g>`
    : shoulders + heads[example]

/** What may and what may not be on a 证件照, drawn, so that no real face is needed (BAS-1). */
export function PortraitExamples() {
  return (
    <section aria-label={portraitWords.examples} className="mt-4">
      <p className="max-w-measure text-hint text-ink-2">{portraitWords.rule}</p>
      <ul className="mt-3 grid grid-cols-[repeat(auto-fill,minmax(5rem,1fr))] gap-3 sm:grid-cols-6">
        {order.map((example) => (
          <li key={example}>
            <Portrait example={example} />
            <p className="mt-1 flex items-start justify-center gap-1 text-hint leading-snug">
              <Icon
                name={example === 'good' ? 'check' : 'cross'}
                className={`mt-[0.2em] ${example === 'good' ? 'text-good' : 'text-bad'}`}
              />
              <span>
                <span className="sr-only">
                  {example === 'good' ? portraitWords.good : portraitWords.bad}：
                </span>
                {portraitWords.captions[example]}
              </span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Portrait({ example }: { example: Example }) {
  return (
    <svg
      viewBox="0 0 59 82"
      aria-hidden="true"
      className={`mx-auto block w-full max-w-24 rounded-sm border-2 bg-brand-soft text-ink ${example === 'good' ? 'border-good' : 'border-bad'}`}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: one of the drawings above
      dangerouslySetInnerHTML={{ __html: drawingOf(example) }}
    />
  )
}
