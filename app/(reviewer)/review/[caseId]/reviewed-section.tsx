import type { ReactNode } from 'react'
import { AnswersView } from '#app/_ui/answers.tsx'
import { Badge } from '#app/_ui/badge.tsx'
import { paths } from '#lib/paths.ts'
import { type Audience, maskedFor } from '#lib/readers/mask.ts'
import { issueText } from '#lib/text/issues.ts'
import { queueWords, reviewWords as words } from '#lib/text/review.ts'
import { answerWords } from '#lib/text/ui.ts'
import { verdictHint } from '#lib/views/opinion-form.ts'
import type { FindingView, PictureView, SectionView } from '#lib/views/review-section.ts'
import { ClaimMark, FactLine } from './machine-facts.tsx'

interface Props {
  caseId: string
  section: SectionView
  audience: Audience
  /** The opinion on it. */
  children?: ReactNode
}

/** A section as it was frozen, pictures beside the answers they prove, machine facts at their numbers, then the opinion (REV-3). */
export function ReviewedSection({ caseId, section, audience, children }: Props) {
  const { answers, pictures, claims, facts } = section
  return (
    <div id={`section-${section.id}`} className="mb-10 border-b pb-6">
      <AnswersView
        section={answers}
        audience={audience}
        changed={section.changed}
        beside={<SectionMark section={section} />}
        pictures={(rowId, slot) => (
          <Pictures
            caseId={caseId}
            pictures={pictures.filter((one) => one.rowId === rowId && one.slot === slot)}
            gone={section.picturesGone}
          />
        )}
        notes={(rowId, key) => {
          const claim = claims.get(`${rowId}/${key}`)
          const said = facts.filter((fact) => fact.rowId === rowId && fact.target === key)
          if (!claim && said.length === 0) return null
          return (
            <>
              {claim ? <ClaimMark claim={claim} /> : null}
              {said.map((fact) => (
                <FactLine key={`${fact.code}/${fact.params.file ?? ''}`} fact={fact} />
              ))}
            </>
          )
        }}
      />
      <Removed section={section} audience={audience} />
      <Previous findings={section.previous} />
      {children}
    </div>
  )
}

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

interface PicturesProps {
  caseId: string
  pictures: readonly PictureView[]
  gone: boolean
}

/**
 * What leads to the pictures of a slot: in a wide window links that change the frame beside, in a narrow one small pictures
 * that open in a tab. Each is loaded only where it is shown, because every look is written down (REV-6).
 */
function Pictures({ caseId, pictures, gone }: PicturesProps) {
  if (gone) return <p className="text-hint text-ink-2">{answerWords.pictureGone}</p>
  return (
    <ul className="flex flex-wrap gap-3">
      {pictures.map(({ number, fileId, label, group }) => {
        const name = [group, label].filter((part) => part !== '').join(' ')
        return (
          <li key={fileId} className="min-w-0">
            <a
              href={paths.reviewPicturesFrame(caseId, { picture: number })}
              target="pictures"
              data-picture={number}
              className="hidden min-h-target items-center rounded-md border border-edge px-3 no-underline hover:bg-brand-soft xl:inline-flex print:hidden"
            >
              {words.picture(number)}
              <span className="sr-only"> {name}</span>
            </a>
            <a
              href={paths.reviewPictures(caseId, { picture: number })}
              target="case-pictures"
              className="block rounded-sm border bg-panel xl:hidden"
            >
              <picture>
                <source media="(min-width: 80rem)" srcSet={nothing} />
                <img
                  src={paths.thumbnail(fileId)}
                  alt={`${words.picture(number)} ${name}`}
                  loading="lazy"
                  className="h-28 w-auto max-w-44 min-w-16 object-contain"
                />
              </picture>
            </a>
          </li>
        )
      })}
    </ul>
  )
}

/** A window that shows the frame asks for no small pictures, with script or without. */
const nothing = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=='

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
              <del className="ml-2 whitespace-pre-line text-ink-2">
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

/** A finding in the words its applicant reads (SUB-4), and what the applicant does not read: that it came late. */
const FindingLine = ({ finding }: { finding: FindingView }) => (
  <>
    {finding.place === '' ? null : <span className="font-medium">{finding.place}：</span>}
    <span className="whitespace-pre-line">{lineOf(finding)}</span>{' '}
    {finding.late ? <Badge tone="warn">{queueWords.late}</Badge> : null}
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
