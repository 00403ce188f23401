/** Words of what still has to be done before registering for an exam (EXM-3). */
import type { Block, Timing } from '#lib/domain/exam-readiness.ts'
import { dayWords } from './dates.ts'

export const readinessWords = {
  title: '报名前还要办理',
  homeTitle: (exam: string) => `${exam}报名前还要办理`,
  blocks: {
    identity: { text: '还没有完成实名认证。', action: '去实名认证' },
    'identity-waiting': { text: '线上实名认证正在审核，通过后才能提交信息采集。', action: '查看进度' },
    collection: { text: '还没有开始信息采集，审核通过后才能报名。', action: '开始信息采集' },
    'collection-draft': { text: '信息采集还没有提交，审核通过后才能报名。', action: '继续填写' },
    'collection-returned': {
      text: '信息采集被退回，修改后重新提交，审核通过后才能报名。',
      action: '查看退回意见',
    },
    'collection-waiting': { text: '信息采集正在审核，通过后才能报名。', action: '查看进度' },
    transfer: { text: '属地关系调转正在审核，审核期间不能报名。', action: '查看调转' },
    record: { text: '按登记的信息还不符合报考条件。', action: '去办信息变更' },
    'change-waiting': { text: '信息变更正在审核，通过后按变更后的信息判断。', action: '查看变更' },
  } satisfies Record<Block, { text: string; action: string }>,
  missing: (what: string) => `还缺：${what}。符合条件但没有登记的，先办理信息变更。`,
  /** By when to submit, `until` being the deadline. */
  submit: {
    'in-time': (by: string, until: string) => `请在 ${dayWords(by)}前提交，以便在 ${until}前审核完。`,
    tight: (_: string, until: string) => `截止时间是 ${until}，剩下的工作日可能来不及审核，请尽快提交。`,
    late: (_: string, until: string) => `已过截止时间 ${until}，这次考试可能来不及报名。`,
  } satisfies Record<Timing, (by: string, until: string) => string>,
  due: (on: string) => `预计 ${dayWords(on)}前办结。`,
  dueLate: (on: string, closes: string) =>
    `预计 ${dayWords(on)}前办结，晚于报名截止时间 ${closes}。请留意短信和消息，通过后立即报名。`,
} as const
