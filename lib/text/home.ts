/** Words of the home page, signed out and signed in. */
import { smsCodeLimits } from '#lib/schemas/sms-code.ts'
import { portraitRule, proofRule } from './picture-rules.ts'

export const homeWords = {
  title: '会计人员统一服务',
  lead: '注册、实名认证、采集信息、等待审核，一处办完。',
  doors: {
    register: { title: '注册', text: '第一次使用，用身份证件和手机号注册。' },
    login: { title: '会计人员登录', text: '已经注册，用证件号码或手机号登录。' },
    collection: { title: '信息采集怎么办', text: '一共七页，约三十分钟；先看看需要准备什么。' },
  },
  prepareTitle: '需要准备什么',
  stepsTitle: '办理步骤',
  steps: [
    { title: '注册账户', text: '填写证件号码、姓名和手机号，收取短信验证码。' },
    { title: '实名认证', text: '用支付宝，或上传证件图片由会计管理部门核对。' },
    {
      title: '采集信息',
      text: '选择会计管理部门和采集范围，填写基本信息、教育经历、工作经历和专业技术资格。',
    },
    { title: '提交审核', text: '核对后提交，在审核告知页查看进度、联系方式和预计办结日期。' },
  ],
  questionsTitle: '常见问题',
  questions: [
    {
      question: '短信验证码多久有效？',
      help: ['registration', 'code-life'],
      answer: `${smsCodeLimits.minutes} 分钟内有效，每 ${smsCodeLimits.minutes} 分钟只能获取一次。`,
    },
    {
      question: '照片有什么要求？',
      help: ['pictures', 'portrait-rules'],
      answer: `证件照：${portraitRule}；证明材料：${proofRule}。`,
    },
    {
      question: '做过会计但现在不做了，选哪个采集范围？',
      help: ['department-and-scope', 'which-scope'],
      answer: '凡有过会计工作经历，无论现在是否在职在岗，都选（一）会计人员。',
    },
    {
      question: '会计管理部门怎么选？',
      help: ['department-and-scope', 'which-department'],
      answer: '在职在岗的选工作单位所在地，在校学生选学籍所在地，其他人员选户籍所在地或居住地。',
    },
    {
      question: '提交以后发现填错了怎么办？',
      help: ['review', 'withdraw'],
      answer: '审核人员领取之前，可以在审核告知页撤回修改；领取以后请等待审核结果。',
    },
  ],
  waiting: '需要您办理',
  underway: '当前进度',
  hello: (name: string) => `${name}，您好`,
  welcome: '注册成功。下一步：完成实名认证。',
  modules: '可以办理的业务',
  identity: {
    title: '实名认证',
    text: '确认您本人的身份，信息采集之前需要完成。',
  },
  record: {
    title: '我的会计人员信息',
    text: '查看已登记的信息和办理记录，生成可以查验的登记表。',
    open: '已登记',
    closed: '信息采集审核通过后登记',
  },
  changes: {
    title: '信息变更',
    text: '信息采集审核通过后，变更基本信息、教育经历、工作经历、专业技术资格和采集范围。',
    closed: '信息采集审核通过后办理',
  },
  transfers: {
    title: '属地关系调转',
    text: '工作单位、学籍、户籍或居住地变动后，转到新的会计管理部门。',
    closed: '信息采集审核通过后办理',
  },
  credits: {
    title: '继续教育',
    text: '查看每年的继续教育学分，把考试、会议、论文等申请折算为学分。',
    ofYear: (got: number, target: number) => `今年 ${got} / ${target} 学分`,
    closed: '信息采集审核通过后办理',
  },
  conduct: {
    title: '奖惩信息',
    text: '查看登记在您名下的奖励和行政处罚，申报奖励，提出异议。',
    closed: '信息采集审核通过后办理',
  },
  collection: { title: '会计人员信息采集', text: '填写、提交、查看审核进度和退回意见。', none: '还没有开始' },
  /** What waits for this person, or for others, one of each open case. */
  pending: {
    returned: (what: string) => `${what}被退回，请修改`,
    returnedText: '按退回意见修改或补充材料后重新提交，没有指出的部分不用改动。',
    mend: '去修改',
    underReview: (what: string) => `${what}正在审核`,
    by: (department: string) => `由${department || '会计管理部门'}审核，您暂时不需要做什么。`,
    see: '查看进度',
    /** Tells buttons of one word apart to those who only hear them. */
    about: (what: string) => `：${what}`,
    exam: {
      name: (exam: string) => `${exam}报名`,
      unpaid: (exam: string) => `${exam}报名待缴费`,
      confirming: (exam: string) => `${exam}报名：支付确认中`,
      pay: '去缴费',
      look: '查看报名',
      payLater: '审核通过后缴费，缴费后状态显示“报名成功”，才算完成。',
    },
  },
  cards: {
    identity: {
      title: '先完成实名认证',
      text: '信息采集之前需要确认您本人的身份，几分钟即可完成。',
      action: '去实名认证',
    },
    identityWaiting: {
      title: '线上实名认证正在审核',
      text: '由会计管理部门核对您上传的图片，您暂时不需要做什么。',
      action: '查看进度',
    },
    identityReturned: {
      title: '线上实名认证被退回，请修改后重新提交',
      text: '会计管理部门指出了需要修改的地方，改好后重新提交。',
      action: '查看退回意见',
    },
    identityRefused: {
      title: '线上实名认证不予通过',
      text: '请查看原因，按要求修改后重新提交，或改用支付宝实名认证。',
      action: '查看原因',
    },
    start: {
      title: '开始信息采集',
      text: '身份已经确认。信息采集一共七页，随时可以保存退出。',
      action: '开始信息采集',
    },
    draft: { title: '信息采集还没有提交', text: '已经填写的内容都保存着，可以接着填。', action: '继续填写' },
    returned: {
      title: '信息采集被退回，请修改',
      text: '按退回意见修改或补充材料后重新提交，没有指出的部分不用改动。',
      action: '查看退回意见',
    },
    waiting: {
      title: '信息采集正在审核',
      text: '由会计管理部门审核，您暂时不需要做什么。',
      action: '查看进度',
    },
    approved: { title: '信息采集已审核通过', text: '您的信息已经登记。', action: '查看信息' },
  },
} as const
