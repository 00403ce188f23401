import type { ReactNode } from 'react'
import { AnswersView } from '#app/_ui/answers.tsx'
import { Badge } from '#app/_ui/badge.tsx'
import { paths } from '#lib/paths.ts'
import type { AnswerRow } from '#lib/readers/answers.ts'
import { type Audience, maskedFor } from '#lib/readers/mask.ts'
import { issueText } from '#lib/text/issues.ts'
import { reviewWords as words } from '#lib/text/review.ts'
import { answerWords } from '#lib/text/ui.ts'
import { verdictHint } from '#lib/views/opinion-form.ts'
import type { FindingView, PictureView, SectionView } from '#lib/views/review-section.ts'
import { ClaimMark, FactLine } from './machine-facts.tsx'

interface Props {
  section: SectionView
  audience: Audience
  /** The opinion on it. */
  children?: ReactNode
}

/** A section as it was frozen, its pictures beside it, machine facts at their numbers, then the opinion (REV-3). */
export function ReviewedSection({ section, audience, children }: Props) {
  const { answers, pictures, claims, facts } = section
  return (
    <div id={`section-${section.id}`} className="mb-10 border-b pb-6">
      <div className={pictures.length > 0 ? 'gap-8 xl:grid xl:grid-cols-[minmax(0,1fr)_22rem]' : ''}>
        <div className="min-w-0">
          <AnswersView
            section={{ ...answers, shared: [], rows: answers.rows.map(withoutPictures) }}
            audience={audience}
            changed={section.changed}
            beside={<SectionMark section={section} />}
            notes={(rowId, key) => {
              const claim = claims.get(`${rowId}/${key}`)
              const said = facts.filter((fact) => fact.rowId === rowId && fact.target === key)
              if (!claim && said.length === 0) return null
              return (
                <>
                  {claim ? <ClaimMark claim={claim} /> : null}
                  {said.map((fact) => (
                    <FactLine key={fact.code} fact={fact} />
                  ))}
                </>
              )
            }}
          />
          <Removed section={section} audience={audience} />
        </div>
        {pictures.length > 0 ? <Pictures pictures={pictures} gone={section.picturesGone} /> : null}
      </div>
      <Previous findings={section.previous} />
      {children}
    </div>
  )
}

const withoutPictures = (row: AnswerRow): AnswerRow => ({
  ...row,
  slots: [],
  children: row.children.map(withoutPictures),
})

/** 通过 · 有问题 · 未审核, and 已变更 where something did. */
export function SectionMark({ section }: { section: SectionView }) {
  if (section.judged === null) return null
  const changes = section.changed.size
  return (
    <span className="flex flex-wrap gap-2">
      {changes > 0 ? (
        <Badge tone="warn" icon="half">
          {words.changedCount(changes)}
        </Badge>
      ) : null}
      {section.verdict ? (
        <Badge tone={section.verdict.passed ? 'good' : 'bad'}>
          {section.verdict.passed
            ? section.verdict.carriedFrom > 0
              ? words.carried
              : words.pass
            : words.problem}
        </Badge>
      ) : (
        <Badge tone="quiet">{words.undecided}</Badge>
      )}
    </span>
  )
}

/** Beside the answers on a wide screen, where they stay in sight; below them on a narrow one. */
function Pictures({ pictures, gone }: { pictures: readonly PictureView[]; gone: boolean }) {
  return (
    <div className="min-w-0">
      <ul
        aria-label={words.pictures}
        className="mb-6 grid grid-cols-2 gap-4 sm:grid-cols-3 xl:sticky xl:top-4 xl:max-h-[calc(100vh-8rem)] xl:grid-cols-1 xl:overflow-y-auto"
      >
        {pictures.map((picture) => (
          <li key={`${picture.label}${picture.fileId}`} className="min-w-0">
            {gone ? <GonePicture picture={picture} /> : <Picture picture={picture} />}
          </li>
        ))}
      </ul>
    </div>
  )
}

const GonePicture = ({ picture: { label, group } }: { picture: PictureView }) => (
  <p className="rounded-sm border border-dashed bg-panel p-3 text-hint text-ink-2">
    {[group, label].filter((part) => part !== '').join(' ')}
    <span className="block">{answerWords.pictureGone}</span>
  </p>
)

const Picture = ({ picture: { fileId, label, group, changed, facts } }: { picture: PictureView }) => (
  <figure>
    <a
      href={paths.file(fileId)}
      target="_blank"
      rel="noreferrer"
      className="block min-h-24 rounded-sm border bg-panel"
    >
      <img
        src={paths.thumbnail(fileId)}
        alt={[group, label].filter((part) => part !== '').join(' ')}
        loading="lazy"
        className="mx-auto max-h-64 w-auto max-w-full object-contain"
      />
    </a>
    <figcaption className="mt-1 text-hint text-ink-2">
      {group !== '' ? <span className="block text-ink-3">{group}</span> : null}
      {label} <span className="text-ink-3">{words.enlarge}</span>{' '}
      {changed ? (
        <Badge tone="bad" icon="half">
          {words.changed}
        </Badge>
      ) : null}
      {facts.map((fact) => (
        <FactLine key={fact.code} fact={fact} />
      ))}
    </figcaption>
  </figure>
)

function Removed({ section: { removed }, audience }: { section: SectionView; audience: Audience }) {
  if (removed.length === 0) return null
  return (
    <div className="mb-6 border-l-4 border-bad pl-4">
      <h3 className="text-h3">{words.removed}</h3>
      <ul>
        {removed.map(({ label, before, mask }) => (
          <li key={`${label}${before}`} className="text-hint">
            {label}
            {before === '' ? null : (
              <del className="ml-2 text-ink-2">
                <span className="sr-only">{answerWords.before}</span>
                {maskedFor(audience, mask, before)}
              </del>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

const lineOf = ({ reason, note }: FindingView) =>
  issueText({ at: null, code: 'finding', params: { reason, note } })

/** A finding in the words its applicant reads (SUB-4). */
export const FindingLine = ({ finding }: { finding: FindingView }) => (
  <>
    {finding.place === '' ? null : <span className="font-medium">{finding.place}：</span>}
    <span className="whitespace-pre-line">{lineOf(finding)}</span>
  </>
)

/** What earlier rounds were returned for: this round answers it (REV-4). */
function Previous({ findings }: { findings: readonly FindingView[] }) {
  if (findings.length === 0) return null
  return (
    <div className="mb-6 rounded-md border border-l-4 border-warn bg-warn-soft p-4">
      <h3 className="text-h3">{words.previous}</h3>
      <ul className="list-disc pl-5">
        {findings.map((finding) => (
          <li key={`${finding.round}${finding.rowId}${finding.target}${finding.reason}${finding.note}`}>
            <span className="mr-2 text-hint text-ink-2">{words.previousIn(finding.round)}</span>
            <FindingLine finding={finding} />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The opinion for those who only read. */
export function ReadOpinion({ section }: { section: SectionView }) {
  const hint = verdictHint(section)
  if (hint === '' && section.findings.length === 0) return null
  return (
    <div className="rounded-md border bg-panel p-4">
      <h3 className="text-h3">{words.opinion}</h3>
      {hint === '' ? null : (
        <p>
          {section.verdict?.passed ? words.pass : words.problem}
          <span className="ml-2 text-hint text-ink-2">{hint}</span>
        </p>
      )}
      <ul className="list-disc pl-5">
        {section.findings.map((finding) => (
          <li key={`${finding.rowId}${finding.target}${finding.reason}${finding.note}`}>
            <FindingLine finding={finding} />
          </li>
        ))}
      </ul>
    </div>
  )
}
