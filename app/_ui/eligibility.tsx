import { verdictWords, eligibilityWords as words } from '#lib/text/eligibility.ts'
import type { EligibilityView } from '#lib/views/eligibility.ts'
import { Badge, type Tone } from './badge.tsx'
import { Panel } from './panel.tsx'

type Line = EligibilityView['ways'][number]

const tones: Readonly<Record<Line['state'], Tone>> = { met: 'good', unmet: 'bad', unknown: 'warn' }
const verdictTones: Readonly<Record<EligibilityView['verdict'], Tone>> = {
  eligible: 'good',
  ineligible: 'bad',
  manual: 'warn',
}

/** 报考条件 of one level: what follows, and what the record says to each condition (EXM-2). */
export function EligibilityPanel({ view }: { view: EligibilityView }) {
  const { level, verdict, heading, summary, musts, ways } = view
  return (
    <Panel
      id={`exam-${level}`}
      title={heading}
      beside={<Badge tone={verdictTones[verdict]}>{verdictWords[verdict].name}</Badge>}
    >
      <div className="mb-4 max-w-measure space-y-1">
        {summary.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
      <Conditions title={words.musts} lines={musts} />
      <Conditions title={ways.length > 1 ? words.ways : words.onlyWay} lines={ways} verdict={verdict} />
      <p className="mt-4 max-w-measure text-hint text-ink-2">{words.promise}</p>
    </Panel>
  )
}

interface ConditionsProps {
  title: string
  lines: readonly Line[]
  /** Of ways one is enough: one that is not met is no fault where another carries. */
  verdict?: EligibilityView['verdict']
}

function Conditions({ title, lines, verdict }: ConditionsProps) {
  return (
    <>
      <h3 className="mt-4 mb-1 text-h3">{title}</h3>
      <ul className="border-t">
        {lines.map(({ condition, state, text, details, rows }) => (
          <li key={condition} className="grid gap-x-4 gap-y-1 border-b py-2 sm:grid-cols-[7em_minmax(0,1fr)]">
            <div>
              <Badge
                tone={
                  state === 'unmet' && verdict !== undefined && verdict !== 'ineligible'
                    ? 'quiet'
                    : tones[state]
                }
              >
                {words.states[state]}
              </Badge>
            </div>
            <div className="min-w-0">
              <p className="break-words">{text}</p>
              {details.map((detail) => (
                <p key={detail} className="text-hint text-ink-2">
                  {detail}
                </p>
              ))}
              {rows.length > 0 ? (
                <ul className="flex flex-wrap gap-x-4">
                  {rows.map(({ label, href }) => (
                    <li key={href}>
                      <a href={href} className="inline-flex min-h-target items-center text-hint">
                        {label}
                      </a>
                    </li>
                  ))}
                </ul>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The levels of exams side by side, each with what the record says to it. */
export function Eligibilities({ views }: { views: readonly EligibilityView[] }) {
  return (
    <div className="space-y-6">
      {views.map((view) => (
        <EligibilityPanel key={view.level} view={view} />
      ))}
    </div>
  )
}
