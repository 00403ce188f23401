import { go, type HelpTopic, notOpen, say } from './define.ts'

export const learningAndExams: HelpTopic = {
  id: 'learning-and-exams',
  title: '继续教育与考试报名',
  lead: '学分要求和报名规则。',
  questions: [
    {
      id: 'credits',
      question: '继续教育每年要学多少？',
      keywords: ['学分', '90', '专业科目', '公需科目', '继续教育', '网课', '免修'],
      answer: () => [
        say(
          '每年不少于 90 学分，其中专业科目不少于 60 学分，其余是公需科目；学分全国有效，只在当年有效。参加会计专业技术资格等考试，当年通过一科，折算 90 学分。',
        ),
        say('各省的起止时间和具体要求不同，以所属会计管理部门的通知为准。'),
        say(`继续教育登记：${notOpen}。`),
      ],
    },
    {
      id: 'credits-short',
      question: '折算的学分不足 90，怎么办？',
      keywords: ['视同继续教育', '折算', '学分不够', '补学', '补学分', '抵扣'],
      answer: () => [
        say(
          '折算的学分先记专业科目，再记公需科目；不足 90 的部分，通过当地认可的网络课程等方式补学，满 90 即完成当年的继续教育。',
        ),
        say(`视同继续教育申请：${notOpen}。`),
      ],
    },
    {
      id: 'after-payment',
      question: '考试缴费以后，还能改报名信息吗？',
      keywords: [
        '考试报名',
        '退费',
        '改科目',
        '改考点',
        '取消报名',
        '缴费',
        '初级报名',
        '中级报名',
        '高级报名',
      ],
      answer: () => [
        say('不能。缴费以前可以修改，缴费以后不能修改，也不能取消，请在缴费前核对级别、科目和报考点。'),
        say(
          `考试报名：${notOpen}。报名要先通过信息采集审核，现在可以先完成`,
          go('collection', '信息采集'),
          '。',
        ),
      ],
    },
    {
      id: 'exam-registered',
      question: '怎样确认考试报名成功？',
      keywords: ['报名成功', '报名状态', '支付成功', '没显示', '报名确认', '准考证'],
      answer: () => [
        say(
          '缴费以后回到报名页面，状态显示“报名成功”才算完成；只扣了款、没有显示成功的，请重新查询支付结果。',
        ),
        say(`考试报名：${notOpen}。`),
      ],
    },
  ],
}
