/** Words of every closed list, by the name of its option set. */
import type { CreditFormId } from '#lib/domain/credits.ts'
import type {
  accountingTitles,
  accountingWorks,
  awardLevels,
  correctionKinds,
  degrees,
  educationLevels,
  employerTypes,
  penaltyKinds,
  politicalStatuses,
  qualificationKinds,
  qualificationLevels,
  qualificationWays,
  residenceKinds,
  scopes,
  situations,
  studyPlaces,
  trainingModes,
  transferReasons,
  yesNo,
} from '#lib/sections/options.ts'

type Words<T extends readonly string[]> = Readonly<Record<T[number], string>>

const situation: Words<typeof situations> = {
  employed: '在职在岗',
  student: '在校学生',
  other: '其他（未工作也不在校）',
}

const scope: Words<typeof scopes> = {
  accounting_staff: '（一）会计人员（从事会计工作）',
  qualified_not_practising: '（二）具有会计专业技术资格但未从事会计工作的人员',
  junior_candidate: '（三）暂未工作但拟报名初级会计专业技术资格考试的人员',
  intermediate_candidate_phd: '（四）暂未工作但具备博士学位、拟报名中级会计专业技术资格考试的人员',
  intermediate_candidate_crossover:
    '（五）通过全国统一考试取得经济、统计、审计专业技术中级资格，拟报名中级会计专业技术资格考试的人员',
}

/** GB/T 3304 in code order, 01–56. */
const peoples =
  '汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族'.split(
    ' ',
  )
const ethnicity: Readonly<Record<string, string>> = {
  ...Object.fromEntries(peoples.map((name, index) => [String(index + 1).padStart(2, '0'), name])),
  '97': '其他',
  '98': '外国血统中国籍人士',
}

const politics: Words<typeof politicalStatuses> = {
  cpc_member: '中共党员',
  cpc_probationary: '中共预备党员',
  cyl_member: '共青团员',
  rckmt: '民革党员',
  cdl: '民盟盟员',
  cndca: '民建会员',
  capd: '民进会员',
  cpwdp: '农工党党员',
  zhigong: '致公党党员',
  jiusan: '九三学社社员',
  tdsl: '台盟盟员',
  nonpartisan: '无党派人士',
  masses: '群众',
}

const studyPlace: Words<typeof studyPlaces> = { domestic: '境内', overseas: '境外（含港澳台）' }
const trainingMode: Words<typeof trainingModes> = { full_time: '全日制', part_time: '非全日制' }

const educationLevel: Words<typeof educationLevels> = {
  senior_high: '高中',
  secondary_specialized: '中专',
  vocational_high: '职高',
  technical_school: '技校',
  junior_college: '大学专科',
  bachelor_program: '大学本科',
  second_bachelor_program: '第二学士学位',
  graduate_class: '研究生班',
  master_program: '硕士研究生',
  doctor_program: '博士研究生',
}
const degree: Words<typeof degrees> = {
  none: '无',
  bachelor: '学士',
  second_bachelor: '第二学士',
  master: '硕士',
  doctor: '博士',
}

const employerType: Words<typeof employerTypes> = {
  government: '国家机关',
  public_institution: '事业单位',
  social_organization: '社会团体',
  soe: '国有企业',
  private_enterprise: '民营企业',
  foreign_enterprise: '外商及港澳台商投资企业',
  other_enterprise: '其他企业',
  private_non_enterprise: '民办非企业单位',
  accounting_firm: '会计师事务所',
  bookkeeping_agency: '代理记账机构',
  self_employed: '个体工商户',
  grassroots: '村集体、基层群众组织',
  other_organization: '其他组织',
}

const industry: Readonly<Record<string, string>> = {
  A: '农、林、牧、渔业',
  B: '采矿业',
  C: '制造业',
  D: '电力、热力、燃气及水生产和供应业',
  E: '建筑业',
  F: '批发和零售业',
  G: '交通运输、仓储和邮政业',
  H: '住宿和餐饮业',
  I: '信息传输、软件和信息技术服务业',
  J: '金融业',
  K: '房地产业',
  L: '租赁和商务服务业',
  M: '科学研究和技术服务业',
  N: '水利、环境和公共设施管理业',
  O: '居民服务、修理和其他服务业',
  P: '教育',
  Q: '卫生和社会工作',
  R: '文化、体育和娱乐业',
  S: '公共管理、社会保障和社会组织',
  T: '国际组织',
}

const accounting: Words<typeof yesNo> = { yes: '有', no: '没有' }

const accountingWork: Words<typeof accountingWorks> = {
  cashier: '出纳',
  audit_check: '稽核',
  assets_liabilities_equity: '资产、负债和所有者权益（净资产）的核算',
  revenue_expense: '收入、费用（支出）的核算',
  financial_results: '财务成果（政府预算执行结果）的核算',
  financial_reporting: '财务会计报告（决算报告）编制',
  accounting_supervision: '会计监督',
  accounting_archives: '会计机构内会计档案管理',
  accounting_head: '会计机构负责人（会计主管人员）',
  chief_accountant: '总会计师',
  other_accounting: '其他会计工作',
}
const accountingTitle: Words<typeof accountingTitles> = {
  accounting_clerk: '会计员',
  assistant_accountant: '助理会计师',
  accountant: '会计师',
  senior_accountant: '高级会计师',
  professor_level_accountant: '正高级会计师',
}

const qualificationKind: Words<typeof qualificationKinds> = {
  accounting: '会计专业技术资格',
  economics: '经济专业技术资格',
  auditing: '审计专业技术资格',
  statistics: '统计专业技术资格',
  cpa: '注册会计师',
  asset_appraiser: '资产评估师',
  tax_advisor: '税务师',
}
const qualificationLevel: Words<typeof qualificationLevels> = {
  junior: '初级',
  intermediate: '中级',
  senior: '高级（副高）',
  professor: '正高级',
}
const qualificationWay: Words<typeof qualificationWays> = {
  exam: '考试',
  review: '评审',
  exam_and_review: '考评结合',
}

const correctionKind: Words<typeof correctionKinds> = {
  name: '姓名（登记有误，或已经依法更名）',
  document: '证件号码（登记有误，或证件换发后号码变化）',
}

const transferReason: Words<typeof transferReasons> = {
  workplace: '工作单位所在地变动',
  school: '学籍所在地变动',
  residence: '户籍所在地或居住地变动',
}
const residenceKind: Words<typeof residenceKinds> = { household: '户籍所在地', living: '居住地' }

const creditForm: Readonly<Record<CreditFormId, string>> = {
  exam_pass: '会计类考试通过一科或被录取（按科）',
  conference: '参加会计类专业会议（按天）',
  degree_study: '会计类学历（学位）教育，当年度通过一门课程（按门）',
  research_solo: '会计类课题结项，独立承担（按项）',
  research_lead: '会计类课题结项，合作课题主持人（按项）',
  research_member: '会计类课题结项，合作课题其他参与人（按项）',
  paper_solo: '发表会计类论文，独立作者（按篇）',
  paper_first: '发表会计类论文，第一作者（按篇）',
  paper_other: '发表会计类论文，其他作者（按篇）',
  book_solo: '出版会计类书籍，独立作者（按本）',
  book_first: '出版会计类书籍，第一作者（按本）',
  book_other: '出版会计类书籍，其他作者（按本）',
  senior_training: '高端会计人才等财政部门组织的培训，考核合格（按年）',
  related_ce: '注册会计师、资产评估师、税务师继续教育合格（按年）',
  face_to_face: '面授培训（按天）',
  online_course: '网络培训（按学时）',
}
const awardLevel: Words<typeof awardLevels> = {
  national: '国家级',
  provincial: '省部级',
  municipal: '市级',
  county: '县级',
}
const penaltyKind: Words<typeof penaltyKinds> = {
  warning: '警告',
  public_criticism: '通报批评',
  fine: '罚款',
  confiscation: '没收违法所得',
  ban_5y: '五年内不得从事会计工作',
  ban_permanent: '不得再从事会计工作',
  other: '其他',
}

const sets: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  situation,
  scope,
  ethnicity,
  politics,
  studyPlace,
  trainingMode,
  educationLevel,
  degree,
  employerType,
  industry,
  accounting,
  accountingWork,
  accountingTitle,
  qualificationKind,
  qualificationLevel,
  qualificationWay,
  correctionKind,
  transferReason,
  residenceKind,
  creditForm,
  awardLevel,
  penaltyKind,
}

/** The word of one option; an unknown one shows as its id rather than as nothing. */
export const optionWord = (set: string, id: string) => sets[set]?.[id] ?? id
