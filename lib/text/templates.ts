/** 会计专业工作简历表: the official file was not found; its blocks are those the guides and notices name (domain.md §6). */
const gap = (spaces: number) => ' '.repeat(spaces)

export const resumeTemplate = {
  crumb: '模板下载',
  title: '会计专业工作简历表',
  lead: '请打印本页，由现单位（目前未在职的由原单位）核对填写，签名并盖章后拍照上传。',
  head: [
    [
      ['name', '姓名'],
      ['sex', '性别'],
    ],
    [
      ['idType', '证件类型'],
      ['number', '证件号码'],
    ],
    [
      ['education', '学历（学位）'],
      ['graduated', '毕业时间'],
    ],
    [
      ['qualification', '会计专业技术资格及取得时间'],
      ['phone', '联系电话'],
    ],
  ],
  table: '会计工作经历',
  position: '序号',
  columns: [
    ['period', '起止年月'],
    ['employer', '工作单位'],
    ['creditCode', '统一社会信用代码'],
    ['work', '从事何种会计工作'],
    ['title', '会计专业职务'],
    ['witness', '证明人及电话'],
  ],
  /** As many lines as there are at least, for a hand to write in. */
  lines: 8,
  total: (months: number | null) =>
    months === null
      ? `合计从事会计工作${gap(8)}年${gap(8)}个月`
      : `合计从事会计工作 ${Math.floor(months / 12)} 年 ${months % 12} 个月`,
  signatures: [
    {
      title: '本人承诺',
      text: '以上内容真实有效，如有虚假，愿意承担相应责任。',
      line: `签名：${gap(20)}日期：${gap(8)}年${gap(4)}月${gap(4)}日`,
    },
    {
      title: '单位意见',
      text: '以上情况属实。',
      line: `经办人：${gap(12)}负责人：${gap(12)}（单位公章）${gap(4)}日期：${gap(8)}年${gap(4)}月${gap(4)}日`,
    },
  ],
} as const

export type ResumeHead = (typeof resumeTemplate.head)[number][number][0]
export type ResumeColumn = (typeof resumeTemplate.columns)[number][0]

/** The same form, filled in from the rows of who is signed in. */
export const filledResume = {
  link: '预填的简历表',
  lead: '已按您填写的内容预填，空白处请打印后手写。请单位核对，签名并盖章后拍照上传。填写的内容改动后，请重新打印。',
  print: '打印',
  noRows: '还没有会计工作经历，表中的经历请手写，或先在“工作经历”页填写。',
  degree: (level: string, degree: string) => (degree === '' ? level : `${level}（${degree}）`),
  qualification: (level: string, obtained: string) => [level, obtained].filter(Boolean).join('，'),
  title: (title: string, appointed: string) => (appointed === '' ? title : `${title}（${appointed}聘任）`),
} as const

/** The same sheet as a PDF, filled in or empty; `tests/integration/resume-pdf.test.ts` holds it to the size said here. */
export const pdfWords = {
  download: '下载 PDF（不到 100 KB）',
  fileName: '会计专业工作简历表.pdf',
  page: (number: number, of: number) => `第 ${number} 页，共 ${of} 页`,
} as const
