/** 会计专业工作简历表: the official file was not found; its blocks are those the guides and notices name (domain.md §6). */
export const resumeTemplate = {
  crumb: '模板下载',
  title: '会计专业工作简历表',
  lead: '请打印本页，由现单位（目前未在职的由原单位）核对填写，签名并盖章后拍照上传。',
  head: [
    ['姓名', '性别'],
    ['证件类型', '证件号码'],
    ['学历（学位）', '毕业时间'],
    ['会计专业技术资格及取得时间', '联系电话'],
  ],
  table: '会计工作经历',
  columns: [
    '序号',
    '起止年月',
    '工作单位',
    '统一社会信用代码',
    '从事何种会计工作',
    '会计专业职务',
    '证明人及电话',
  ],
  lines: 8,
  total: '合计从事会计工作        年        个月',
  signatures: [
    {
      title: '本人承诺',
      text: '以上内容真实有效，如有虚假，愿意承担相应责任。',
      line: '签名：                    日期：        年    月    日',
    },
    {
      title: '单位意见',
      text: '以上情况属实。',
      line: '经办人：            负责人：            （单位公章）    日期：        年    月    日',
    },
  ],
} as const
