import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findingLimits, type PostedFinding, readOpinions } from '#lib/schemas/findings.ts'
import { checkNoteTemplate, noteTemplateLimits, takeUpTemplates } from '#lib/schemas/note-templates.ts'
import { issueText } from '#lib/text/issues.ts'

const codes = (typed: unknown) => {
  const read = checkNoteTemplate(typed)
  return read.ok ? [] : read.issues.map(({ at, code }) => `${at} ${code}`)
}

describe('a 常用语', () => {
  it('is a reason of the list and one paragraph', () => {
    expect(checkNoteTemplate({ templateReason: 'other', templateText: '  请上传\r\n毕业证书。 ' })).toEqual({
      ok: true,
      value: { reason: 'other', text: '请上传 毕业证书。' },
    })
    const longest = '字'.repeat(noteTemplateLimits.text)
    expect(codes({ templateReason: 'other', templateText: longest })).toEqual([])
    expect(codes({ templateReason: 'other', templateText: '𠮷'.repeat(200) })).toEqual([])
    expect(codes({ templateReason: 'other', templateText: `${longest}。` })).toEqual([
      'templateText too-long',
    ])
  })

  it.each([
    [{}, ['templateReason required', 'templateText required']],
    [
      { templateReason: 'toString', templateText: ' \n ' },
      ['templateReason not-offered', 'templateText required'],
    ],
    [{ templateReason: 'other', templateText: '。……' }, ['templateText text-blank']],
    [{ templateReason: 'other', templateText: '请\u200b改' }, ['templateText text-characters']],
  ])('is refused: %j', (typed, wrong) => expect(codes(typed)).toEqual(wrong))

  it('leaves room for words beside it in a note', () =>
    expect(noteTemplateLimits.text).toBeLessThan(findingLimits.note))
})

const offered = new Map([['t1', { reason: 'diploma-missing', text: '请上传毕业证书。' }]])
const finding = (over: Partial<PostedFinding> = {}): PostedFinding => ({
  at: 'finding.education.0',
  section: 'education',
  rowId: 'e1',
  target: '',
  reason: 'other',
  note: '第二页也要。',
  template: 't1',
  ...over,
})
const taken = (...findings: PostedFinding[]) => takeUpTemplates({ verdicts: {}, findings }, offered)

describe('a 常用语 that was chosen', () => {
  it('stands before what was typed, and is chosen no more', () => {
    const { opinions, issues } = taken(finding())
    expect(issues).toEqual([])
    expect(opinions.findings[0]).toEqual({
      at: 'finding.education.0',
      section: 'education',
      rowId: 'e1',
      target: '',
      reason: 'other',
      note: '请上传毕业证书。\n第二页也要。',
    })
    expect(taken(finding({ note: '' })).opinions.findings[0]?.note).toBe('请上传毕业证书。')
  })

  it('gives its reason where none was chosen', () => {
    expect(taken(finding({ reason: '' })).opinions.findings[0]?.reason).toBe('diploma-missing')
    expect(taken(finding({ reason: 'study-proof-missing' })).opinions.findings[0]?.reason).toBe(
      'study-proof-missing',
    )
  })

  it('and is not offered any more changes nothing, and is told at the note', () => {
    const { opinions, issues } = taken(finding({ template: 'gone' }))
    expect(opinions.findings[0]).toMatchObject({ note: '第二页也要。' })
    expect(issues).toEqual([{ at: 'finding.education.0.note', code: 'note-template-gone' }])
    expect(issueText(issues[0] ?? { at: null, code: '' })).toContain('停用')
  })

  it('is put in once, however often the same form is sent', () =>
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 4 }), (note, times) => {
        let at = finding({ note })
        for (let sent = 0; sent < times; sent += 1)
          at = { ...at, ...taken({ ...at, template: 't1' }).opinions.findings[0] }
        expect(at.note.split('请上传毕业证书。')).toHaveLength(2)
        expect(at.note.endsWith(note)).toBe(true)
      }),
    ))

  it('makes a finding by itself', () => {
    const posted = (template: string) =>
      readOpinions({
        'finding.education.0.reason': [''],
        'finding.education.0.target': ['e1/'],
        'finding.education.0.template': [template],
        'finding.education.0.note': [''],
      }).findings
    expect(posted('t1')).toMatchObject([{ template: 't1', reason: '', note: '' }])
    expect(posted('')).toEqual([])
  })
})
