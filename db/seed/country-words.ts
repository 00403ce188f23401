/** What `seed --people` makes people, units and schools of. Everything is made up; common surnames and characters are nobody's. */

/** Most common first: the first are drawn far more often. */
export const surnames: readonly string[] =
  '王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 唐 许 邓 韩 冯 曹 彭 曾 肖 田 董 潘 袁 蔡 蒋 余 于 杜 叶 程 魏 苏 吕 丁 任 卢 姚 沈 钟 姜 崔 谭 陆 范 汪 廖 石 金 韦 贾 夏 付 方 邹 熊 白 孟 秦 邱 侯 江 尹 薛 闫 段 雷 龙 黎 史 陶 贺 毛 郝 顾 龚 邵 万 覃 武 钱 戴 严 莫 孔 向 常 欧阳 上官 司马 诸葛 皇甫 令狐'.split(
    ' ',
  )

export const givenNames: Readonly<Record<'male' | 'female', string>> = {
  male: '伟强磊军勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林志文博海峰建国云天东晓成毅翔晨阳子轩泽睿航瑞昊然铭哲远恒承启嘉',
  female:
    '芳娜敏静丽艳娟霞秀英玲燕红梅琳莉萍玉洁婷雪颖倩慧欣怡佳瑶蕾璐莹菲雨晴诗涵梦雅思语馨悦宁晓云月兰萱妍婉薇琪彤可心子若嘉文',
}

/** Second characters that a keyboard does not easily give (ACC-4); few people have one. */
export const rareCharacters: readonly string[] = '䶮 喆 堃 犇 垚 祎 玥 翀 𬱖 㛃 昇 彧'.split(' ')

export const roads: readonly string[] =
  '人民路 解放路 中山路 建设路 文化路 和平路 新华街 胜利路 环城路 学府路 滨江路 迎宾大道 朝阳路 工业路 青年路 花园路 振兴街 东风路'.split(
    ' ',
  )
export const estates: readonly string[] = '花园 小区 新村 家园 公寓 雅苑 名城 佳园'.split(' ')

export const streetAddress = (city: string, road: string, number: number) => `${city}${road}${number}号`
export const homeAddress = (street: string, estate: string, building: number, room: number) =>
  `${street}${estate}${building}栋${room}`

const brandHeads = '恒 鼎 宏 瑞 华 中 天 盛 金 百 泰 德 嘉 新 远 万 联 佳 正 信 诚 安 启 博 众 森'.split(' ')
const brandTails = '达 信 丰 源 泰 昌 和 润 通 盛 隆 兴 益 诚 华 升 创 航 明 利 康 宁 科 邦 茂 悦'.split(' ')
export const brands: readonly string[] = brandHeads.flatMap((head) =>
  brandTails.filter((tail) => tail !== head).map((tail) => head + tail),
)

/** Kinds of units: how they are called, what they are and what they do (ids of `lib/sections/options.ts`). */
export const unitKinds: readonly {
  readonly name: string
  readonly type: string
  readonly industry: string
}[] = [
  { name: '贸易有限公司', type: 'private_enterprise', industry: 'F' },
  { name: '科技有限公司', type: 'private_enterprise', industry: 'I' },
  { name: '机械制造有限公司', type: 'private_enterprise', industry: 'C' },
  { name: '建筑工程有限公司', type: 'private_enterprise', industry: 'E' },
  { name: '物流有限公司', type: 'private_enterprise', industry: 'G' },
  { name: '餐饮管理有限公司', type: 'private_enterprise', industry: 'H' },
  { name: '房地产开发有限公司', type: 'private_enterprise', industry: 'K' },
  { name: '食品有限公司', type: 'private_enterprise', industry: 'C' },
  { name: '农业发展有限公司', type: 'private_enterprise', industry: 'A' },
  { name: '医药有限公司', type: 'private_enterprise', industry: 'F' },
  { name: '电子（外资）有限公司', type: 'foreign_enterprise', industry: 'C' },
  { name: '城市建设投资集团有限公司', type: 'soe', industry: 'L' },
  { name: '水务集团有限公司', type: 'soe', industry: 'D' },
  { name: '会计师事务所（普通合伙）', type: 'accounting_firm', industry: 'L' },
  { name: '代理记账有限公司', type: 'bookkeeping_agency', industry: 'L' },
  { name: '实验学校', type: 'public_institution', industry: 'P' },
  { name: '社区卫生服务中心', type: 'public_institution', industry: 'Q' },
  { name: '街道办事处', type: 'government', industry: 'S' },
  { name: '养老服务中心', type: 'private_non_enterprise', industry: 'Q' },
]

export const schoolKinds: Readonly<Record<'secondary' | 'college' | 'university', readonly string[]>> = {
  secondary: ['第一中学', '第二中学', '实验中学', '财贸学校', '职业高级中学'],
  college: ['职业技术学院', '财经职业学院', '商务职业学院', '科技职业学院'],
  university: ['财经大学', '工商大学', '理工大学', '师范大学', '农业大学', '科技大学', '商学院'],
}

export const majors: readonly string[] = [
  '会计学',
  '财务管理',
  '审计学',
  '会计',
  '大数据与会计',
  '会计电算化',
  '工商管理',
  '金融学',
  '经济学',
  '税收学',
  '国际经济与贸易',
  '信息管理与信息系统',
]

export const certificateIssuers = {
  accounting: '人力资源和社会保障部、财政部',
  cpa: '省注册会计师协会',
  other: '人力资源和社会保障部',
} as const

/** What a diploma from before the register looks like. */
export const oldDiploma = (year: string, serial: number) => `（${year}）毕字第${serial}号`

export const countryNotes = {
  portrait: '照片有反光，看不清面部，请重新上传标准证件照。',
  address: '通讯地址请写到门牌号。',
  major: '所学专业请按毕业证书填写全称。',
  resume: '简历表没有单位盖章，请盖章后重新上传。',
  employer: '单位名称与统一社会信用代码证书不一致，请核对。',
  certificate: '证书编号请按证书填写，不要省略。',
  refused: '证件照片与登记的姓名不符，经电话核实不是本人申请。',
} as const
