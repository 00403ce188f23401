import { go, type HelpTopic, list, notOpen, say, see } from './define.ts'

const beforeApproval = say(
  '信息采集还没有审核通过的，直接在',
  go('collection', '信息采集'),
  '里修改；已经提交的，请看',
  see('withdraw', '提交以后发现填错了怎么办'),
  '。',
)

export const changes: HelpTopic = {
  id: 'changes',
  title: '信息变更与属地调转',
  lead: '审核通过以后，信息变了、单位换了。',
  questions: [
    {
      id: 'information-changed',
      question: '审核通过以后信息变了，怎么改？',
      keywords: ['信息变更', '变更', '更新', '修改信息', '地址变了', '邮箱'],
      answer: () => [
        say(
          '审核通过以后，基本信息、教育经历、工作经历、专业技术资格和采集范围，在',
          go('changes', '信息变更'),
          '里修改。先进行变更并保存，核对变更前后的内容，再提交，由所属会计管理部门审核。审核通过前，已登记的信息不变；提交过的，在变更记录里查看。',
        ),
        beforeApproval,
        say(
          '手机号在',
          go('accountPhone', '我的账户'),
          '更换；姓名和证件号码通过',
          go('accountCorrection', '身份信息更正'),
          '修改。',
        ),
      ],
    },
    {
      id: 'new-employer',
      question: '换了工作单位怎么办？',
      keywords: ['跳槽', '换单位', '调动', '调转', '转出', '换工作', '新单位', '属地调转'],
      answer: () => [
        list(
          ['新单位仍归同一个会计管理部门的：办理', go('changes', '信息变更'), '，修改工作经历。'],
          '新单位在其他地方的：先确认没有正在审核的申请，再办理属地关系调转，上传工作单位证明或者新单位的统一社会信用代码证。',
        ),
        say(`属地关系调转：${notOpen}。`),
        beforeApproval,
      ],
    },
    {
      id: 'why-not-transfer',
      question: '为什么不能调转？',
      keywords: ['属地调转', '调转失败', '不允许调转', '调出', '调入', '跨省调转', '转不了'],
      answer: () => [
        say('有下列情况之一的，不能提交属地关系调转：'),
        list(
          '信息采集没有完成，或者还没有审核通过；',
          '有审核中的信息变更；',
          '有审核中的属地关系调转；',
          '有审核中的奖惩申请；',
          '有审核中的视同继续教育申请；',
          '调入地就是现在所属的会计管理部门。',
        ),
        say(`属地关系调转：${notOpen}。`),
      ],
    },
    {
      id: 'new-certificate',
      question: '新取得学历或者资格证书，怎么添加？',
      keywords: ['毕业了', '拿到证书', '新增学历', '考过中级', '补充证书', '新证书', '学历提升'],
      answer: () => [
        say(
          '审核通过以后，在',
          go('changes', '信息变更'),
          '的教育经历或者专业技术资格里新增，规则与信息采集相同。',
        ),
        beforeApproval,
      ],
    },
  ],
}
