/** 一次性告知 (REV-4): each thing that makes a finding late, and each that does not. */
import { describe, expect, it } from 'vitest'
import { reachOf } from '#lib/domain/late-reach.ts'
import { type ReturnReason, returnReasons } from '#lib/domain/return-reasons.ts'
import type { AnswerRow, AnswerSection } from '#lib/readers/answers.ts'
import { lateFindings, type ReturnedRound, type SeenRound } from '#lib/readers/late-findings.ts'

const row = (
  id: string,
  answers: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
  children: readonly AnswerRow[] = [],
): AnswerRow => ({
  id,
  title: id,
  answers: Object.entries(answers).map(([key, shown]) => ({ key, label: key, shown })),
  slots: Object.entries(files).map(([slot, file]) => ({ slot, label: slot, files: [file] })),
  children,
})
const page = (
  section: string,
  rows: readonly AnswerRow[],
  shared: Readonly<Record<string, string>> = {},
): AnswerSection => ({
  section,
  title: section,
  rows,
  shared: row('', {}, shared).slots,
})

const pages: Readonly<Record<string, AnswerSection>> = {
  registration: page('registration', [row('main', { name: '张三', phone: '13900000000' })]),
  department: page('department', [
    row('main', { household: '广州', situation: '在职在岗', departmentId: '天河' }),
  ]),
  scope: page('scope', [row('main', { scope: '一' })]),
  basic: page('basic', [row('main', { address: '1 号' }, { portrait: 'p1', idFront: 'f1' })]),
  education: page('education', [
    row('e1', { school: '中山大学', diplomaNo: '1' }),
    row('e2', { school: '暨南大学', diplomaNo: '2' }, { diploma: 'd2' }),
  ]),
  employment: page(
    'employment',
    [
      row('j1', { employer: '甲', creditCode: 'A' }, {}, [
        row('j1p1', { work: '核算' }, { appointment: 'a1' }),
      ]),
    ],
    { resume: 'r1' },
  ),
}

const seen = (changed: Readonly<Record<string, AnswerSection>> = {}): SeenRound => ({
  snapshot: { sections: Object.values({ ...pages, ...changed }) },
  facts: [],
  claims: [],
  departmentId: '440106',
  ruleVersion: '1',
})
const before: ReturnedRound = { ...seen(), judged: new Set(Object.keys(pages)), movedOn: false }

const found = (place: string, reason: ReturnReason = 'answer-incomplete') => {
  const [section = '', rowId = '', target = ''] = place.split('/')
  return { section, rowId, target, reason }
}
interface Scene {
  readonly now?: Partial<SeenRound>
  readonly before?: Partial<ReturnedRound>
  readonly said?: readonly ReturnType<typeof found>[]
}
const isLate = (finding: ReturnType<typeof found>, scene: Scene = {}) =>
  lateFindings([finding], { ...seen(), ...scene.now }, { ...before, ...scene.before }, scene.said ?? [])
    .length === 1
const changed = (section: AnswerSection): Scene => ({ now: seen({ [section.section]: section }) })

const claim = { section: 'education', rowId: 'e1', kind: 'education', why: '', fields: [], notes: [] }
const fact = {
  section: 'basic',
  rowId: 'main',
  target: 'slot:portrait',
  code: 'picture-elsewhere',
  tone: 'warn' as const,
  params: { count: 1 },
}

const addressChanged = page('basic', [row('main', { address: '2 号' }, { portrait: 'p1', idFront: 'f1' })])
const portraitChanged = page('basic', [row('main', { address: '1 号' }, { portrait: 'p2', idFront: 'f1' })])
const firstSchoolChanged = page('education', [
  row('e1', { school: '华南理工大学', diplomaNo: '1' }),
  row('e2', { school: '暨南大学', diplomaNo: '2' }, { diploma: 'd2' }),
])
const secondSchoolChanged = page('education', [
  row('e1', { school: '中山大学', diplomaNo: '1' }),
  row('e2', { school: '深圳大学', diplomaNo: '2' }, { diploma: 'd2' }),
])
const codeChanged = page(
  'employment',
  [
    row('j1', { employer: '甲', creditCode: 'B' }, {}, [
      row('j1p1', { work: '核算' }, { appointment: 'a1' }),
    ]),
  ],
  { resume: 'r1' },
)
const resumeChanged = page('employment', pages.employment?.rows ?? [], { resume: 'r2' })
const scopeChanged = page('scope', [row('main', { scope: '二' })])
const nameChanged = page('registration', [row('main', { name: '张四', phone: '13900000000' })])
const phoneChanged = page('registration', [row('main', { name: '张三', phone: '13911111111' })])
const departmentChanged = page('department', [
  row('main', { household: '广州', situation: '在职在岗', departmentId: '越秀' }),
])

describe('a finding is late', () => {
  it.each<[string, ReturnType<typeof found>, Scene]>([
    ['where nothing changed and nothing was said', found('education/e1/school'), {}],
    [
      'of a picture, whatever else changed on its page',
      found('basic/main/slot:portrait', 'portrait-unsuitable'),
      changed(addressChanged),
    ],
    [
      'of a picture, whatever the other pages ask by now',
      found('basic/main/slot:portrait', 'portrait-unsuitable'),
      changed(scopeChanged),
    ],
    [
      'of an answer, whatever changed in another row',
      found('education/e2/school'),
      changed(firstSchoolChanged),
    ],
    ['of a row that did not change, as a whole', found('education/e2/'), changed(firstSchoolChanged)],
    [
      'of a missing proof that nothing new asks for',
      found('education/e1/slot:diploma', 'diploma-missing'),
      changed(secondSchoolChanged),
    ],
    [
      'of a proof that is there and says too little, whatever its row says now',
      found('employment/all/slot:resume', 'resume-missing-or-unsigned'),
      changed(codeChanged),
    ],
    ['of a nested row', found('employment/j1p1/work'), changed(resumeChanged)],
    [
      'of what is compared with the person, whatever their phone is now',
      found('basic/main/slot:idFront', 'name-or-number-differs'),
      changed(phoneChanged),
    ],
    [
      'of a page that was empty then and is now',
      found('qualifications/all/'),
      { before: { judged: new Set(['qualifications']) } },
    ],
    [
      'after the applicant chose the same department anew',
      found('education/e1/slot:diploma', 'diploma-missing'),
      changed(departmentChanged),
    ],
    [
      'where something was said elsewhere on the page',
      found('education/e1/school'),
      { said: [found('education/e2/school'), found('education/e1/diplomaNo')] },
    ],
    [
      'where a machine says what it said',
      found('education/e1/school', 'education-differs-from-chsi'),
      {
        now: { ...seen(), claims: [{ ...claim, state: 'differs', fields: ['school', 'level'] }] },
        before: { claims: [{ ...claim, state: 'differs', fields: ['level', 'school'] }] },
      },
    ],
    [
      'where a machine says something new of another row',
      found('education/e2/school'),
      { now: { ...seen(), claims: [{ ...claim, state: 'differs' }] } },
    ],
    [
      'where only the numbers of what a machine says went up',
      found('basic/main/slot:portrait', 'portrait-unsuitable'),
      { now: { ...seen(), facts: [{ ...fact, params: { count: 2 } }] }, before: { facts: [fact] } },
    ],
  ])('%s', (_, finding, scene) => expect(isLate(finding, scene)).toBe(true))
})

describe('a finding is not late', () => {
  it.each<[string, ReturnType<typeof found>, Scene]>([
    [
      'where its page was not judged then',
      found('education/e1/school'),
      { before: { judged: new Set(['basic']) } },
    ],
    ['of an answer that changed', found('education/e1/school'), changed(firstSchoolChanged)],
    [
      'of a picture that changed',
      found('basic/main/slot:portrait', 'portrait-unsuitable'),
      changed(portraitChanged),
    ],
    ['of a page as a whole, where anything on it changed', found('basic/main/'), changed(addressChanged)],
    [
      'of a row that was not there',
      found('education/e3/school'),
      changed(page('education', [...(pages.education?.rows ?? []), row('e3', { school: '新' })])),
    ],
    [
      'of a row as a whole, where what is nested in it changed',
      found('employment/j1/'),
      changed(
        page(
          'employment',
          [
            row('j1', { employer: '甲', creditCode: 'A' }, {}, [
              row('j1p1', { work: '出纳' }, { appointment: 'a1' }),
            ]),
          ],
          { resume: 'r1' },
        ),
      ),
    ],
    [
      'of two answers that are compared, where the other one changed',
      found('employment/j1/employer', 'employer-name-code-differ'),
      changed(codeChanged),
    ],
    [
      'of what compares rows, where another row changed',
      found('education/e2/enrolled', 'work-period-conflict'),
      changed(firstSchoolChanged),
    ],
    [
      'of a missing proof, where its row changed',
      found('education/e1/slot:diploma', 'diploma-missing'),
      changed(firstSchoolChanged),
    ],
    [
      'of a missing proof, where another page asks for it now',
      found('education/e1/slot:diploma', 'diploma-missing'),
      changed(scopeChanged),
    ],
    [
      'of what is compared with the person, who has another name now',
      found('basic/main/slot:idFront', 'name-or-number-differs'),
      changed(nameChanged),
    ],
    [
      'of the class chosen, where anything changed anywhere',
      found('scope/main/scope', 'scope-wrong'),
      changed(codeChanged),
    ],
    ['of a document that expires', found('basic/main/slot:idFront', 'identity-expired'), {}],
    [
      'where it was said before',
      found('education/e1/school'),
      { said: [found('education/e1/school', 'other')] },
    ],
    [
      'where its row as a whole was spoken of',
      found('education/e1/school'),
      { said: [found('education/e1/')] },
    ],
    [
      'where the row that holds it was spoken of',
      found('employment/j1p1/work'),
      { said: [found('employment/j1/')] },
    ],
    [
      'where its page as a whole was spoken of',
      found('education/e1/school'),
      { said: [found('education/all/')] },
    ],
    ['where a part of it was spoken of', found('education/e1/'), { said: [found('education/e1/school')] }],
    [
      'where a register says something else now',
      found('education/e1/school'),
      {
        now: { ...seen(), claims: [{ ...claim, state: 'differs' }] },
        before: { claims: [{ ...claim, state: 'unavailable' }] },
      },
    ],
    [
      'where a machine sees something new',
      found('basic/main/slot:portrait', 'portrait-unsuitable'),
      { now: { ...seen(), facts: [fact] } },
    ],
    ['at another department', found('education/e1/school'), { now: { ...seen(), departmentId: '440104' } }],
    [
      'after the case was passed on, also where it came back',
      found('education/e1/school'),
      { before: { movedOn: true } },
    ],
    ['under other rules', found('education/e1/school'), { now: { ...seen(), ruleVersion: '2' } }],
  ])('%s', (_, finding, scene) => expect(isLate(finding, scene)).toBe(false))
})

it('tells the late ones of several', () => {
  const [old, fresh] = [found('education/e2/school'), found('education/e1/school')]
  expect(lateFindings([fresh, old], seen({ education: firstSchoolChanged }), before, [])).toEqual([old])
})

it('every reason has what it is judged by', () => {
  for (const reason of returnReasons) expect([reason, typeof reachOf(reason)]).toEqual([reason, 'string'])
})
