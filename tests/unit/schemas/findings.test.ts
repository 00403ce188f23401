import { describe, expect, it } from 'vitest'
import { checkOpinions, type Frame, noteIssues, readOpinions } from '#lib/schemas/findings.ts'
import { knownCodes } from '#lib/text/issues.ts'

const frame: Frame = new Map([
  [
    'education',
    [
      { rowId: 'all', target: '' },
      { rowId: 'edurow1', target: 'school' },
      { rowId: 'edurow1', target: 'slot:diploma' },
    ],
  ],
  ['scope', [{ rowId: 'main', target: '' }]],
])

const posted = (values: Record<string, string>) =>
  readOpinions(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]])))
const one = (over: Record<string, string> = {}) => ({
  'verdict.education': 'problem',
  'finding.education.0.reason': 'diploma-missing',
  'finding.education.0.target': 'edurow1/slot:diploma',
  'finding.education.0.note': ' 请上传\r\n毕业证书 ',
  ...over,
})
const codes = (values: Record<string, string>) => {
  const checked = checkOpinions(posted(values), frame)
  return checked.ok ? [] : checked.issues.map(({ at, code }) => `${at} ${code}`)
}

describe('reading a form', () => {
  it('takes verdicts and findings out of it and nothing else', () => {
    expect(posted({ ...one(), version: '3', decision: 'save', 'verdict.scope': 'pass' })).toEqual({
      verdicts: { education: 'problem', scope: 'pass' },
      findings: [
        {
          at: 'finding.education.0',
          section: 'education',
          rowId: 'edurow1',
          target: 'slot:diploma',
          reason: 'diploma-missing',
          note: '请上传\n毕业证书',
        },
      ],
    })
  })

  it('leaves out the empty finding and those marked for removal', () => {
    expect(
      posted({ 'finding.scope.0.reason': '', 'finding.scope.0.target': 'main/', 'finding.scope.0.note': ' ' })
        .findings,
    ).toEqual([])
    expect(posted(one({ 'finding.education.0.remove': '1' })).findings).toEqual([])
  })

  it('survives names that mean nothing', () => {
    expect(
      posted({
        'verdict.__proto__': 'pass',
        'finding.education.x.reason': 'other',
        'finding.education.0.note': 'x',
      }),
    ).toEqual({
      verdicts: {},
      findings: [],
    })
  })
})

describe('checking opinions', () => {
  it('accepts what points at the round', () => {
    const checked = checkOpinions(posted({ ...one(), 'verdict.scope': 'pass' }), frame)
    expect(checked.ok && [...checked.value.verdicts]).toEqual([
      ['education', 'problem'],
      ['scope', 'pass'],
    ])
  })

  it('takes findings for a problem where nothing else was said', () => {
    const checked = checkOpinions(posted(one({ 'verdict.education': '' })), frame)
    expect(checked.ok && checked.value.verdicts.get('education')).toBe('problem')
  })

  it('lets a section stand undecided', () => {
    const checked = checkOpinions(posted({ 'verdict.scope': '' }), frame)
    expect(checked).toEqual({ ok: true, value: { verdicts: new Map(), findings: [] } })
  })

  it.each([
    [{ 'verdict.education': 'problem' }, 'verdict.education problem-without-finding'],
    [one({ 'verdict.education': 'pass' }), 'verdict.education finding-but-passed'],
    [{ 'verdict.education': 'perhaps' }, 'verdict.education verdict-unknown'],
    [{ 'verdict.basic': 'pass' }, 'null section-unknown'],
    [one({ 'finding.education.0.target': 'edurow2/school' }), 'finding.education.0.target target-unknown'],
    [one({ 'finding.education.0.target': 'school' }), 'finding.education.0.target target-unknown'],
    [one({ 'finding.education.0.target': '' }), 'finding.education.0.target target-unknown'],
    [one({ 'finding.education.0.reason': '' }), 'finding.education.0.reason reason-required'],
    [one({ 'finding.education.0.reason': 'scope-wrong' }), 'finding.education.0.reason reason-unfit'],
    [
      one({ 'finding.education.0.reason': 'other', 'finding.education.0.note': ' ' }),
      'finding.education.0.note note-required',
    ],
    [one({ 'finding.education.0.note': '𠮷'.repeat(301) }), 'finding.education.0.note note-too-long'],
    [one({ 'finding.education.0.note': 'a\u0000b' }), 'finding.education.0.note note-characters'],
  ])('refuses %j', (values, line) => {
    expect(codes(values)).toEqual([line])
  })

  it('tells every fault at once', () => {
    expect(
      codes(
        one({
          'finding.education.0.reason': 'scope-wrong',
          'finding.education.0.target': 'x/y',
          'verdict.scope': 'problem',
        }),
      ),
    ).toEqual([
      'finding.education.0.target target-unknown',
      'finding.education.0.reason reason-unfit',
      'verdict.scope problem-without-finding',
    ])
  })

  it('caps the findings of a section', () => {
    const many = Object.fromEntries(
      Array.from({ length: 21 }, (_, i) => [
        [`finding.education.${i}.reason`, 'diploma-missing'],
        [`finding.education.${i}.target`, 'edurow1/slot:diploma'],
      ]).flat(),
    )
    expect(codes(many)).toEqual(['verdict.education too-many-findings'])
  })

  it('counts a note by characters', () => {
    expect(noteIssues('𠮷'.repeat(300), 'n')).toEqual([])
    expect(noteIssues('𠮷'.repeat(301), 'n')).toEqual([
      { at: 'n', code: 'note-too-long', params: { measured: 301, limit: 300 } },
    ])
    expect(noteIssues('𠮷'.repeat(301), 'n', 'refusal')).toEqual([
      { at: 'n', code: 'refusal-too-long', params: { measured: 301, limit: 300 } },
    ])
  })
})

it('has words for everything that is refused', () => {
  const refusals =
    'problem-without-finding finding-but-passed verdict-unknown section-unknown target-unknown reason-required reason-unfit note-required note-too-long note-characters too-many-findings section-unpassed return-without-finding refusal-required refusal-too-long refusal-characters refused-but-passed not-refusable case-decided lease-required claimed-by-other own-case finding'
  expect(refusals.split(' ').filter((code) => !knownCodes.has(code))).toEqual([])
})
