/** 审核意见常用语 (REV-4): what a manager writes down, and how a reviewer's note takes it up. */
import { z } from 'zod'
import { type Issue, issue, ok, type Result, refuse } from '#lib/domain/result.ts'
import { isReturnReason, type ReturnReason } from '#lib/domain/return-reasons.ts'
import { typed } from './account.ts'
import type { PostedFinding, PostedOpinions } from './findings.ts'

export const noteTemplateLimits = { text: 200, perDepartment: 50 } as const

const form = z.object({ templateReason: typed(60), templateText: typed(2000) })

export interface NewNoteTemplate {
  readonly reason: ReturnReason
  /** One paragraph of at most 200 characters. */
  readonly text: string
}

/** Issues at `templateReason` and `templateText`: `required`, `not-offered`, `too-long`, `text-characters`, `text-blank`. */
export function checkNoteTemplate(raw: unknown): Result<NewNoteTemplate> {
  const { templateReason: reason, templateText } = form.parse(raw)
  const text = templateText.normalize('NFC').replace(/\s+/gu, ' ').trim()
  const issues = textIssues(text)
  if (reason === '') issues.unshift(issue('templateReason', 'required'))
  else if (!isReturnReason(reason)) issues.unshift(issue('templateReason', 'not-offered'))
  return issues.length === 0 && isReturnReason(reason) ? ok({ reason, text }) : refuse(...issues)
}

function textIssues(text: string): Issue[] {
  const [measured, limit] = [[...text].length, noteTemplateLimits.text]
  if (text === '') return [issue('templateText', 'required')]
  if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(text)) return [issue('templateText', 'text-characters')]
  if (measured > limit) return [issue('templateText', 'too-long', { measured, limit })]
  return /[\p{L}\p{N}]/u.test(text) ? [] : [issue('templateText', 'text-blank')]
}

type Offered = ReadonlyMap<string, { readonly reason: string; readonly text: string }>

/**
 * Puts what was chosen in front of the note, once, and takes its reason where none was chosen; afterwards nothing is chosen. One
 * that is not offered leaves the note as it is: `note-template-gone` at the note.
 */
export function takeUpTemplates(
  posted: PostedOpinions,
  offered: Offered,
): { readonly opinions: PostedOpinions; readonly issues: readonly Issue[] } {
  const issues: Issue[] = []
  const findings = posted.findings.map(({ template = '', ...finding }): PostedFinding => {
    if (template === '') return finding
    const chosen = offered.get(template)
    if (!chosen) {
      issues.push(issue(`${finding.at}.note`, 'note-template-gone'))
      return finding
    }
    const { note, reason } = finding
    return {
      ...finding,
      reason: reason === '' ? chosen.reason : reason,
      // Sent twice, or sent from a page the browser had kept: it is there already.
      note: note.includes(chosen.text) ? note : [chosen.text, note].filter((part) => part !== '').join('\n'),
    }
  })
  return { opinions: { ...posted, findings }, issues }
}
