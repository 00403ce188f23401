/** Words of the page frame and of the controls every page shares. */

/** How far a step of a wizard is: the readers' standing, and `locked` for one that cannot be opened yet. */
export type StepState = 'empty' | 'partial' | 'complete' | 'returned' | 'locked'

export const frameWords = {
  /** In the parts between which a narrow page breaks it. */
  service: ['全国会计人员', '统一服务管理平台'],
  edition: '开源实现',
  skip: '跳到正文',
  demo: '演示环境：这里的人员、单位和证件都是虚构的，请不要填写真实的个人信息。',
  large: '长辈版',
  normalSize: '标准版',
  highContrast: '高对比',
  normalContrast: '标准对比度',
  signedInAs: '当前用户：',
  logout: '退出',
  templates: '模板下载',
  verify: '查验证明',
  register: '注册',
  login: '登录',
  menu: '主菜单',
  home: '首页',
  information: '会计人员信息服务',
  record: '我的会计人员信息',
  collection: '信息采集',
  changes: '信息变更',
  transfers: '属地关系调转',
  credits: '继续教育',
  conduct: '奖惩信息',
  exams: '会计专业技术资格考试',
  awards: '奖励公开',
  queue: '待办',
  entries: '奖惩登记',
  rosters: '继续教育名单',
  staff: '人员管理',
  departments: '部门管理',
  examSessions: '考试安排',
  examEntries: '报名名单',
  figures: '统计',
  exports: '数据导出',
  audit: '审计日志',
  appeal: '账户申诉',
  help: '帮助中心',
  messages: '消息',
  unread: '条未读',
  breadcrumb: '当前位置',
  aside: '要求与常见问题',
} as const

export const footerWords = {
  notOfficial: '开源实现，非官方网站',
  host: '主办单位',
  contact: '联系方式',
  record: '备案编号',
  unset: '待运维方填写',
  accessibility: '无障碍声明',
  accessibilityText:
    '本网站按照 GB/T 37668—2019 和 WCAG 2.2 AA 的要求建设：可以只用键盘操作，可以使用读屏软件，不运行脚本也能办理全部业务。需要更大的文字和按钮，请选择“长辈版”；需要更清楚的颜色，请选择“高对比”。使用中遇到困难，请通过上面的联系方式告诉我们。',
} as const

export const errorWords = {
  /** Heading of the list of what is to be mended. */
  summary: (count: number) => `页面有 ${count} 处需要修改`,
  prefix: '错误：',
} as const

export const noticeWords = { info: '提示', good: '完成', warn: '注意', bad: '错误' } as const

export const fieldWords = {
  optional: '（选填）',
  choose: '请选择',
  year: '年',
  month: '月',
} as const

export const pagerWords = { label: '翻页', first: '回到第一页', next: '下一页' } as const

/** How many were found; from `cap` on nobody counts. */
export const countWords = (found: number, cap: number) => (found > cap ? `${cap}+` : String(found))

export const departmentWords = {
  levels: ['省（区、市）', '市', '区县'],
  choose: '请选择',
  showLevel: '显示下一级',
  levelFailed: '下一级没有取到，请点“显示下一级”',
} as const

export const slotWords = {
  required: '必须上传',
  done: '已上传',
  upload: '上传',
  replace: '更换',
  remove: '删除',
  view: '查看',
  size: (width: number, height: number) => `${width}×${height} 像素`,
  bytes: (bytes: number) =>
    bytes < 1024 * 1024
      ? `${Math.max(1, Math.round(bytes / 1024))} KB`
      : `${(bytes / 1024 / 1024).toFixed(1)} MB`,
  count: (count: number, max: number) => `已上传 ${count} 张，最多 ${max} 张`,
  full: (max: number) => `已上传 ${max} 张，达到上限。需要更换时，请先删除一张。`,
  sending: '正在上传，请稍候',
  failed: '图片没有传完，请检查网络后再上传一次',
  saveFirst: '上传图片会刷新本页，请先保存已经填写的内容。',
} as const

export const portraitWords = {
  rule: '近期、清晰、完整的标准证件照；模糊、刘海遮眉、非正面、戴眼镜、戴帽子的照片不能使用。',
  examples: '照片示例',
  good: '可以使用',
  bad: '不能使用',
  captions: {
    good: '正面清晰',
    blurred: '模糊',
    fringe: '刘海遮眉',
    side: '非正面',
    glasses: '戴眼镜',
    hat: '戴帽子',
  },
} as const

export const stepWords = {
  list: '填写步骤',
  states: {
    empty: '未填',
    partial: '填写中',
    complete: '已完成',
    returned: '需修改',
    locked: '已提交',
  } satisfies Record<StepState, string>,
  optional: '没有可不填',
  position: (step: number, count: number, label: string) => `第 ${step} 步，共 ${count} 步 · ${label}`,
  all: '查看全部步骤',
} as const

export const answerWords = {
  changed: '已变更',
  before: '原值：',
  none: '没有填写',
  pictureGone: '图片已按期删除',
  picture: (label: string, position: number, count: number) => (count === 1 ? label : `${label} ${position}`),
} as const

export const timelineWords = { done: '已完成', now: '进行中', next: '待办理' } as const

export const periodWords = {
  title: (count: number) => `${count} 段经历的时间分布`,
  one: (label: string, start: string, end: string) => `${label}：${start}—${end}`,
  crossing: '时间有重叠',
  ongoing: '至今',
} as const
