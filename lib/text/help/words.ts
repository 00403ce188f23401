/** Words of the pages of 帮助中心 and 模板下载. */
export const helpWords = {
  title: '帮助中心',
  lead: '搜索，或者按主题查找。',
  search: '搜索问题',
  searchHint: '例如：收不到验证码、照片多大、深圳',
  submit: '搜索',
  clear: '查看全部主题',
  searched: (query: string) => `搜索“${query}”`,
  found: (count: number) => `找到 ${count} 个问题`,
  none: (query: string) => `没有找到与“${query}”有关的问题`,
  noneText: '请换一个说法，用词越短越容易找到，例如“验证码”“照片”；或者从下面的主题中查找。',
  topics: '全部主题',
  otherTopics: '其他主题',
  onThisPage: '本页问题',
  back: '回到本页问题',
  unanswered: '没有找到答案？',
  contact:
    '请联系所属会计管理部门：登录后，在信息采集的“审核告知”页查看它的电话、地址和办公时间。关于网站本身的问题，请用页面底部的联系方式。',
  more: '更多问题请看',
  detail: '详细说明',
} as const

export const templateListWords = {
  title: '模板下载',
  lead: '打开以后直接打印，A4 纸。',
  use: {
    resume:
      '采集范围（一）会计人员在“工作经历”页提交；由现单位（目前未在职的由原单位）核对填写，签名并盖章。',
  },
  open: '打开',
} as const

/** Words of a question that tell nothing of what it is about. */
export const stopWords: ReadonlySet<string> = new Set(
  '怎么 怎样 如何 怎么办 什么 为什么 多少 多久 哪里 哪个 哪些 谁 几 吗 呢 啊 吧 的 了 是 我 您 你 要 能 会 有 没有 没 不 在 和 与 或 可以 能不能 可不可以 需要 请问 请 这个 那个 一个 应该 到 去 把 被 就 都 也 还 再 上 下 里'.split(
    ' ',
  ),
)
