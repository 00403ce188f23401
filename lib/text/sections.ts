/** Words of the wizard's sections, typed against the sections themselves: a field without words does not compile. */

import type { SectionId, Sections } from '#lib/sections/all.ts'
import type { Section } from '#lib/sections/define.ts'
import { portraitRule, proofRule } from './picture-rules.ts'

interface FieldWords {
  readonly label: string
  readonly hint?: string
}
interface SlotWords {
  readonly label: string
  /** The rule in one line, before the attempt. */
  readonly hint: string
}
/** Words as readers use them, whatever the section. */
export interface SectionWords {
  readonly title: string
  /** One sentence of what the page is for. */
  readonly lead: string
  readonly fields: Readonly<Record<string, FieldWords>>
  /** Slots of rows, of nested rows and shared ones together. */
  readonly slots: Readonly<Record<string, SlotWords>>
  readonly nested?: { readonly title: string; readonly fields: Readonly<Record<string, FieldWords>> }
  /** What one row is called. */
  readonly row?: string
  readonly none?: string
}
type Keys<T> = keyof T & string
type NestedOf<S> = S extends { nested: { fields: infer F; slots: infer L } }
  ? { fields: F; slots: L }
  : { fields: Record<never, never>; slots: Record<never, never> }
type WordsOf<S extends Section> = Omit<SectionWords, 'fields' | 'slots' | 'nested'> & {
  readonly fields: Readonly<Record<Keys<S['fields']>, FieldWords>>
  readonly slots: Readonly<
    Record<Keys<S['slots']> | Keys<S['sharedSlots']> | Keys<NestedOf<S>['slots']>, SlotWords>
  >
} & (S extends { nested: unknown }
    ? {
        readonly nested: { title: string; fields: Readonly<Record<Keys<NestedOf<S>['fields']>, FieldWords>> }
      }
    : { readonly nested?: undefined })

/** WRK-4: a department may take several kinds of proof. */
const oneIsEnough = '会计管理部门接受几种证明的，交其中一种即可'

/** What registration knows is shown, never asked again (BAS-2). */
export const broughtAlong = '注册时填写的信息已经带入，不需要再填。'

export const sectionWords: { readonly [K in SectionId]: WordsOf<Sections[K]> & SectionWords } = {
  department: {
    title: '会计管理部门',
    lead: '选择您所属的会计管理部门。以后的信息审核、考试报名等业务都由它办理。',
    fields: {
      situation: { label: '当前情况' },
      household: { label: '户籍所在地', hint: '按户口簿填写，选到市' },
      departmentId: { label: '会计管理部门', hint: '依次选择省、市、区县；深圳等计划单列市在省份中直接选择' },
    },
    slots: {},
  },
  scope: {
    title: '采集须知',
    lead: '请选择与您情况相符的采集范围。后面各页要填什么、要交什么，由它决定。',
    fields: {
      scope: { label: '采集范围', hint: '凡有过会计工作经历（无论现在是否在职在岗），均选择（一）会计人员' },
    },
    slots: {},
  },
  basic: {
    title: '基本信息',
    lead: `上传证件照和身份证明，补充民族、住址等信息。${broughtAlong}`,
    fields: {
      ethnicity: { label: '民族' },
      politics: { label: '政治面貌' },
      residence: { label: '居住地', hint: '现在居住的城市' },
      address: { label: '通讯地址', hint: '能收到邮件的详细地址，写到门牌号' },
      email: { label: '邮箱' },
    },
    slots: {
      portrait: {
        label: '证件照',
        hint: `${portraitRule}；近期、清晰、完整的标准证件照`,
      },
      idFront: { label: '身份证明人像面', hint: proofRule },
      idBack: { label: '身份证明国徽面', hint: proofRule },
      residencePermit: { label: '居住证', hint: `${proofRule}；可与身份证明合并为一张图片，也可单独上传` },
    },
  },
  education: {
    title: '教育经历',
    lead: '填写已取得证书的学历、学位；在校生另填一条正在就读的经历。',
    row: '教育经历',
    none: '还没有填写教育经历。请点“新增”，从最高学历开始填写。',
    fields: {
      place: { label: '办学地' },
      mode: { label: '培养方式' },
      school: { label: '学校名称', hint: '按毕业证书或学信网上的全称填写' },
      level: { label: '学历' },
      degree: { label: '学位', hint: '填写已取得证书的学位；没有的选“无”' },
      major: { label: '所学专业' },
      enrolled: { label: '入学时间' },
      graduated: { label: '毕业时间' },
      diplomaNo: { label: '学历证书编号', hint: '请与学信网显示的编号完全一致' },
      degreeNo: { label: '学位证书编号' },
    },
    slots: {
      diploma: { label: '学历证书', hint: `${proofRule}；境外取得的可上传学位证书` },
      degreeCertificate: { label: '学位证书', hint: proofRule },
      chsiReport: {
        label: '学信网学历（学位）验证报告',
        hint: `${proofRule}；2008 年以后境内取得的本科及以上`,
      },
      overseasReport: { label: '教育部留学服务中心认证书', hint: proofRule },
      schoolStatement: {
        label: '学历证明（毕业证书丢失时）',
        hint: `${proofRule}；由毕业院校出具，可代替证书`,
      },
      studyProof: {
        label: '在读证明',
        hint: `${proofRule}；有学校信息的学生证，或学信网教育部学籍在线验证报告`,
      },
    },
  },
  employment: {
    title: '工作经历',
    lead: '按时间填写每一段工作；做过会计工作的，同时填写该单位的会计工作经历。',
    row: '工作经历',
    none: '还没有填写工作经历。',
    fields: {
      start: { label: '工作开始时间' },
      end: { label: '工作结束时间' },
      employer: { label: '单位名称', hint: '与营业执照或法人证书上的名称一致' },
      creditCode: { label: '统一社会信用代码', hint: '18 位，不含字母 I、O、S、V、Z' },
      noCode: { label: '该单位没有统一社会信用代码' },
      noCodeReason: { label: '没有代码的原因', hint: '例如：部队单位、境外单位、已注销的旧单位' },
      employerType: { label: '单位类型' },
      industry: { label: '所属行业' },
      employerAddress: { label: '工作单位地址' },
      employerPhone: { label: '工作单位电话', hint: '座机带区号，例如 020-12345678' },
      accounting: { label: '是否有会计工作经历' },
    },
    nested: {
      title: '会计工作经历',
      fields: {
        start: { label: '会计工作开始时间' },
        end: { label: '会计工作结束时间' },
        work: { label: '从事会计工作', hint: '选择最主要的一项' },
        title: { label: '会计专业职务', hint: '单位聘任的职务；没有聘任的不填' },
        appointed: { label: '会计专业职务聘任时间' },
      },
    },
    slots: {
      creditProof: { label: '统一社会信用代码证明', hint: `${proofRule}；营业执照或法人证书` },
      employerStatement: {
        label: '单位证明',
        hint: `${proofRule}；由单位出具并盖章；单位已注销的，可上传注销证明`,
      },
      commitment: {
        label: '工作经历承诺书',
        hint: `${proofRule}；写明单位、岗位和起止时间，本人签名；${oneIsEnough}`,
      },
      contract: {
        label: '劳动合同',
        hint: `${proofRule}；有单位、岗位、期限和签章的页，分张上传；${oneIsEnough}`,
      },
      socialInsurance: {
        label: '社保证明',
        hint: `${proofRule}；社会保险参保缴费证明，能看到缴费单位和起止时间；${oneIsEnough}`,
      },
      workProof: {
        label: '其他会计工作证明',
        hint: `${proofRule}；能说明会计工作经历的其他材料，没有可以不传；不能代替会计管理部门要求的证明`,
      },
      appointment: { label: '聘任证明', hint: proofRule },
      resume: {
        label: '会计专业工作简历表',
        hint: `${proofRule}；由现单位（未在职的由原单位）出具，签名并盖章；多页请分张上传`,
      },
    },
  },
  qualifications: {
    title: '专业技术资格',
    lead: '填写国内取得的会计专业技术资格，以及经济、审计、统计专业技术资格，注册会计师、资产评估师、税务师。其他资格暂不登记。',
    row: '专业技术资格',
    none: '还没有填写专业技术资格。没有取得资格的，可以直接进入下一步。',
    fields: {
      kind: { label: '资格类别' },
      level: { label: '级别' },
      way: { label: '取得方式' },
      certificateNo: { label: '证书编号或批准文号' },
      obtained: { label: '取得时间' },
      issuer: { label: '发证机关' },
    },
    slots: { proof: { label: '资格证明材料', hint: `${proofRule}；证书或批准文件` } },
  },
  identity: {
    title: '线上实名认证',
    lead: '上传三张图片，由所在城市的会计管理部门人工核对。',
    fields: { city: { label: '所在省市' } },
    slots: {
      face: { label: '证件人像面', hint: `${proofRule}；四角完整、文字清楚、没有反光` },
      reverse: { label: '证件非人像面', hint: `${proofRule}；四角完整、文字清楚、没有反光` },
      holding: { label: '手持证件人像面', hint: `${proofRule}；本人的脸和证件都要清楚，不要修改图片` },
    },
  },
  correction: {
    title: '身份信息更正',
    lead: '姓名登记有误或已经更名、证件号码登记有误或证件换发后号码变化的，在这里申请更正，由所在城市的会计管理部门审核。',
    fields: {
      what: { label: '更正内容' },
      newName: { label: '更正后的姓名', hint: '与现在的证件一致；仅更正姓名时填写' },
      newNumber: { label: '更正后的证件号码', hint: '与现在的证件一致；仅更正证件号码时填写' },
      reason: { label: '更正原因', hint: '说明登记有误的情况，或更名、换发证件的时间和原因' },
      city: { label: '所在省市', hint: '由这个城市的会计管理部门审核' },
    },
    slots: {
      face: { label: '现有证件人像面', hint: `${proofRule}；护照上传资料页；四角完整、文字清楚` },
      reverse: { label: '现有证件非人像面', hint: `${proofRule}；四角完整、文字清楚` },
      proof: {
        label: '更正证明',
        hint: `${proofRule}；更正姓名的必须上传户口簿变更页或公安机关更名证明，更正证件号码的可以上传新旧证件换发证明`,
      },
    },
  },
  appeal: {
    title: '账户申诉',
    lead: '登记的手机号已经停用，或者证件号码被他人注册的，上传能证明本人身份的图片，由会计管理部门的两名工作人员先后审核。',
    fields: {
      story: { label: '情况说明', hint: '例如手机号什么时候停用，或者怎样发现证件号码被注册' },
      city: { label: '所在省市', hint: '由这个城市的会计管理部门审核' },
    },
    slots: {
      face: { label: '证件人像面', hint: `${proofRule}；护照上传资料页；四角完整、文字清楚` },
      reverse: { label: '证件非人像面', hint: `${proofRule}；四角完整、文字清楚` },
      holding: { label: '手持证件人像面', hint: `${proofRule}；本人的脸和证件都要清楚，不要修改图片` },
      other: { label: '其他证明', hint: `${proofRule}；例如运营商的销号证明，没有可以不传` },
    },
  },
  transfer: {
    title: '调转申请',
    lead: '选择调入的会计管理部门和调转原因，上传对应的证明材料。',
    fields: {
      departmentId: {
        label: '调入地会计管理部门',
        hint: '在职在岗的选工作单位所在地，在校学生选学籍所在地，其他人员选户籍所在地或居住地',
      },
      reason: { label: '调转原因' },
      employer: { label: '新单位名称', hint: '与统一社会信用代码证一致；工作单位所在地变动时填写' },
      creditCode: { label: '统一社会信用代码', hint: '18 位；工作单位所在地变动时填写' },
      joined: { label: '入职月份', hint: '工作单位所在地变动时填写' },
      school: { label: '学校名称', hint: '学籍所在地变动时填写' },
      enrolled: { label: '入学月份', hint: '学籍所在地变动时填写' },
      residenceKind: { label: '变动的是', hint: '户籍所在地或居住地变动时填写' },
      newAddress: { label: '新地址', hint: '户籍所在地或居住地变动时填写' },
    },
    slots: {
      workplaceProof: {
        label: '工作单位证明',
        hint: `${proofRule}；工作单位证明，或现单位的统一社会信用代码证`,
      },
      schoolProof: { label: '学习证明', hint: `${proofRule}；录取通知书、学生证或其他学习证明` },
      residenceProof: { label: '户籍或居住证明', hint: `${proofRule}；身份证、户籍证明或居住证明` },
    },
  },
  credit: {
    title: '继续教育学分申请',
    lead: '参加考试、会议、学历教育，发表论文、出版书籍等，可以折算为当年的继续教育学分。一次申请一项。',
    fields: {
      form: { label: '学分形式' },
      title: {
        label: '名称',
        hint: '例如考试科目、会议、课程、课题、论文或书籍的名称；同一项不重复计算',
      },
      quantity: { label: '数量', hint: '填整数；单位见所选的学分形式' },
      obtained: { label: '完成时间', hint: '学分计入这一年' },
    },
    slots: {
      proof: {
        label: '证明材料',
        hint: `${proofRule}；成绩单、会议通知和签到、结项证书、论文或书籍的封面和目录等`,
      },
    },
  },
  award: {
    title: '奖励申报',
    lead: '财政部门给予的会计工作表彰奖励，由本人申报，会计管理部门审核。',
    fields: {
      title: { label: '奖励名称' },
      level: { label: '奖励级别' },
      authority: { label: '授予单位名称' },
      awardedOn: { label: '授予日期' },
    },
    slots: { proof: { label: '奖励证明', hint: `${proofRule}；证书或表彰决定` } },
  },
  penalty: {
    title: '行政处罚登记',
    lead: '作出处罚决定后 10 个工作日内登记。一人登记，另一人审核后生效。',
    fields: {
      penalty: { label: '处罚种类' },
      basis: { label: '处罚依据', hint: '违法事实和所依据的条款' },
      authority: { label: '作出决定的行政机关名称' },
      documentNo: { label: '决定书文号' },
      decidedOn: { label: '决定日期' },
    },
    slots: {},
  },
  objection: {
    title: '奖惩异议',
    lead: '认为登记的奖惩信息有误的，说明理由，由会计管理部门的两名工作人员先后核实。成立的，撤销这一条。',
    fields: { story: { label: '异议理由', hint: '哪一处与事实不符，事实是什么' } },
    slots: { proof: { label: '证明材料', hint: `${proofRule}；没有可以不传` } },
  },
  exam: {
    title: '考试报名',
    lead: '报名信息取自审核通过的会计人员信息。',
    fields: {
      session: { label: '考试' },
      site: { label: '报考点' },
      subjects: { label: '报考科目' },
      fee: { label: '考试费' },
      verdict: { label: '报名条件' },
    },
    slots: {},
  },
}

export const common = {
  blank: '未填',
  yes: '是',
  ongoing: { 'to-date': '至今', studying: '在读' },
  period: (start: string, end: string) => `${start}—${end}`,
  /** Of a unit without a 统一社会信用代码, in the place of its code. */
  noCode: (reason: string) => (reason === '' ? '无' : `无（${reason}）`),
} as const

export const rowTitle = (section: SectionId, position: number) =>
  `${(sectionWords[section] as SectionWords).row ?? ''} ${position}`
