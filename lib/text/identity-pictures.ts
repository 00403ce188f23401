/** Words of 线上实名认证 (IDV-3, IDV-4). */
import { collectionWords } from './collection.ts'
import { sectionWords } from './sections.ts'

export const identityPictureWords = {
  title: sectionWords.identity.title,
  lead: sectionWords.identity.lead,
  parent: '实名认证',
  consent: {
    title: '人脸和证件图片的使用说明',
    text: (days: number) =>
      `这三张图片只用于核对您本人的身份，由所在城市的会计管理部门查看，每次查看都有记录，加密保存，办结 ${days} 日后删除。您可以不同意，改用支付宝实名认证。`,
    go: collectionWords.consent.go,
  },
  rules: [
    '证件人像面、非人像面：四角完整，文字清楚，没有反光和遮挡。',
    '手持证件人像面：本人正面，脸和证件上的文字都要清楚。',
    '请上传原图，不要修改或遮盖。',
  ],
  rulesTitle: '图片要求',
  submit: '提交',
  again: '重新认证',
  refused: '没有通过',
  waiting: '已提交，等待会计管理部门核对',
} as const
