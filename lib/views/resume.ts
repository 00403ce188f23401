/** 会计专业工作简历表 (WRK-4) as far as it follows from what somebody has filled in; what is missing stays '' for a hand to write. */
import { isMonth, monthOf, ongoing, type Period, unionMonths } from '#lib/domain/months.ts'
import type { Draft } from '#lib/readers/draft.ts'
import { sections } from '#lib/sections/all.ts'
import { type Row, valueOf } from '#lib/sections/define.ts'
import { highestFinished } from '#lib/sections/education.ts'
import { qualificationLevels } from '#lib/sections/options.ts'
import { monthWords } from '#lib/text/dates.ts'
import { optionWord } from '#lib/text/options.ts'
import { type Registered, registrationAnswers } from '#lib/text/registration.ts'
import { common } from '#lib/text/sections.ts'
import {
  type ResumeColumn,
  type ResumeHead,
  resumeTemplate as template,
  filledResume as words,
} from '#lib/text/templates.ts'

export interface ResumeSheet {
  readonly head: Readonly<Record<ResumeHead, string>>
  /** One per post, the earliest first. */
  readonly lines: readonly Readonly<Record<ResumeColumn, string>>[]
  /** Months of accounting work, each counted once (WRK-2); null while a period is not in order or there is none. */
  readonly months: number | null
}

/** The sheet of a collection in any state; `account` is what registration knows of its person. */
export function resumeSheet(draft: Draft, account: Registered): ResumeSheet {
  const posts = postsOf(draft)
  const periods = posts.map(({ post }) => periodOf(post))
  const sound = periods.filter((period) => period !== null)
  const isWhole = sound.length > 0 && sound.length === periods.length
  return {
    head: headOf(draft, account),
    lines: posts.map(lineOf),
    months: isWhole ? unionMonths(sound, monthOf(draft.context.today)) : null,
  }
}

/** The sheet as it stands on paper, on the page and in the PDF alike; every text is what is printed. */
export interface ResumePaper {
  readonly title: string
  /** Rows of a label and what stands beside it, twice. */
  readonly head: readonly (readonly { readonly label: string; readonly value: string }[])[]
  readonly table: {
    readonly title: string
    /** The first numbers the lines. */
    readonly columns: readonly { readonly key: 'position' | ResumeColumn; readonly label: string }[]
    /** A cell for every column. */
    readonly lines: readonly (readonly string[])[]
  }
  readonly total: string
  readonly signatures: readonly { readonly title: string; readonly text: string; readonly line: string }[]
}

/** The sheet on paper with as many lines as there is room for at least; without one, the empty form. */
export function resumePaper(sheet?: ResumeSheet): ResumePaper {
  const count = Math.max(template.lines, sheet?.lines.length ?? 0)
  const lines = Array.from({ length: count }, (_, index) => {
    const line = sheet?.lines[index]
    return [String(index + 1), ...template.columns.map(([key]) => line?.[key] ?? '')]
  })
  return {
    title: template.title,
    head: template.head.map((pair) => pair.map(([key, label]) => ({ label, value: sheet?.head[key] ?? '' }))),
    table: {
      title: template.table,
      columns: [
        { key: 'position', label: template.position },
        ...template.columns.map(([key, label]) => ({ key, label })),
      ],
      lines,
    },
    total: template.total(sheet?.months ?? null),
    signatures: template.signatures,
  }
}

interface HeldPost {
  readonly job: Row
  /** null where the job has none yet. */
  readonly post: Row | null
}

const startOf = ({ post }: HeldPost) => {
  const start = post ? valueOf(post, 'start') : ''
  // What is no month stands after everything that is one.
  return isMonth(start) ? start : '9999'
}

function postsOf(draft: Draft): readonly HeldPost[] {
  const { nested } = sections.employment
  const jobs = draft.rows('employment').filter((job) => nested.when(job.values, draft.context))
  return jobs
    .flatMap((job): HeldPost[] => {
      const posts = job.children ?? []
      return posts.length === 0 ? [{ job, post: null }] : posts.map((post) => ({ job, post }))
    })
    .toSorted((a, b) => startOf(a).localeCompare(startOf(b)))
}

function periodOf(post: Row | null): Period | null {
  const [start, end] = post ? [valueOf(post, 'start'), valueOf(post, 'end')] : ['', '']
  if (!isMonth(start)) return null
  return end === ongoing || (isMonth(end) && end >= start) ? { start, end } : null
}

const endWords = (end: string) => (end === ongoing ? common.ongoing['to-date'] : monthWords(end))
/** '' stays '': an option nobody chose has no word. */
const chosenWord = (set: string, row: Row, key: string) => {
  const id = valueOf(row, key)
  return id === '' ? '' : optionWord(set, id)
}

function lineOf({ job, post }: HeldPost): Record<ResumeColumn, string> {
  const start = post ? monthWords(valueOf(post, 'start')) : ''
  const end = post ? endWords(valueOf(post, 'end')) : ''
  const title = post ? chosenWord('accountingTitle', post, 'title') : ''
  return {
    period: start === '' && end === '' ? '' : common.period(start, end),
    employer: valueOf(job, 'employer'),
    creditCode:
      valueOf(job, 'noCode') === '1'
        ? common.noCode(valueOf(job, 'noCodeReason'))
        : valueOf(job, 'creditCode'),
    work: post ? chosenWord('accountingWork', post, 'work') : '',
    title: post && title !== '' ? words.title(title, monthWords(valueOf(post, 'appointed'))) : '',
    witness: '',
  }
}

function headOf(draft: Draft, account: Registered): ResumeSheet['head'] {
  const registered = registrationAnswers(account).rows[0]?.answers ?? []
  const answer = (key: string) => registered.find((one) => one.key === key)?.shown ?? ''
  const education = highestFinished(draft.rows('education'), draft.context)
  const qualification = highestQualification(draft)
  return {
    name: answer('name'),
    sex: answer('sex'),
    idType: answer('idType'),
    number: answer('number'),
    phone: answer('phone'),
    education: education
      ? words.degree(
          chosenWord('educationLevel', education, 'level'),
          valueOf(education, 'degree') === 'none' ? '' : chosenWord('degree', education, 'degree'),
        )
      : '',
    graduated: education ? monthWords(valueOf(education, 'graduated')) : '',
    qualification: qualification
      ? words.qualification(
          chosenWord('qualificationLevel', qualification, 'level'),
          monthWords(valueOf(qualification, 'obtained')),
        )
      : '',
  }
}

/** The highest 会计专业技术资格; of two of one level the first. */
function highestQualification(draft: Draft): Row | null {
  const levels: readonly string[] = qualificationLevels
  const rank = (row: Row) => levels.indexOf(valueOf(row, 'level'))
  return draft
    .rows('qualifications')
    .filter((row) => valueOf(row, 'kind') === 'accounting')
    .reduce<Row | null>((best, row) => (best && rank(best) >= rank(row) ? best : row), null)
}
