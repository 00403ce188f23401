/** A list of trainees as a department saves it. */
const headings = '证件号码,姓名,学分形式,名称,数量,完成时间,科目'

export const trainees = (...lines: readonly string[]) => ({
  name: '名单.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`\uFEFF${[headings, ...lines].join('\r\n')}\r\n`),
})
