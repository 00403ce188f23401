import type { ClaimKind } from '#lib/domain/claims.ts'
import { issue } from '#lib/domain/result.ts'
import { notBeforeBirth } from '#lib/schemas/period.ts'
import {
  type Context,
  choice,
  listSection,
  month,
  type Row,
  slot,
  text,
  valueOf,
  type When,
} from './define.ts'
import {
  gradedKinds,
  qualificationKinds,
  qualificationLevels,
  qualificationWays,
  registeredWays,
} from './options.ts'

const graded: When = ({ kind = '' }) => gradedKinds.includes(kind)
/** What decides how a qualification is proven: its kind, and for some kinds the way it was obtained. */
const isDecided = (row: Row, context: Context) =>
  valueOf(row, 'kind') !== '' && (!graded(row.values, context) || valueOf(row, 'way') !== '')
/** QUA-2: what a register can check; what stands by 评审 or 批准文号 it cannot. */
const claimsIn = (row: Row, context: Context): readonly ClaimKind[] => {
  const [kind, way] = [valueOf(row, 'kind'), valueOf(row, 'way')]
  if (kind === '' || (graded(row.values, context) && !registeredWays.includes(way))) return []
  return [kind === 'accounting' ? 'accounting-qualification' : 'other-qualification']
}
const crossover = (row: Row) =>
  ['economics', 'auditing', 'statistics'].includes(valueOf(row, 'kind')) &&
  valueOf(row, 'level') === 'intermediate' &&
  valueOf(row, 'way') === 'exam'

/** 专业技术资格 (QUA-1, QUA-2). */
export const qualifications = listSection('qualifications', {
  fields: {
    kind: choice('qualificationKind', qualificationKinds, { as: 'select' }),
    level: choice('qualificationLevel', qualificationLevels, {
      as: 'select',
      when: graded,
      offered: (level, { kind }) => level !== 'professor' || kind === 'accounting',
    }),
    way: choice('qualificationWay', qualificationWays, { when: graded }),
    certificateNo: text({ max: 40, min: 2, seal: 'number' }),
    obtained: month(),
    issuer: text({ max: 60, min: 2 }),
  },
  slots: {
    proof: slot('proof', ({ row, context, questioned, failed }) => {
      if (!isDecided(row, context)) return questioned ? 'open' : 'unknown'
      const [claim] = claimsIn(row, context)
      const failure = claim ? failed(claim) : null
      if (!claim || failure === 'stands') return 'required'
      return failure === 'mended' || questioned ? 'open' : 'closed'
    }),
  },
  rowRules: [notBeforeBirth('obtained', { obtained: '1960-01' })],
  listRules: [
    {
      code: 'scope-needs-qualification',
      check: (rows, { scope }) =>
        scope === 'qualified_not_practising' && !rows.some((row) => valueOf(row, 'kind') === 'accounting')
          ? [{ rowId: null, issue: issue(null, 'scope-needs-qualification') }]
          : [],
    },
    {
      code: 'scope-needs-crossover',
      check: (rows, { scope }) =>
        scope === 'intermediate_candidate_crossover' && !rows.some(crossover)
          ? [{ rowId: null, issue: issue(null, 'scope-needs-crossover') }]
          : [],
    },
    {
      code: 'qualification-twice',
      check: (rows, context) => {
        const seen = new Set<string>()
        return rows.flatMap((row) => {
          const { kind = '', level = '', certificateNo = '' } = row.values
          const key = [kind, graded(row.values, context) ? level : '', certificateNo].join('/')
          if (certificateNo === '' || !seen.has(key)) {
            seen.add(key)
            return []
          }
          return [{ rowId: row.id, issue: issue('certificateNo', 'qualification-twice') }]
        })
      },
    },
  ],
  claims: claimsIn,
})
