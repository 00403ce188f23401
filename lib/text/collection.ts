/** Words of 会计人员信息采集: its pages, help beside them, and what becomes of it. */
import type { CaseState } from '#lib/domain/case-states.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { portraitRule, proofRule } from './picture-rules.ts'

export const collectionWords = {
  title: '会计人员信息采集',
  lead: '一共七页，资料齐全时大约需要三十分钟。每页都会保存，可以随时离开，换一台设备接着填。',
  start: '开始信息采集',
  resume: '继续填写',
  view: '查看审核告知',
  steps: '填写进度',
  period: '起止时间',
  draftKept: (days: number) => `没有提交的内容保留 ${days} 天。`,
  prepareTitle: '开始前请准备',
  prepare: [
    `证件照：${portraitRule}`,
    `身份证明人像面和国徽面（其他证件正反两面，护照资料页）：${proofRule}`,
    '学历、学位证书上的学校名称、证书编号和起止时间',
    '每一段工作的单位名称、统一社会信用代码和起止时间',
    `现在的工作：统一社会信用代码证明；做过会计工作的：会计专业工作简历表（均为${proofRule}）`,
    '取得的专业技术资格证书',
  ],
  saveNext: '保存并下一步',
  previous: '上一步',
  saveExit: '保存并退出',
  saved: '已保存，可以随时回来接着填写。',
  rowSaved: '已保存。',
  fileSaved: '图片已上传。',
  removed: '已删除。',
  withdrawn: '已撤回，可以修改后重新提交。',
  add: '新增',
  view1: '查看详情',
  edit: '编辑',
  remove: '删除',
  removeConfirm: '确定删除',
  removeAsk: '删除后，这一条和它的图片都不再保留。',
  backToList: '返回列表',
  save: '保存',
  addChild: '再增加一段会计工作经历',
  childLead: '“是否有会计工作经历”选“有”时填写；选“没有”的不用填。',
  removeChild: '删除这一段',
  childTitle: (position: number) => `会计工作经历 ${position}`,
  proofs: '证明材料',
  proofsAfterSave: '保存后，这里会列出这一条需要上传的证明材料。',
  noProofs: '按现在填写的内容，这一条不需要上传证明材料。',
  warnings: '请再核对',
  warningsLead: '下面的内容与通常的情况不同。有误的请修改，确认无误的可以直接提交。',
  returned: '退回意见',
  stillToMend: '请按意见修改',
  mended: '已修改，提交后由会计管理部门再次审核',
  mendedChecks: '已修改，提交后再次核验，或由会计管理部门人工审核',
  registerHint:
    '2001 年以后境内取得的大专及以上学历，请按学信网显示的内容填写；首次提交不用上传证书，提交后与学信网核对。',
  rowReturned: '需修改',
  rowComplete: '已填好',
  rowPartial: (count: number) => `还有 ${count} 处`,
  registered: '注册信息（不能修改）',
  signedOutKept: '登录已经恢复。您刚才填写的内容还在下面，但尚未保存，请核对后保存。',
  stale: {
    title: '这一页在别处修改过',
    field: '项目',
    stored: '已保存的内容',
    typed: '您刚才填写的内容',
    lead: '下面的表单里是您刚才填写的内容。核对后再次保存，将以它为准。',
  },
  consent: {
    title: '图片使用说明',
    text: '证件照和身份证明图片只用于核对身份和会计人员信息管理，加密保存，只有您本人、办理您业务的会计管理部门和它的上级部门可以查看，每次查看都有记录。线上实名认证的图片另有说明，办结后按期限删除。',
    go: '同意并继续',
    first: '上传图片前，请先阅读并同意图片使用说明。',
  },
  template: '模板下载',
  shared: '会计专业工作简历表',
  /** `others`: what else the department takes in its place (WRK-4). */
  sharedLead: (others: readonly string[]) =>
    others.length === 0
      ? '每人一份，采集范围（一）必须提交。打印后由单位核对盖章，再拍照或扫描上传。'
      : `每人一份，打印后由单位核对盖章，再拍照或扫描上传。您的会计管理部门也接受${others.join('、')}：在有会计工作经历的那一条里上传，可以代替简历表。`,
  departmentRuleTitle: '应当选择哪个会计管理部门',
  departmentRule: [
    '在职在岗人员：选择工作单位所在地。',
    '在校学生：选择学籍所在地。',
    '其他人员：选择户籍所在地或居住地。',
    '港澳台居民：在内地有工作单位的选单位所在地；在内地学校就读的选学校所在地；其他在内地居住的选居住地。',
    '深圳、大连、宁波、厦门、青岛在省份中直接选择；市直单位选“市本级”。',
  ],
  chosenDepartment: '已选择',
  worksTitle: '哪些属于会计工作',
  checklistTitle: '按您的情况需要准备的材料',
  checklistNote: '根据已保存的证件类型、当前情况、采集范围和会计管理部门的要求列出；修改后会随之变化。',
} as const

/** 材料准备提示 of this very person (COL-5). Names of proofs are those of their slots (`lib/text/sections.ts`). */
export const materials = {
  link: '需要准备的材料',
  print: '打印清单',
  refresh: '按选择列出材料',
  uploaded: '已上传',
  missing: '待上传',
  nothing: '不用上传',
  /** Of a row that has yet to say what decides it. */
  open: '填写完整后列出',
  later: '填写以下内容时需要',
  freeTitle: '不用上传的',
  /** Where the class is not chosen yet. */
  unchosen: '还没有选择采集范围。选择后，这里再列出工作经历和专业技术资格需要的材料。',
  oneOf: (kinds: readonly string[]) => kinds.join('或'),
  residencePermit: '居住证（户籍不在会计管理部门所在省，且未工作、不在校）',
  residenceLater: '会计管理部门不在户籍所在省的：居住证',
  study: '在读证明（有学校信息的学生证，或学信网教育部学籍在线验证报告）',
  highest: '已取得的最高学历证书',
  school: '高中、中专、职高、技校学历：毕业证书',
  before2001: '2001 年以前取得的大专及以上学历：学历证书，有学位的还有学位证书',
  overseas: '境外取得的学历：学历（学位）证书；本科及以上的还有教育部留学服务中心认证书',
  lost: '毕业证书遗失的：毕业院校出具的学历证明，可以代替证书',
  credit: '现在单位的统一社会信用代码证明（没有代码的，单位证明）',
  creditLater: '结束时间为“至今”的工作：单位的统一社会信用代码证明（没有代码的，单位证明）',
  appointment: '填写会计专业职务的：聘任证明',
  reviewed: '评审、考评结合取得的专业技术资格：证书或批准文件',
  /** `isAsked`: whether a register is asked by machine, or everything is checked by a person. */
  free: (isAsked: boolean, isStudent: boolean): readonly string[] => [
    `2001 年以后境内取得的大专及以上学历、学位${isStudent ? '（在校生已取得的最高学历除外）' : ''}：${checkedBy(isAsked)}，不用上传证书。`,
    `考试取得的专业技术资格：${checkedBy(isAsked)}，不用上传证书。`,
    '这些证书请放在手边，证书编号要照着填写；核对不一致的，退回时会写明要补哪些证明。',
  ],
  doctor: '采集范围（四）：请准备好博士学位证书编号。',
} as const

function checkedBy(isAsked: boolean) {
  return isAsked ? '由系统与登记信息核验' : '由工作人员核对'
}

export const outcomeWords = {
  title: '审核告知',
  lead: '核对全部信息，作出承诺后提交。提交后由所属会计管理部门审核。',
  state: '审核状态',
  number: '受理编号',
  department: '所属会计管理部门',
  acting: '办理的会计管理部门',
  contactUnset: '待部门填写',
  departmentUnset: '还没有选择',
  phone: '电话',
  address: '地址',
  hours: '办公时间',
  declaration: '承诺所提供信息真实有效',
  submit: '提交',
  withdraw: '撤回',
  withdrawNote: '审核人员领取之前可以撤回修改，撤回后需要重新提交。',
  change: '修改',
  print: '打印',
  due: (day: string) => `预计在 ${day} 前办结`,
  provisional: '（按周末推算，以国务院办公厅公布的放假安排为准）',
  next: {
    draft: '下一步：核对下面的信息，勾选承诺后提交。',
    checking: '正在与登记系统核对学历、资格和单位信息，您暂时不需要做什么。',
    waiting: '下一步：由会计管理部门审核，您暂时不需要做什么。',
    in_review: '审核人员正在审核，您暂时不需要做什么。',
    returned: '下一步：按退回意见修改，然后重新提交。没有指出问题的部分不需要改动。',
    approved: '信息采集已经完成，您的信息已经登记。',
  } as Readonly<Partial<Record<CaseState, string>>>,
  /** Where every page that a return named was edited, and all can be sent (SUB-4). */
  nextMended: '下一步：有退回意见的页面都已修改。请核对下面的信息，勾选承诺后提交。',
  mended: '本页已修改',
  timeline: '办理进度',
  submitted: (round: number) => (round === 1 ? '提交' : `第 ${round} 次提交`),
  reviewing: '会计管理部门审核',
  decided: {
    returned: '退回修改',
    approved: '审核通过',
    withdrawn: '本人撤回',
    refused: '不予通过',
  } as Readonly<Record<string, string>>,
  finished: '办结',
  checkTitle: '核对信息',
  returnedTitle: '退回意见',
} as const

export const caseStateWords: Readonly<Record<CaseState, string>> = {
  draft: '未提交',
  checking: '核验中',
  waiting: '待审核',
  in_review: '审核中',
  approved: '审核通过',
  returned: '退回修改',
  refused: '不予通过',
  withdrawn: '已撤回',
  cancelled: '已终止',
}

interface Help {
  readonly question: string
  readonly answer: string
}
/** 常见问题 beside each page, from the guides (domain.md §10). */
export const stepHelp: Readonly<Record<SectionId, readonly Help[]>> = {
  department: [
    {
      question: '选错了会怎样？',
      answer: '提交前可以随时修改。提交后选错部门是最常见的退回原因，请按上面的规则核对。',
    },
    { question: '中央在京单位怎么选？', answer: '不选北京市，在第一级选择“中央国家机关”等，再选所在部门。' },
  ],
  scope: [
    {
      question: '现在不做会计了，选哪一类？',
      answer: '凡有过会计工作经历，无论现在是否在职在岗，都选（一）。',
    },
    {
      question: '没做过会计、想考初级，选哪一类？',
      answer: '选（三）。在校学生、在其他岗位工作但没有做过会计的，也选（三）。',
    },
  ],
  basic: [
    {
      question: '图片太大怎么办？',
      answer:
        '选好图片后，浏览器会自动压缩到规定的大小，证件照可以在页面上裁剪，再点上传。没有自动处理的，在手机相册里裁剪，或用电脑的画图工具调整大小。',
    },
    {
      question: '姓名或证件号码填错了？',
      answer: '本页不能修改注册信息。还没有实名认证的在“我的账户”修改，已经认证的请提交“身份信息更正”。',
    },
  ],
  education: [
    {
      question: '在校生怎么填？',
      answer: '填两条：已取得的最高学历，和正在就读的学历（毕业时间选“在读”），并上传证书和在读证明。',
    },
    { question: '毕业证丢了怎么办？', answer: '由毕业院校出具学历证明，在“学历证明”处上传，可以代替证书。' },
    {
      question: '为什么要和学信网一致？',
      answer:
        '提交后与学信网核对，学校名称、学历、毕业时间、证书编号有出入会被退回。填写有误的改正即可；填写无误的，按页面上列出的补充证明材料。',
    },
  ],
  employment: [
    {
      question: '换过很多单位，都要填吗？',
      answer: '请把做过会计工作的每一段都填上；考试报名的工作年限从这里计算。',
    },
    {
      question: '两段工作首尾同一个月可以吗？',
      answer: '可以。上一段的最后一个月和下一段的第一个月相同，不算交叉。',
    },
    {
      question: '单位已经注销怎么办？',
      answer:
        '勾选“该单位没有统一社会信用代码”并写明原因。不能盖章的，看“需要准备的材料”里会计管理部门还接受哪些证明。',
    },
  ],
  qualifications: [
    { question: '会计从业资格证要填吗？', answer: '不用。会计从业资格已经取消，它不是专业技术资格。' },
    { question: '没有资格证书怎么办？', answer: '采集范围（一）（三）（四）可以不填，直接进入下一步。' },
  ],
  identity: [],
  correction: [],
  appeal: [],
  transfer: [],
  credit: [],
  award: [
    { question: '哪些奖励可以申报？', answer: '财政部门给予的会计工作表彰奖励。上传证书或者表彰决定。' },
    {
      question: '登记以后会公开吗？',
      answer: '奖惩信息不向社会公开；登记的会计管理部门可以公开奖励的姓名、名称、级别、日期和授予单位。',
    },
  ],
  penalty: [],
  objection: [
    { question: '异议由谁核实？', answer: '由没有参与登记的两名工作人员先后核实。' },
    {
      question: '核实期间，这一条还有效吗？',
      answer: '有效。异议成立的，这一条撤销；不成立的，说明理由，这一条仍然有效。',
    },
  ],
  exam: [],
}
