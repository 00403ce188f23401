/** The form of a new export (ADM-2): what may be asked for, and what was typed. */
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound } from '#lib/domain/errors.ts'
import { examLevels } from '#lib/domain/exams.ts'
import {
  type ExportKind,
  exportFormats,
  hasExam,
  hasMonths,
  mayBeFull,
  yearUpTo,
} from '#lib/domain/exports.ts'
import { isMonth, monthOf } from '#lib/domain/months.ts'
import type { Issue } from '#lib/domain/result.ts'
import { exportableKinds, exportHome, mayExportFull } from '#lib/policy/export-policy.ts'
import type { FieldView } from '#lib/readers/fields.ts'
import { departmentPathIn } from '#lib/schemas/staff.ts'
import { monthsIn } from '#lib/schemas/staff-export.ts'
import { examLevelWords } from '#lib/text/eligibility.ts'
import { exportsWords, exportFormWords as words } from '#lib/text/exports.ts'
import { issueText } from '#lib/text/issues.ts'
import { departmentLevels } from './department-levels.ts'
import type { ShownIssue } from './issues-shown.ts'

/** What an address may choose beforehand. */
export type ExportAsked = Readonly<
  Partial<Record<'kind' | 'department' | 'from' | 'to' | 'level' | 'year', string>>
>

interface Kept {
  readonly values: Readonly<Record<string, readonly string[]>>
  readonly issues: readonly Issue[]
}

type Name = keyof typeof words.fields
const isName = (at: string | null): at is Name => at !== null && Object.hasOwn(words.fields, at)
const isTyped: ReadonlySet<string> = new Set<Name>(['purpose', 'from', 'to'])

const textOf = (found: Issue) =>
  isName(found.at)
    ? issueText(found, {
        label: words.fields[found.at].label,
        chosen: !isTyped.has(found.at),
        beside: words.fields,
      })
    : issueText(found)

/** `not-found` for who exports nothing (SEC-1). An address that asks for what one has not is a form without it. */
export async function exportForm(deps: Deps, actor: Staff, kept: Kept | null, asked: ExportAsked) {
  const kinds = exportableKinds(actor)
  const [first] = kinds
  if (first === undefined) throw notFound()
  const typed = Object.fromEntries(
    Object.entries(kept?.values ?? {}).map(([name, [value = '']]) => [name, value]),
  )
  const begun = kinds.find((kind) => kind === asked.kind) ?? first
  const months = kept ? monthsIn(typed) : monthsAsked(deps, begun, asked)
  const place = kept ? departmentPathIn(typed) : (asked.department ?? exportHome(actor, begun) ?? '')
  const { levels, chain } = await departmentLevels(deps, place.slice(0, 200))
  const shown = (name: Name, value: string) => {
    const { label, hint }: { label: string; hint?: string } = words.fields[name]
    return {
      name,
      label,
      ...(hint ? { hint } : {}),
      optional: false,
      value,
      errors: (kept?.issues ?? []).filter(({ at }) => at === name).map(textOf),
    }
  }
  const value = (name: string, otherwise: string) => (kept ? (typed[name] ?? '') : otherwise)
  const withMonths = { name: 'kind', values: kinds.filter(hasMonths) }
  const fields = {
    kind: {
      ...shown('kind', value('kind', begun)),
      kind: 'choice',
      as: 'radio',
      options: kinds.map((id) => ({ id, label: exportsWords.kinds[id].name })),
    },
    department: { ...shown('department', chain.join('/')), kind: 'department' },
    from: { ...shown('from', months.from), kind: 'month', hint: words.monthsHint, shownWhen: withMonths },
    to: { ...shown('to', months.to), kind: 'month', shownWhen: withMonths },
    format: {
      ...shown('format', value('format', 'xlsx')),
      kind: 'choice',
      as: 'radio',
      hint: words.formatHint(deps.env.limits.exportRows),
      options: exportFormats.map((id) => ({ id, label: exportsWords.formats[id] })),
    },
  } as const satisfies Record<string, FieldView>
  const withExam = { name: 'kind', values: kinds.filter(hasExam) }
  const thisYear = Number(dayOf(deps.clock.now()).slice(0, 4))
  const exam = {
    level: {
      ...shown('level', value('level', asked.level ?? 'intermediate')),
      kind: 'choice',
      as: 'radio',
      options: examLevels.map((id) => ({ id, label: examLevelWords[id] })),
      shownWhen: withExam,
    },
    year: {
      ...shown('year', value('year', asked.year ?? String(thisYear + 1))),
      kind: 'choice',
      as: 'select',
      options: [thisYear - 1, thisYear, thisYear + 1].map((year) => ({
        id: String(year),
        label: words.year(year),
      })),
      shownWhen: withExam,
    },
  } as const satisfies Record<string, FieldView>
  const whole = {
    full: {
      ...shown('full', value('full', '')),
      kind: 'declaration',
      shownWhen: { name: 'kind', values: kinds.filter(mayBeFull) },
    },
    purpose: {
      ...shown('purpose', value('purpose', '')),
      kind: 'text',
      input: 'long',
      max: 200,
      shownWhen: { name: 'full', values: ['1'] },
    },
  } as const satisfies Record<string, FieldView>
  return {
    kinds,
    levels,
    fields,
    /** Null for who has no list of who may sit an exam. */
    exam: kinds.some(hasExam) ? exam : null,
    /** Null for who never has whole numbers. */
    whole: mayExportFull(actor) ? whole : null,
    issues: (kept?.issues ?? []).map((found): ShownIssue => ({ at: found.at, text: textOf(found) })),
  }
}

function monthsAsked({ clock }: Deps, kind: ExportKind, { from, to }: ExportAsked) {
  const year = yearUpTo(monthOf(dayOf(clock.now())))
  // Of the log the month is as much as anybody reads.
  const usual = kind === 'audit' ? { from: year.to, to: year.to } : year
  return {
    from: from !== undefined && isMonth(from) ? from : usual.from,
    to: to !== undefined && isMonth(to) ? to : usual.to,
  }
}
