/** The opinion a reviewer writes on one section: what is saved, or what an echo kept of it (REV-4). */
import type { NoteTemplate } from '#db/queries/note-templates.ts'
import { isReturnReason, reasonsFor } from '#lib/domain/return-reasons.ts'
import { targetKey } from '#lib/readers/targets.ts'
import { findingLimits, findingName, type PostedOpinions, verdictName } from '#lib/schemas/findings.ts'
import { instantWords } from '#lib/text/dates.ts'
import { reasonWords, reviewWords } from '#lib/text/review.ts'
import { templatesFor } from './note-templates.ts'
import { placeOf, type SectionView } from './review-section.ts'

interface Option {
  readonly id: string
  readonly label: string
}
export interface FindingForm {
  /** What the names of its controls start with. */
  readonly at: string
  readonly position: number
  readonly reason: string
  readonly place: string
  readonly note: string
  /** It was there to be seen before, and was not said (一次性告知). */
  readonly late: boolean
  /** The one left empty at the end. */
  readonly blank: boolean
}
export interface OpinionForm {
  readonly section: string
  readonly title: string
  readonly verdictName: string
  readonly verdict: string
  /** Who passed it, and in which round. */
  readonly hint: string
  readonly findings: readonly FindingForm[]
  readonly reasons: readonly Option[]
  /** 常用语 that fit this page; none where the department has none. */
  readonly templates: readonly { readonly group: string; readonly options: readonly Option[] }[]
  readonly targets: readonly { readonly group: string; readonly options: readonly Option[] }[]
}

function targetGroups({ targets }: SectionView): OpinionForm['targets'] {
  const groups = [...new Set(targets.map(({ group }) => group))]
  return groups.map((group) => ({
    group,
    options: targets
      .filter((one) => one.group === group)
      .map((one) => ({ id: targetKey(one), label: one.label })),
  }))
}

function storedFindings({ id, findings }: SectionView): Omit<FindingForm, 'position'>[] {
  return findings.map((finding, index) => ({
    at: findingName(id, index),
    reason: finding.reason,
    place: targetKey(finding),
    note: finding.note,
    late: finding.late,
    blank: false,
  }))
}

/** Keeps the names under which they were posted, so that issues stay at their controls. */
function typedFindings(section: string, typed: PostedOpinions): Omit<FindingForm, 'position'>[] {
  return typed.findings
    .filter((finding) => finding.section === section)
    .map((finding) => ({
      at: finding.at,
      reason: finding.reason,
      place: targetKey(finding),
      note: finding.note,
      late: false,
      blank: false,
    }))
}

export function verdictHint({ verdict }: SectionView): string {
  if (!verdict) return ''
  const when = instantWords(verdict.at)
  return verdict.carriedFrom > 0
    ? `${reviewWords.carried}：${reviewWords.carriedBy(verdict.by, verdict.carriedFrom, when)}`
    : reviewWords.judgedBy(verdict.by, when)
}

/** A select shows one line: the whole text stands in the note once it was chosen. */
const longestLabel = 60
const shortened = (text: string) => {
  const signs = [...text]
  return signs.length <= longestLabel ? text : `${signs.slice(0, longestLabel - 1).join('')}…`
}

/** Of what was typed, nothing is chosen any more: `takeUpTemplates` has been asked before. */
export function opinionForm(
  section: SectionView,
  typed: PostedOpinions | null,
  templates: readonly NoteTemplate[] = [],
): OpinionForm {
  const saved = section.verdict ? (section.verdict.passed ? 'pass' : 'problem') : ''
  const written = typed ? typedFindings(section.id, typed) : storedFindings(section)
  const used = written.map(({ at }) => Number(at.slice(at.lastIndexOf('.') + 1)))
  const next = Math.max(-1, ...used) + 1
  const blank = {
    at: findingName(section.id, next),
    reason: '',
    place: '',
    note: '',
    late: false,
    blank: true,
  }
  return {
    section: section.id,
    title: section.answers.title,
    verdictName: verdictName(section.id),
    verdict: typed ? (typed.verdicts[section.id] ?? '') : saved,
    hint: verdictHint(section),
    findings: [...written, ...(written.length < findingLimits.perSection ? [blank] : [])].map(
      (finding, index) => ({
        ...finding,
        position: index + 1,
      }),
    ),
    reasons: reasonsFor(section.id).map((id) => ({ id, label: reasonWords[id] })),
    templates: templatesFor(section.id, templates).map(({ label, templates: of }) => ({
      group: label,
      options: of.map(({ id, text }) => ({ id, label: shortened(text) })),
    })),
    targets: targetGroups(section),
  }
}

export interface KeptOpinion {
  readonly section: string
  readonly title: string
  /** 通过 or 有问题; '' where none was chosen. */
  readonly verdict: string
  readonly findings: readonly {
    readonly at: string
    readonly reason: string
    readonly place: string
    readonly note: string
  }[]
}

const verdictWords: Readonly<Record<string, string>> = {
  pass: reviewWords.pass,
  problem: reviewWords.problem,
}

/** What was typed, in words to be copied, where it fits into no form any more: somebody else judges the case by now (REV-2). */
export function keptOpinions(sections: readonly SectionView[], typed: PostedOpinions): KeptOpinion[] {
  return sections
    .map((section) => ({
      section: section.id,
      title: section.answers.title,
      verdict: verdictWords[typed.verdicts[section.id] ?? ''] ?? '',
      findings: typed.findings
        .filter((one) => one.section === section.id)
        .map(({ at, reason, rowId, target, note }) => ({
          at,
          reason: isReturnReason(reason) ? reasonWords[reason] : '',
          place: placeOf(section.targets, rowId, target),
          note,
        })),
    }))
    .filter(({ verdict, findings }) => verdict !== '' || findings.length > 0)
}
