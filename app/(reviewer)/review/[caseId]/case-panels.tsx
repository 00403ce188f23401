import { Badge } from '#app/_ui/badge.tsx'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ConductEntry } from '#app/_ui/conduct-entry.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { FactList, Facts, type FactsProps } from '#app/_ui/facts.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { Timeline } from '#app/_ui/timeline.tsx'
import { paths } from '#lib/paths.ts'
import { identityWords } from '#lib/text/account.ts'
import { subjectsInWords } from '#lib/text/checks.ts'
import { conductWords, penaltyWords } from '#lib/text/conduct.ts'
import { dayWords, instantNear, instantWords } from '#lib/text/dates.ts'
import { issueText } from '#lib/text/issues.ts'
import { caseEventWords, queueWords, reviewWords as words } from '#lib/text/review.ts'
import type { ReviewCase } from '#lib/views/review-case.ts'
import type { SectionView } from '#lib/views/review-section.ts'
import { assign, cancelEntry, claim, release } from '../actions.ts'
import { SectionMark } from './reviewed-section.tsx'

interface Props {
  view: ReviewCase
}

/** The sections with their marks, each linked to where it is judged. */
export function SectionMarks({ sections }: { sections: readonly SectionView[] }) {
  return (
    <nav aria-label={words.sections} className="lg:sticky lg:top-4">
      <ol className="max-lg:flex max-lg:flex-wrap max-lg:gap-x-4">
        {sections.map((section) => (
          <li key={section.id} className="py-1 lg:border-l-4 lg:py-2 lg:pl-3">
            <a
              href={`#section-${section.id}`}
              className="inline-flex min-h-target items-center no-underline hover:underline"
            >
              {section.answers.title}
            </a>
            <SectionMark section={section} />
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** Which stage it is at, and who let it pass the one before. */
const stageOf = ({ stage, stages, passes, transfer }: ReviewCase) => {
  const passed = transfer ? words.transfer.confirmedBy : words.passedBy
  return [
    transfer ? words.transfer.stage(stage) : words.stage(stage, stages),
    ...passes.map(({ by, at }) => passed(by, instantWords(at))),
  ].join('；')
}

export function CaseFacts({ view }: Props) {
  return (
    <Facts
      facts={[
        [words.facts.department, view.department],
        [words.facts.leaves, view.transfer?.from ?? ''],
        [words.facts.joins, view.transfer?.to ?? ''],
        [words.facts.round, words.facts.roundValue(view.round)],
        [words.facts.stage, view.stages > 1 ? stageOf(view) : ''],
        [words.facts.submitted, instantWords(view.submittedAt)],
        [words.facts.due, view.paused || view.dueOn !== '' ? <Due key="due" view={view} /> : ''],
        [words.facts.rules, view.ruleVersion],
      ]}
    />
  )
}

const Due = ({ view }: Props) => (
  <>
    {view.paused ? words.checks.clockStopped : dayWords(view.dueOn)}{' '}
    {view.overdue ? <Badge tone="bad">{queueWords.overdue}</Badge> : null}
  </>
)

/** Who holds it since when, by whose hand, and until when: with the day where that is not today (REV-2). */
function leaseWords({ lease, now }: ReviewCase): string {
  if (lease.state === 'free') return words.free
  if (!lease.held) return words.lapsed(lease.by)
  const said = (at: Date | null) => (at ? instantNear(at, now) : '')
  const [since, until] = [said(lease.since), said(lease.until)] as const
  const { by, assignedBy } = lease
  const isMine = lease.state === 'mine'
  if (assignedBy === '') return isMine ? words.mine(until) : words.other(by, since, until)
  return isMine
    ? words.mineAssigned(assignedBy, since, until)
    : words.otherAssigned(assignedBy, by, since, until)
}

/** Who holds the case and until when; 领取 and 释放 are forms of their own (REV-2). `kept` is an echo to come back with. */
export function Lease({ view, kept }: Props & { kept: string }) {
  const { lease } = view
  if (view.checks.running) return <BeingChecked view={view} />
  if (!view.open)
    return (
      <Notice kind="info">
        {view.checks.returned ? words.checks.returned : ''}
        {view.state === 'returned' ? words.moved : words.decided}
        {view.note === '' ? null : (
          <p className="whitespace-pre-line">
            {words.refusedBecause}：{view.note}
          </p>
        )}
      </Notice>
    )
  const mine = lease.state === 'mine' && lease.held
  return (
    <section
      aria-label={words.lease}
      className="mb-6 flex flex-wrap items-center gap-3 rounded-md border bg-panel p-4"
    >
      <p className="min-w-0 grow basis-72">
        {leaseWords(view)}{' '}
        {view.notForYou
          ? issueText(view.notForYou)
          : view.mayDecide
            ? words.extendNote(view.mayForward)
            : words.claimFirst}
      </p>
      {view.mayClaim ? (
        <form action={claim}>
          <input type="hidden" name="case" value={view.caseId} />
          <input type="hidden" name="kept" value={kept} />
          <Button kind={mine ? 'secondary' : 'primary'}>{mine ? words.extend : words.claim}</Button>
        </form>
      ) : null}
      {view.mayRelease ? (
        <form action={release}>
          <input type="hidden" name="case" value={view.caseId} />
          <input type="hidden" name="version" value={view.version} />
          <Button kind="secondary">{mine ? words.release : words.releaseOther}</Button>
        </form>
      ) : null}
      {view.mayForward ? (
        <LinkButton href={paths.reviewForward(view.caseId)}>{words.forward}</LinkButton>
      ) : null}
      {view.secondLook ? <p className="basis-full font-medium">{words.secondLook}</p> : null}
    </section>
  )
}

/** A manager hands it to somebody who may review it (REV-2). */
export function Assign({ view, hours, errors }: Props & { hours: number; errors: readonly string[] }) {
  const { reviewers } = view
  if (reviewers === null) return null
  const wrong = errors.length > 0
  return (
    <section aria-label={words.manage} className="mb-6 rounded-md border bg-panel p-4 print:hidden">
      {reviewers.length === 0 ? (
        <p>{words.assignNobody}</p>
      ) : (
        <form action={assign} className="flex flex-wrap items-end gap-3" noValidate>
          <input type="hidden" name="case" value={view.caseId} />
          <input type="hidden" name="version" value={view.version} />
          <div className="grow basis-72">
            <label htmlFor="reviewer" className="block font-medium">
              {words.assignTo}
            </label>
            <p id="reviewer-hint" className="mb-1 text-hint text-ink-2">
              {words.assignNote(hours)}
            </p>
            {wrong ? (
              <p id="reviewer-error" className="mb-1 text-bad">
                {errors.join('；')}
              </p>
            ) : null}
            <select
              id="reviewer"
              name="reviewer"
              defaultValue=""
              aria-describedby={wrong ? 'reviewer-hint reviewer-error' : 'reviewer-hint'}
              aria-invalid={wrong ? true : undefined}
              className="control max-w-80"
            >
              <option value="">{words.assignChoose}</option>
              {reviewers.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <Button kind="secondary">{words.assign}</Button>
        </form>
      )}
    </section>
  )
}

/** Registers are still asked: it can be read, not claimed; and until when it waits where one does not answer (CHK-1). */
function BeingChecked({ view: { checks, notForYou } }: Props) {
  return (
    <Notice kind={checks.failing ? 'warn' : 'info'}>
      <p>{words.checks.being}</p>
      {checks.failing ? (
        <p>
          {words.checks.paused(subjectsInWords(checks.failing.kinds), instantWords(checks.failing.until))}
        </p>
      ) : null}
      {notForYou ? <p>{issueText(notForYou)}</p> : null}
    </Notice>
  )
}

/** An appeal for a number (ACC-9): the account that holds it, masked, and what becomes of it. */
export function Holder({ view: { claimed, isOver } }: Props) {
  if (!claimed) return null
  const { holder } = claimed
  const own = words.holder
  const facts: FactsProps['facts'] = holder
    ? [
        [own.name, holder.name],
        [own.sameName, holder.sameName ? own.same : own.differs],
        [own.phone, holder.phone === '' ? own.noPhone : holder.phone],
        [own.identity, holder.verified ? own.verified(identityWords.methods[holder.method]) : own.unverified],
        [own.registered, instantWords(holder.registeredAt)],
        [own.record, holder.hasRecord ? own.yes : own.no],
      ]
    : []
  return (
    <div className="mb-6">
      <Panel title={own.title} tone="panel">
        <p className="mb-3">
          {holder ? own.lead : own.none}
          {holder || isOver ? null : own.giving}
        </p>
        {holder ? (
          <>
            <FactList facts={facts} />
            {isOver ? null : <p className="mt-3">{holder.verified ? own.handing : own.closing}</p>}
          </>
        ) : null}
      </Panel>
    </div>
  )
}

/** Of a 异议: the entry it is about, as it stands (AWD-1). */
export function About({ view: { about } }: Props) {
  if (!about) return null
  return (
    <div className="mb-6">
      <Panel title={conductWords.objected} tone="panel">
        <ConductEntry entry={about} />
      </Panel>
    </div>
  )
}

/** 撤销登记 of a 处罚 that nobody holds, by who entered it or manages there (AWD-1). */
export function CancelEntry({ view }: Props) {
  if (!view.mayCancel) return null
  return (
    <details className="group mb-6 rounded-md border p-4 print:hidden">
      <summary className="inline-flex min-h-target cursor-pointer items-center font-medium text-brand">
        {penaltyWords.cancel}
      </summary>
      <form action={cancelEntry} className="mt-2">
        <input type="hidden" name="case" value={view.caseId} />
        <p className="mb-3">{penaltyWords.cancelAsk}</p>
        <Button kind="danger">{penaltyWords.cancelConfirm}</Button>
      </form>
    </details>
  )
}

/** Numbers are masked until asked for; asking is written down (REV-6). In the form of who judges, so that what was typed comes along. */
export function FullNumbers({ view }: Props) {
  const full = view.audience === 'owner'
  return (
    <p className="mb-6 flex flex-wrap items-center gap-3 text-hint text-ink-2">
      {view.mayDecide ? (
        <Button kind="secondary" name="decision" value={full ? 'masked' : 'full'}>
          {full ? words.masked : words.full}
        </Button>
      ) : (
        <LinkButton kind="secondary" href={paths.reviewCase(view.caseId, !full)}>
          {full ? words.masked : words.full}
        </LinkButton>
      )}
      <span role={full ? 'status' : undefined}>{full ? words.fullShown : words.fullNote}</span>
    </p>
  )
}

/** A second round opens on what changed (REV-4). */
export function Changes({ view }: Props) {
  if (view.comparedWith === null) return null
  const changed = view.sections.filter(({ changed }) => changed.size > 0)
  return (
    <Notice kind="warn" title={words.changesTitle}>
      <p>{words.changesLead(view.comparedWith)}</p>
      {changed.length === 0 ? <p>{words.noChanges}</p> : null}
      <ul className="list-disc pl-5">
        {changed.map((section) => (
          <li key={section.id}>
            <a href={`#section-${section.id}`}>{section.answers.title}</a>{' '}
            {words.changedCount(section.changed.size)}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

export function History({ view }: Props) {
  return (
    <div className="mt-10">
      <Panel title={words.history}>
        <Timeline
          items={view.history.map(({ kind, at, by, round, move }) => ({
            when: instantWords(at),
            title: caseEventWords[kind] ?? kind,
            detail: (
              <>
                <p>
                  {[by ?? words.applicant, round > 0 ? words.facts.roundValue(round) : '']
                    .filter((part) => part !== '')
                    .join(' · ')}
                </p>
                {move ? <p>{words.passedOn(move.from, move.to, move.why)}</p> : null}
              </>
            ),
            state: 'done' as const,
          }))}
        />
        {view.hasOlderHistory ? (
          <p className="mt-4 text-hint text-ink-2">{words.historyOlder(view.history.length)}</p>
        ) : null}
      </Panel>
    </div>
  )
}
