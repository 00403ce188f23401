import { ageAt } from '#lib/domain/days.ts'
import { isMonth } from '#lib/domain/months.ts'
import { issue } from '#lib/domain/result.ts'
import { checkCreditCode, normaliseCreditCode } from '#lib/schemas/credit-code.ts'
import { noCrossing, notBeforeBirth, startsBeforeEnd } from '#lib/schemas/period.ts'
import {
  type Context,
  choice,
  declaration,
  listSection,
  month,
  type Row,
  type Slot,
  slot,
  text,
  valueOf,
  type When,
} from './define.ts'
import { accountingTitles, accountingWorks, employerTypes, industries, yesNo } from './options.ts'
import { acceptedWorkProofs, type WorkProofKind, workProofSlots } from './work-proofs.ts'

const hasCode: When = ({ noCode = '' }) => noCode !== '1'
const isAccounting: When = ({ accounting = '' }) => accounting === 'yes'
const toDate = (row: Row) => valueOf(row, 'end') === 'ongoing'
const hasTitle: When = ({ title = '' }) => title !== ''
const accountingJobs = (rows: readonly Row[], context: Context) =>
  rows.filter((row) => isAccounting(row.values, context))
/** The present job with accounting work, or the last one; null where there is none. A job without an end is before all others. */
const latestAccountingJob = (rows: readonly Row[], context: Context) => {
  const until = (row: Row) => (toDate(row) || isMonth(valueOf(row, 'end')) ? endOf(row) : '')
  return accountingJobs(rows, context).reduce<Row | null>(
    (latest, row) => (latest && until(latest) >= until(row) ? latest : row),
    null,
  )
}
const taken = ({ department }: Context) => acceptedWorkProofs(department?.acceptedProofs ?? [])

/** 简历表, of class （一） alone: not needed beside another proof that the department takes, not asked for where it takes none. */
const resumeNeed: Slot['need'] = ({ rows, context, questioned, holds }) => {
  const [first, ...others] = taken(context)
  if (context.scope !== 'accounting_staff' || first !== 'resume')
    return questioned || (context.ofRecord && accountingJobs(rows, context).length > 0) ? 'open' : 'closed'
  const isProven = accountingJobs(rows, context).some(({ id }) =>
    others.some((kind) => holds(workProofSlots[kind], id)),
  )
  return isProven ? 'open' : 'required'
}

/**
 * A proof of one job. Where the department takes no 简历表, class （一） owes one of those it takes, for the present or last
 * job; the first kind stands for all of them, so that it is asked for once.
 */
const jobProof = (kind: Exclude<WorkProofKind, 'resume'>) =>
  slot('proof', ({ row, rows, context, holds }) => {
    const kinds = taken(context)
    if (!isAccounting(row.values, context) || !kinds.includes(kind)) return 'closed'
    const isOwed =
      context.scope === 'accounting_staff' &&
      kinds[0] === kind &&
      latestAccountingJob(rows, context)?.id === row.id
    const others = kinds.filter((other) => other !== kind)
    return isOwed && !others.some((other) => holds(workProofSlots[other])) ? 'required' : 'open'
  })

/** 工作经历 (WRK-1 … WRK-5) with its nested 会计工作经历. */
export const employment = listSection('employment', {
  fields: {
    start: month(),
    end: month({ orOngoing: 'to-date' }),
    employer: text({ max: 100, min: 2, autocomplete: 'organization' }),
    creditCode: text({
      max: 18,
      when: hasCode,
      normalise: normaliseCreditCode,
      rule: (code) => {
        const result = checkCreditCode(code)
        return result.ok ? [] : result.issues.map(({ code, params }) => issue('creditCode', code, params))
      },
    }),
    noCode: declaration({ optional: true }),
    noCodeReason: text({ max: 60, when: ({ noCode = '' }) => noCode === '1' }),
    employerType: choice('employerType', employerTypes, { as: 'select' }),
    industry: choice('industry', industries, { as: 'select' }),
    employerAddress: text({ max: 120, seal: 'address' }),
    employerPhone: text({
      max: 20,
      input: 'tel',
      seal: 'phone',
      rule: (phone) =>
        /^[0-9+()\-\s]{7,20}$/.test(phone) ? [] : [issue('employerPhone', 'telephone-format')],
    }),
    accounting: choice('accounting', yesNo),
  },
  slots: {
    // WRK-4: whatever the class, a job to date is proven by the unit's code, or by a statement where it has none.
    creditProof: slot(
      'proof',
      ({ row, context, questioned, failed }) => {
        if (!hasCode(row.values, context)) return 'closed'
        const failure = failed('credit-code')
        if (toDate(row) || failure === 'stands') return 'required'
        return failure === 'mended' || questioned ? 'open' : 'closed'
      },
      // A unit that is no more has no certificate to show.
      { or: 'employerStatement' },
    ),
    employerStatement: slot('proof', ({ row, context, questioned, failed }) => {
      if (toDate(row)) return hasCode(row.values, context) ? (questioned ? 'open' : 'closed') : 'required'
      return questioned || failed('credit-code') !== null ? 'open' : 'closed'
    }),
    [workProofSlots.commitment]: jobProof('commitment'),
    [workProofSlots.contract]: jobProof('contract'),
    [workProofSlots['social-insurance']]: jobProof('social-insurance'),
    // Whatever else shows accounting work; it takes the place of none of the above.
    workProof: slot('proof', ({ row, context }) => (isAccounting(row.values, context) ? 'open' : 'closed')),
  },
  sharedSlots: { [workProofSlots.resume]: slot('proof', resumeNeed) },
  nested: {
    key: 'posts',
    when: isAccounting,
    fields: {
      start: month(),
      end: month({ orOngoing: 'to-date' }),
      work: choice('accountingWork', accountingWorks, { as: 'select' }),
      title: choice('accountingTitle', accountingTitles, { as: 'select', optional: true }),
      appointed: month({ when: hasTitle }),
    },
    slots: {
      appointment: slot('proof', ({ row, context }) =>
        hasTitle(row.values, context) ? 'required' : 'closed',
      ),
    },
    rowRules: [
      {
        code: 'period-order',
        reads: ['start', 'end'],
        readsOfParent: [],
        check: (post) => startsBeforeEnd('start', 'end', {}).check(post),
        fault: { start: '2018-02', end: '2018-01' },
      },
      {
        code: 'post-outside-job',
        reads: ['start', 'end'],
        readsOfParent: ['start', 'end'],
        check: (post, job) => [
          ...(valueOf(post, 'start') < valueOf(job, 'start') ? [issue('start', 'post-outside-job')] : []),
          ...(endOf(post) > endOf(job) ? [issue('end', 'post-outside-job')] : []),
        ],
        fault: { start: '2001-01' },
      },
      {
        // WRK-3: not before the job, not after its end.
        code: 'appointed-outside-job',
        reads: ['appointed'],
        readsOfParent: ['start', 'end'],
        check: (post, job, context) => {
          const appointed = valueOf(post, 'appointed')
          if (!hasTitle(post.values, context) || appointed === '') return []
          const outside = appointed < valueOf(job, 'start') || appointed > endOf(job)
          return outside ? [issue('appointed', 'appointed-outside-job')] : []
        },
        fault: { appointed: '2001-01' },
      },
    ],
  },
  rowRules: [
    startsBeforeEnd('start', 'end', { start: '2012-03', end: '2012-02' }),
    notBeforeBirth('start', { start: '1960-01' }),
    {
      code: 'posts-required',
      reads: ['accounting'],
      check: (row, context) =>
        isAccounting(row.values, context) && (row.children ?? []).length === 0
          ? [issue('posts', 'posts-required')]
          : [],
      fault: { accounting: 'yes' },
    },
  ],
  listRules: [
    noCrossing('start', 'end'),
    {
      code: 'scope-needs-accounting-work',
      check: (rows, { scope }) =>
        scope === 'accounting_staff' && !rows.some((row) => valueOf(row, 'accounting') === 'yes')
          ? [{ rowId: null, issue: issue(null, 'scope-needs-accounting-work') }]
          : [],
    },
    {
      // SCO-1: whoever has ever done accounting work is of class （一）.
      code: 'accounting-work-needs-scope',
      check: (rows, { scope, ofRecord }) =>
        !ofRecord &&
        scope !== '' &&
        scope !== 'accounting_staff' &&
        rows.some((row) => valueOf(row, 'accounting') === 'yes')
          ? [{ rowId: null, issue: issue(null, 'accounting-work-needs-scope') }]
          : [],
    },
    {
      // DEP-2: the department follows from the situation, so the two must not contradict each other.
      code: 'situation-other-has-current',
      check: (rows, { situation, ofRecord }) =>
        !ofRecord && situation === 'other' && rows.some(toDate)
          ? [{ rowId: null, issue: issue(null, 'situation-other-has-current') }]
          : [],
    },
    {
      code: 'situation-employed-needs-current',
      check: (rows, { situation, ofRecord }) =>
        !ofRecord && situation === 'employed' && rows.length > 0 && !rows.some(toDate)
          ? [{ rowId: null, issue: issue(null, 'situation-employed-needs-current') }]
          : [],
    },
  ],
  warnings: (row, context) => {
    const { birth } = context.person
    const credit = checkCreditCode(hasCode(row.values, context) ? valueOf(row, 'creditCode') : '')
    const start = valueOf(row, 'start')
    return [
      ...(credit.ok ? credit.value.warnings.map(({ code }) => issue('creditCode', code)) : []),
      // WRK-5: under 16 at the start warns.
      ...(birth !== '' && isMonth(start) && ageAt(birth, `${start}-31`) < 16
        ? [issue('start', 'under-sixteen')]
        : []),
    ]
  },
  claims: (row) => (valueOf(row, 'noCode') === '1' ? [] : ['credit-code']),
})

const endOf = (row: Row) => (toDate(row) ? '9999-12' : valueOf(row, 'end'))
