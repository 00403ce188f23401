/** Words of applications about an approved record that are one page: 调转, 学分, 奖励, 异议 (TRF, CRE, AWD). */
import type { ApplicationKind } from '#lib/domain/applications.ts'
import { dayWords } from './dates.ts'
import { sectionWords } from './sections.ts'

interface ApplicationWords {
  readonly title: string
  readonly lead: string
  /** What begins it, and what begins another after the last one ended. */
  readonly begin: string
  readonly approved: string
  readonly waiting: string
}

const ofSection = (kind: ApplicationKind) => ({
  title: sectionWords[kind].title,
  lead: sectionWords[kind].lead,
})

export const applicationWords: Readonly<Record<ApplicationKind, ApplicationWords>> = {
  transfer: {
    ...ofSection('transfer'),
    begin: '调转申请',
    approved: '上一次调转已经完成。',
    waiting: '调转申请已提交，等待审核',
  },
  credit: {
    ...ofSection('credit'),
    begin: '申请学分',
    approved: '上一次申请已经通过，学分已经登记。',
    waiting: '学分申请已提交，等待审核',
  },
  award: {
    ...ofSection('award'),
    begin: '申报奖励',
    approved: '上一次申报已经通过，奖励已经登记。',
    waiting: '奖励申报已提交，等待审核',
  },
  objection: {
    ...ofSection('objection'),
    begin: '提出异议',
    approved: '上一次异议成立，那一条奖惩信息已经撤销。',
    waiting: '异议已提交，等待核实',
  },
}

export const applicationText = {
  blocked: '现在不能提交',
  see: '查看',
  refused: '上一次申请没有通过',
  number: (number: string) => `受理编号 ${number}`,
  fill: '填写内容',
  proofs: '证明材料',
  proofsFirst: '先填写并保存，再按所选内容上传证明材料。',
  noProofs: '不需要上传证明材料。',
  send: '提交',
  saveFirst: '填写并保存以后，在这里提交。',
  missing: '提交前还需要',
  mendReturned: '按退回意见修改并保存',
  save: '保存',
  submit: '提交',
  due: (day: string) => `预计在 ${dayWords(day)} 前办结，您暂时不需要做什么。`,
  /** `turn`: whose it is, where that is not said beside it. */
  stage: (stage: number, stages: number, turn = '') =>
    `审核分 ${stages} 步，现在是第 ${stage} 步${turn === '' ? '' : `，${turn}`}。`,
  reviews: (department: string) => `由${department}审核`,
  withdraw: '撤回',
  drop: '放弃申请',
  dropAsk: '放弃后，这次填写的内容不保留。',
  dropConfirm: '确定放弃',
  done: {
    saved: '已保存，还没有提交。',
    submitted: '已提交，请等待审核。',
    withdrawn: '已撤回，可以修改后再提交。',
    dropped: '已放弃这次申请。',
    uploaded: '图片已保存。',
    removed: '已删除。',
  } as Readonly<Record<string, string>>,
} as const
