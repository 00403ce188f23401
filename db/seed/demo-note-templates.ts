/** 审核意见常用语 of the demo (REV-4): kept by the city, offered to everybody who reviews beneath it. */
import type { ReturnReason } from '#lib/domain/return-reasons.ts'

export const demoTemplatesOf = '440100'

export const demoNoteTemplates: readonly { readonly reason: ReturnReason; readonly text: string }[] = [
  {
    reason: 'portrait-unsuitable',
    text: '请上传近期的标准证件照：正面免冠，露出眉毛和双耳，背景为纯色，没有遮挡和反光。',
  },
  {
    reason: 'identity-picture-unclear',
    text: '证件照片看不清。请在光线充足处把证件放平拍摄，四角完整，文字清晰，正反两面都要上传。',
  },
  {
    reason: 'education-differs-from-chsi',
    text: '请对照学信网的学历信息修改；学信网信息有误的，请上传毕业证书，并联系毕业院校更正。',
  },
  { reason: 'diploma-missing', text: '请上传毕业证书的照片，一张图片内要看得到姓名、照片和证书编号。' },
  {
    reason: 'work-period-conflict',
    text: '两段工作的时间重叠。请核对起止月份；确有兼职的，只填写主要的一段。',
  },
  {
    reason: 'resume-missing-or-unsigned',
    text: '请下载会计专业工作简历表，由所在单位核对并加盖公章，本人签名后，拍照上传全部页面。',
  },
  {
    reason: 'employer-name-code-differ',
    text: '单位名称与统一社会信用代码对不上。请对照营业执照填写全称和 18 位代码。',
  },
  { reason: 'answer-incomplete', text: '请补充完整后重新提交，其他内容不用改动。' },
]
