/** 会计人员信息登记表: the approved record on paper. */
import { sectionById } from '#lib/sections/all.ts'
import type { Row } from '#lib/sections/define.ts'
import { optionWord } from '#lib/text/options.ts'
import { recordPaperWords as words } from '#lib/text/papers.ts'
import { type Registered, registrationAnswers } from '#lib/text/registration.ts'
import { common } from '#lib/text/sections.ts'
import { type AnswerRow, answersOf } from './answers.ts'
import type { Draft } from './draft.ts'
import { canonical, type Paper, type PaperFact, type PaperTable } from './paper.ts'

type Listed = 'education' | 'employment' | 'qualifications'

interface ColumnSpec {
  readonly label: string
  readonly share: number
  /** Fields it shows, one after another. */
  readonly keys: readonly string[]
  readonly join?: string
  /** What it says in words of its own. */
  readonly as?: Readonly<Record<string, (shown: string) => string>>
  /** Said of nothing, and not worth its place. */
  readonly omit?: string
}

const period = (start: string, end: string): Pick<ColumnSpec, 'keys' | 'join'> => ({
  keys: [start, end],
  join: common.period('', ''),
})

/** Which fields of a row are printed, and where. */
const columns = {
  education: [
    { label: words.columns.period, share: 22, ...period('enrolled', 'graduated') },
    { label: words.columns.school, share: 24, keys: ['school'] },
    { label: words.columns.major, share: 18, keys: ['major'] },
    {
      label: words.columns.level,
      share: 20,
      keys: ['level', 'degree'],
      join: words.also,
      omit: optionWord('degree', 'none'),
    },
    { label: words.columns.mode, share: 16, keys: ['mode'] },
  ],
  employment: [
    { label: words.columns.period, share: 22, ...period('start', 'end') },
    { label: words.columns.employer, share: 30, keys: ['employer'] },
    {
      label: words.columns.creditCode,
      share: 26,
      keys: ['creditCode', 'noCodeReason'],
      as: { noCodeReason: common.noCode },
    },
    { label: words.columns.employerType, share: 22, keys: ['employerType'] },
  ],
  posts: [
    { label: words.columns.period, share: 22, ...period('start', 'end') },
    { label: words.columns.employer, share: 30, keys: ['employer'] },
    { label: words.columns.work, share: 18, keys: ['work'] },
    { label: words.columns.title, share: 15, keys: ['title'] },
    { label: words.columns.appointed, share: 15, keys: ['appointed'] },
  ],
  qualifications: [
    { label: words.columns.qualification, share: 28, keys: ['kind', 'level'], join: words.also },
    { label: words.columns.way, share: 14, keys: ['way'] },
    { label: words.columns.certificate, share: 22, keys: ['certificateNo'] },
    { label: words.columns.obtained, share: 14, keys: ['obtained'] },
    { label: words.columns.issuer, share: 22, keys: ['issuer'] },
  ],
} as const satisfies Record<Listed | 'posts', readonly ColumnSpec[]>

const registered = ['name', 'sex', 'birth', 'idType', 'number', 'phone'] as const
const wide: ReadonlySet<string> = new Set(['address', 'scope', 'department', 'session', 'site', 'subjects'])

/** What is printed of the record, and the text that is the same as long as that is. `department` is the full name. */
export function recordPaper(draft: Draft, account: Registered, department: string) {
  const portrait = draft.files('basic').find(({ slot }) => slot === 'portrait')?.fileId ?? ''
  const employment = draft.rows('employment')
  const posts = employment.flatMap(({ values: { employer = '' }, children = [] }) =>
    children.map((post) => ({ ...post, values: { ...post.values, employer } })),
  )
  const paper: Paper = {
    title: words.title,
    portrait,
    facts: factsOf(draft, account, department),
    tables: recordTables((section) => rowsShown(draft, section)),
  }
  const values = {
    account: Object.fromEntries(registered.map((key) => [key, account[key]])),
    department,
    portrait,
    scope: draft.rows('scope').map(({ values }) => values),
    basic: draft.rows('basic').map(({ values }) => values),
    education: picked(draft.rows('education'), columns.education),
    employment: picked(employment, columns.employment),
    posts: picked(posts, columns.posts),
    qualifications: picked(draft.rows('qualifications'), columns.qualifications),
  }
  return { paper, content: canonical(values) }
}

/** What pages of the record say in lists, from rows as shown: of a draft, or as a round froze them. */
export function recordTables(shown: (section: Listed) => readonly AnswerRow[]): PaperTable[] {
  const jobs = shown('employment')
  return [
    tableOf('education', columns.education, shown('education')),
    tableOf('employment', columns.employment, jobs),
    tableOf('posts', columns.posts, jobs.flatMap(postsOf)),
    tableOf('qualifications', columns.qualifications, shown('qualifications')),
  ]
}

const rowsShown = (draft: Draft, section: Listed | 'basic' | 'scope'): readonly AnswerRow[] =>
  answersOf(sectionById(section), draft.rows(section), draft.context, [], { department: '' }).rows

/** Posts of a job, each with the employer's name. */
const postsOf = ({ answers, children }: AnswerRow): AnswerRow[] =>
  children.map((post) => ({
    ...post,
    answers: [...post.answers, ...answers.filter(({ key }) => key === 'employer')],
  }))

const given = (shown: string) => shown !== '' && shown !== common.blank

function factsOf(draft: Draft, account: Registered, department: string): PaperFact[] {
  const told = registrationAnswers(account).rows.flatMap(({ answers }) => answers)
  const answers = [
    ...registered.flatMap((key) => told.find((one) => one.key === key) ?? []),
    ...[...rowsShown(draft, 'basic'), ...rowsShown(draft, 'scope')].flatMap((row) => row.answers),
    { key: 'department', label: words.department, shown: department },
  ]
  return paperFacts(answers)
}

/** What was answered, as facts: those of a whole line last, so that none before them stands alone. */
export const paperFacts = (
  answers: readonly { readonly key: string; readonly label: string; readonly shown: string }[],
): PaperFact[] =>
  answers
    .filter(({ shown }) => given(shown))
    .map(({ key, label, shown }) => ({ label, value: shown, ...(wide.has(key) ? { wide: true } : {}) }))
    .sort((a, b) => Number('wide' in a) - Number('wide' in b))

const tableOf = (
  of: keyof typeof columns,
  specs: readonly ColumnSpec[],
  rows: readonly AnswerRow[],
): PaperTable => ({
  title: words.tables[of],
  columns: specs.map(({ label, share }) => ({ label, share })),
  lines: rows.map(({ answers }) =>
    specs.map(({ keys, join = '', omit = '', as = {} }) =>
      keys
        .flatMap((key) => {
          const shown = answers.find((one) => one.key === key)?.shown ?? ''
          return given(shown) && shown !== omit ? [as[key]?.(shown) ?? shown] : []
        })
        .join(join),
    ),
  ),
  empty: words.none,
})

/** The printed fields of each row, in no order: rows of the same month may be loaded in either. */
function picked(rows: readonly Row[], specs: readonly ColumnSpec[]): string[] {
  const keys = specs.flatMap((spec) => [...spec.keys])
  return rows.map(({ values }) => canonical(keys.map((key) => values[key] ?? ''))).sort()
}
