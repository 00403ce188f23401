/** A reviewer's opinions as posted (REV-4): a word per section, and what is wrong where. */
import { z } from 'zod'
import { type Issue, issue, ok, type Result } from '#lib/domain/result.ts'
import { isReturnReason, needsNote, type ReturnReason, reasonFits } from '#lib/domain/return-reasons.ts'

export const findingLimits = { note: 300, perSection: 20 } as const

/** As typed; `at` is the name its controls are posted under, for issues. */
export interface PostedFinding {
  readonly at: string
  readonly section: string
  readonly rowId: string
  readonly target: string
  readonly reason: string
  readonly note: string
  /** The 常用语 to put in front of the note, where one was chosen (`takeUpTemplates`). */
  readonly template?: string
}
export interface PostedOpinions {
  /** By section: `pass`, `problem`, or '' for none yet. */
  readonly verdicts: Readonly<Record<string, string>>
  readonly findings: readonly PostedFinding[]
}

export interface Opinion {
  readonly section: string
  readonly rowId: string
  readonly target: string
  readonly reason: ReturnReason
  readonly note: string
}
export interface Opinions {
  readonly verdicts: ReadonlyMap<string, 'pass' | 'problem'>
  readonly findings: readonly Opinion[]
}

/** What may be pointed at, by section, as the round froze it. */
export type Frame = ReadonlyMap<string, readonly { readonly rowId: string; readonly target: string }[]>

const name = /^(?:verdict\.(?<judged>[a-z]{1,32})|finding\.(?<found>[a-z]{1,32})\.(?<index>\d{1,3})\.reason)$/

/** The control names of one finding: `<at>.reason`, `<at>.target` (`row/target`), `<at>.template`, `<at>.note`, `<at>.remove`. */
export const findingName = (section: string, index: number) => `finding.${section}.${index}`
export const verdictName = (section: string) => `verdict.${section}`

/** Collects what a form says; nothing is refused yet. Findings that say nothing, or are marked for removal, are left out. */
export function readOpinions(values: Readonly<Record<string, readonly string[]>>): PostedOpinions {
  const one = (key: string) => (Object.hasOwn(values, key) ? (values[key]?.[0] ?? '') : '')
  const verdicts: Record<string, string> = {}
  const findings: PostedFinding[] = []
  for (const key of Object.keys(values)) {
    const { judged, found, index } = name.exec(key)?.groups ?? {}
    if (judged !== undefined) verdicts[judged] = one(key)
    if (found === undefined || index === undefined) continue
    const at = findingName(found, Number(index))
    const reason = one(`${at}.reason`)
    const note = one(`${at}.note`).replaceAll('\r\n', '\n').trim()
    const template = one(`${at}.template`)
    if ((reason === '' && note === '' && template === '') || one(`${at}.remove`) === '1') continue
    const place = one(`${at}.target`)
    const slash = place.indexOf('/')
    findings.push({
      at,
      section: found,
      rowId: slash < 0 ? place : place.slice(0, slash),
      target: slash < 0 ? '' : place.slice(slash + 1),
      reason,
      note,
      ...(template === '' ? {} : { template }),
    })
  }
  return { verdicts, findings }
}

const control = /[\p{Cc}\p{Cs}]/u
const noteSchema = z.string().superRefine((text, context) => {
  const measured = [...text].length
  if (measured > findingLimits.note)
    context.addIssue({
      code: 'custom',
      message: 'too-long',
      params: { measured, limit: findingLimits.note },
    })
  if (control.test(text.replaceAll('\n', ''))) context.addIssue({ code: 'custom', message: 'characters' })
})

/** A text of at most 300 characters, the note of a finding or the reason of a refusal: `note-too-long` {measured, limit} at `at`, and so on. */
export function noteIssues(text: string, at: string, of: 'note' | 'refusal' = 'note'): Issue[] {
  const checked = noteSchema.safeParse(text)
  return (checked.error?.issues ?? []).map((found) =>
    found.message === 'too-long'
      ? issue(at, `${of}-too-long`, { measured: [...text].length, limit: findingLimits.note })
      : issue(at, `${of}-characters`),
  )
}

function findingIssues({ at, section, rowId, target, reason, note }: PostedFinding, frame: Frame): Issue[] {
  const places = frame.get(section)
  if (!places) return []
  const issues = noteIssues(note, `${at}.note`)
  if (!places.some((place) => place.rowId === rowId && place.target === target))
    issues.push(issue(`${at}.target`, 'target-unknown'))
  if (reason === '') return [...issues, issue(`${at}.reason`, 'reason-required')]
  if (!isReturnReason(reason) || !reasonFits(reason, section))
    return [...issues, issue(`${at}.reason`, 'reason-unfit')]
  return needsNote(reason) && note === '' ? [...issues, issue(`${at}.note`, 'note-required')] : issues
}

/**
 * The opinions against the round they speak of. A section with findings counts as having a problem; one that is
 * passed and has findings (`finding-but-passed`), or has a problem and none (`problem-without-finding`), is refused,
 * as are `section-unknown`, `verdict-unknown`, `target-unknown`, `reason-required`, `reason-unfit`, `note-required`,
 * `note-too-long`, `note-characters`, `too-many-findings` {limit}.
 */
export function checkOpinions({ verdicts, findings }: PostedOpinions, frame: Frame): Result<Opinions> {
  const issues: Issue[] = findings.flatMap((finding) => findingIssues(finding, frame))
  const judged = new Map<string, 'pass' | 'problem'>()
  for (const section of new Set([...Object.keys(verdicts), ...findings.map((finding) => finding.section)])) {
    const at = verdictName(section)
    const word = verdicts[section] ?? ''
    const found = findings.filter((finding) => finding.section === section).length
    if (!frame.has(section)) issues.push(issue(null, 'section-unknown'))
    else if (!['', 'pass', 'problem'].includes(word)) issues.push(issue(at, 'verdict-unknown'))
    else if (word === 'pass' && found > 0) issues.push(issue(at, 'finding-but-passed'))
    else if (word === 'problem' && found === 0) issues.push(issue(at, 'problem-without-finding'))
    else if (found > findingLimits.perSection)
      issues.push(issue(at, 'too-many-findings', { limit: findingLimits.perSection }))
    else if (found > 0) judged.set(section, 'problem')
    else if (word === 'pass') judged.set(section, 'pass')
  }
  if (issues.length > 0) return { ok: false, issues }
  return ok({
    verdicts: judged,
    findings: findings.flatMap(({ section, rowId, target, reason, note }) =>
      isReturnReason(reason) ? [{ section, rowId, target, reason, note }] : [],
    ),
  })
}
