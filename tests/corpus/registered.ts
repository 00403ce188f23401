/** Faults that only a register can tell: every compared field of every kind of claim, and what it cannot tell (CHK). */
import { type ClaimKind, claimKinds, claimShapes } from '#lib/domain/claims.ts'
import { type SectionWords, sectionWords } from '#lib/text/sections.ts'
import { bases } from './bases.ts'
import { agreeing, type Collection, type Registers } from './collection.ts'
import { type Entry, over } from './entry.ts'

interface Asked {
  readonly section: 'education' | 'employment' | 'qualifications'
  readonly rowId: string
  readonly sound: Collection
  readonly rule: string
  readonly word: string
  readonly reason: string
  /** What a record may say instead. */
  readonly otherwise: Readonly<Record<string, string>>
}

const { employedChecked, crossoverChecked, answered } = bases
const ofQualifications = {
  section: 'qualifications',
  rowId: 'row001',
  rule: 'QUA-2',
  reason: 'qualification-differs-from-register',
} as const

/** The row that each kind of claim is about. */
const askedOf: Readonly<Record<ClaimKind, Asked>> = {
  education: {
    section: 'education',
    rowId: 'row002',
    sound: employedChecked,
    rule: 'EDU-3',
    word: '学历',
    reason: 'education-differs-from-chsi',
    otherwise: {
      name: '张四',
      school: '岭南示例学院',
      level: 'junior_college',
      graduated: '2012-07',
      diplomaNo: '100001201205000124',
      mode: 'part_time',
      major: '审计学',
    },
  },
  degree: {
    section: 'education',
    rowId: 'row002',
    sound: employedChecked,
    rule: 'EDU-3',
    word: '学位',
    reason: 'degree-differs-from-register',
    otherwise: {
      name: '张四',
      school: '岭南示例学院',
      degree: 'second_bachelor',
      degreeNo: '1000042012000457',
    },
  },
  'accounting-qualification': {
    ...ofQualifications,
    sound: employedChecked,
    word: '会计资格',
    otherwise: {
      name: '张四',
      kind: 'auditing',
      level: 'junior',
      certificateNo: '19440000012346',
      obtained: '2018-09',
      issuer: '广东省示例厅',
    },
  },
  'other-qualification': {
    ...ofQualifications,
    sound: crossoverChecked,
    word: '其他资格',
    otherwise: {
      name: '张四',
      kind: 'statistics',
      level: 'junior',
      certificateNo: '18440000067891',
      obtained: '2017-11',
      issuer: '广东省示例厅',
    },
  },
  'credit-code': {
    section: 'employment',
    rowId: 'row001',
    sound: employedChecked,
    rule: 'WRK-1',
    word: '统一社会信用代码',
    reason: 'employer-name-code-differ',
    otherwise: { creditCode: '91440101MA5KJ7R2X0', employer: '广州示例贸易公司' },
  },
}

const personal: Readonly<Record<string, string>> = { name: '姓名' }
function labelOf({ section }: Asked, field: string): string {
  const words: SectionWords = sectionWords[section]
  return personal[field] ?? words.fields[field]?.label ?? field
}

function withRecord(kind: ClaimKind, field: string): Partial<Collection> {
  const { rowId, otherwise, sound } = askedOf[kind]
  const value = otherwise[field]
  if (value === undefined) throw new Error(`no other value is known of ${kind}.${field}`)
  return differing(sound, { [`${kind}/${rowId}`]: { [field]: value } })
}
const differing = ({ registers }: Collection, differs: Registers['differs']): Partial<Collection> => ({
  registers: { ...agreeing, ...registers, differs },
})

/** What is looked up by cannot differ: with another one there is no record. */
const isLookedUpBy = (kind: ClaimKind, field: string) => claimShapes[kind].by === field

const mismatches = (kind: ClaimKind): Entry[] =>
  claimShapes[kind].compared.map((field) => {
    const asked = askedOf[kind]
    const code = isLookedUpBy(kind, field)
      ? 'not-in-register'
      : field === 'name'
        ? 'register-names-somebody-else'
        : asked.reason
    return over(
      asked.sound,
      {
        id: `differs.${kind}.${field}`,
        rule: asked.rule,
        what: isLookedUpBy(kind, field)
          ? `${asked.word}填成了登记里没有的`
          : `${asked.word}登记的${labelOf(asked, field)}与填写不同`,
        expected: 'register',
        code,
      },
      withRecord(kind, field),
    )
  })

const notes = (kind: ClaimKind): Entry[] =>
  claimShapes[kind].noted.map((field) => {
    const asked = askedOf[kind]
    return over(
      asked.sound,
      {
        id: `noted.${kind}.${field}`,
        rule: asked.rule,
        what: `${asked.word}登记的${labelOf(asked, field)}与填写不同，只提示审核人员`,
        expected: 'human',
        code: 'noted',
        beyond: 'remark',
      },
      withRecord(kind, field),
    )
  })

const absences = (kind: ClaimKind): Entry[] => {
  const { sound, rowId, word } = askedOf[kind]
  return [
    over(
      sound,
      {
        id: `not-found.${kind}`,
        rule: 'CHK-4',
        what: `${word}查无记录`,
        expected: 'register',
        code: 'not-in-register',
      },
      differing(sound, { [`${kind}/${rowId}`]: null }),
    ),
    over(
      sound,
      {
        id: `no-data.${kind}`,
        rule: 'CHK-4',
        what: `没有${word}的登记数据`,
        expected: 'human',
        code: 'no-data',
        beyond: 'register',
      },
      { registers: { ...agreeing, without: [kind] } },
    ),
  ]
}

const silences = (): Entry[] => [
  over(
    employedChecked,
    {
      id: 'down',
      rule: 'CHK-1',
      what: '登记机构一整天没有回答',
      expected: 'human',
      code: 'gave-up',
      beyond: 'register',
    },
    { registers: { ...agreeing, down: true } },
  ),
  over(
    answered,
    {
      id: 'unmended',
      rule: 'SUB-4',
      what: '核验退回以后什么都没有改，又提交一次',
      expected: 'submission',
      code: 'section-awaits-mending',
    },
    { answers: 'nothing' },
  ),
]

export const registeredFaults = (): Entry[] => [
  ...claimKinds.flatMap((kind) => [...mismatches(kind), ...notes(kind), ...absences(kind)]),
  ...silences(),
]
