import { go, type HelpTopic, list, say } from './define.ts'

export const qualifications: HelpTopic = {
  id: 'qualifications',
  title: '专业技术资格',
  lead: '登记哪些资格，怎么填。',
  questions: [
    {
      id: 'old-licence',
      question: '会计从业资格证要填吗？',
      keywords: ['会计证', '上岗证', '从业资格', '从业证', '职称'],
      answer: () => [say('不用填。会计从业资格已经取消，它不是专业技术资格。')],
    },
    {
      id: 'which-qualifications',
      question: '哪些资格可以登记？没有资格证书怎么办？',
      keywords: [
        '初级证',
        '中级证',
        '高级会计师',
        '注会',
        'CPA',
        '税务师',
        '资产评估师',
        '经济师',
        '审计师',
        '统计师',
        'ACCA',
      ],
      answer: () => [
        list(
          '会计专业技术资格（初级、中级、高级、正高级）；',
          '经济、审计、统计专业技术资格；',
          '注册会计师、资产评估师、税务师。',
        ),
        say(
          '只登记国内取得的，其他资格暂不登记。没有资格的，采集范围（一）（三）（四）在',
          go('qualifications', '专业技术资格'),
          '页可以不填，直接进入下一步。评审取得、凭批准文号的，要上传证明。',
        ),
      ],
    },
  ],
}
