import { AnswersView } from '#app/_ui/answers.tsx'
import { Badge } from '#app/_ui/badge.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { PictureStage } from '#app/_ui/live/picture-stage.tsx'
import { type PictureAsked, paths } from '#lib/paths.ts'
import type { Look } from '#lib/schemas/picture-view.ts'
import { pictureWords as words } from '#lib/text/review.ts'
import { answerWords } from '#lib/text/ui.ts'
import type { CasePictures } from '#lib/views/review-pictures.ts'
import { ClaimMark, FactLine } from '../machine-facts.tsx'

type Shown = NonNullable<CasePictures['shown']>

interface Props {
  view: CasePictures
  shown: Shown
  /** Within the review page; else in a tab of its own. */
  framed: boolean
}

/** A fragment would move the page around a frame as well. */
const hrefOf = (caseId: string, framed: boolean, asked: PictureAsked) =>
  framed ? paths.reviewPicturesFrame(caseId, asked) : `${paths.reviewPictures(caseId, asked)}#viewer`

export const Changed = () => (
  <Badge tone="bad" icon="half">
    {answerWords.changed}
  </Badge>
)

/** The picture in its window, or why there is none. */
export function Viewer({ view, shown, framed, look }: Props & { look: Look }) {
  const { number, held, before, previous, next, place } = shown
  if (!held) return <Notice kind="info">{view.gone ? words.gone : words.missing}</Notice>
  return (
    <PictureStage
      key={`${number}/${before}`}
      stage={{ caseId: view.caseId, framed, picture: number, before, previous, next }}
      file={held}
      alt={before > 0 ? words.beforeName(place, view.comparedWith) : place}
      look={look}
    />
  )
}

/** The way to what stood here in the round before, and back. */
export function RoundBefore({ view, shown, framed }: Props) {
  const { number: picture, before, former } = shown
  if (former === 0) return null
  const to = (asked: PictureAsked) => hrefOf(view.caseId, framed, asked)
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-hint print:hidden">
      {before > 0 ? (
        <>
          <span className="font-medium text-bad">{words.beforeShown(view.comparedWith)}</span>
          <a href={to({ picture })} className="inline-flex min-h-target items-center">
            {words.now}
          </a>
        </>
      ) : null}
      {Array.from({ length: former }, (_, index) => index + 1)
        .filter((one) => one !== before)
        .map((one) => (
          <a key={one} href={to({ picture, before: one })} className="inline-flex min-h-target items-center">
            {words.before(one, former)}
          </a>
        ))}
    </p>
  )
}

/** What machines say of this very picture, and of the row it proves. */
export function Said({ shown: { facts, claims } }: { shown: Shown }) {
  if (facts.length + claims.length === 0) return null
  return (
    <section aria-label={words.claims} className="space-y-2">
      {claims.map((claim) => (
        <ClaimMark key={claim.kind} claim={claim} />
      ))}
      {facts.map((fact) => (
        <FactLine key={`${fact.code}/${fact.target}`} fact={fact} />
      ))}
    </section>
  )
}

/** The answers of the row, for who has no review page beside it. */
export function ProvenAnswers({ view, shown }: Omit<Props, 'framed'>) {
  if (!shown.answers) return null
  return <AnswersView section={shown.answers} audience={view.audience} />
}

/** All pictures of the round, by section. */
export function PictureList({ view, framed }: Omit<Props, 'shown'>) {
  return (
    <nav aria-labelledby="all-pictures" className="print:hidden">
      <h2 id="all-pictures" tabIndex={-1} className="text-h3">
        {words.all(view.count)}
      </h2>
      {view.groups.map(({ id, title, pictures }) => (
        <div key={id} className="mt-2">
          <h3 className="text-hint font-medium text-ink-2">{title}</h3>
          <ul>
            {pictures.map(({ number, label, changed }) => (
              <li key={number} className="flex flex-wrap items-center gap-x-2">
                <a
                  href={hrefOf(view.caseId, framed, { picture: number })}
                  aria-current={number === view.shown?.number ? 'true' : undefined}
                  className="inline-flex min-h-target min-w-0 items-center gap-2 py-1 aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:no-underline"
                >
                  <span className="tabular-nums">{number}</span> {label}
                </a>
                {changed ? <Changed /> : null}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}
