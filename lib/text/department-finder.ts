/** Words of the finder on the page 会计管理部门 (DEP-2). */
import type { Ground, Home, Proposal, Remark } from '#lib/domain/department-finder.ts'

/** The place each ground means, as the guides call it. */
export const groundWords: Readonly<Record<Ground, string>> = {
  employer: '工作单位所在地',
  school: '学籍所在地',
  household: '户籍所在地',
  residence: '居住地',
}

export const finderWords = {
  title: '不知道选哪个？',
  lead: '按上面的当前情况推荐，您仍可以改选。',
  /** For who has a 户籍所在地, asked above. */
  place: {
    label: '工作单位或学校所在地',
    hint: '在职在岗选工作单位所在的市，在校学生选学籍所在的市；其他人员不用选，按上面的户籍推荐。只用于推荐，不保存',
  },
  placeOrHome: {
    label: '工作单位、学校所在地或居住地',
    hint: '在职在岗选工作单位所在的市，在校学生选学校所在的市，其他人员选居住的市。只用于推荐，不保存',
  },
  go: '按我的情况推荐',
  proposed: (place: string, more: boolean) =>
    more
      ? `已选到${place}，请继续选择下一级；市直单位选“市本级”。核对后保存。`
      : `已选到${place}，核对后保存。`,
  kept: (place: string) => `您已选择的${place}符合这个规则，没有改动。`,
  /** Where a province or the Corps has a node of its own. */
  provincial: (name: string) => `单位直属于省、自治区或兵团的，第二级改选“${name}”。`,
  notOffered: (place: string) => `${place}的部门现在不能直接选择，请在下面按省、市、区县选择。`,
} as const

const people = { true: '您是港澳台居民，按就近方便原则选择：', false: '' } as const
const circumstances = (nearby: boolean): Readonly<Record<Ground, string>> => ({
  employer: nearby
    ? '在内地有工作单位，应选择工作单位所在地的会计管理部门'
    : '您在职在岗，应选择工作单位所在地的会计管理部门',
  school: nearby
    ? '在内地学校就读，应选择学籍所在地的会计管理部门'
    : '您在校就读，应选择学籍所在地的会计管理部门',
  household:
    '您没有工作也不在校，应选择户籍所在地或居住地的会计管理部门。这里按户籍所在地推荐，住在其他地方的可以改选居住地',
  residence: nearby
    ? '在内地居住，应选择居住地的会计管理部门'
    : '您没有工作也不在校，应选择居住地的会计管理部门',
})

/** Why this department, in one sentence. */
export const reasonWords = ({ ground, nearby }: Pick<Proposal, 'ground' | 'nearby'>) =>
  `${people[`${nearby}`]}${circumstances(nearby)[ground]}。`

/** Said before submission, never a refusal (DEP-2). `homes` holds each place with its name. */
export const doubtWords = {
  title: '请核对会计管理部门',
  text: (department: string, homes: readonly { ground: Home['ground']; name: string }[]) =>
    `您的当前情况是“其他（未工作也不在校）”，应选择${homes
      .map(({ ground, name }) => `${groundWords[ground]}（${name}）`)
      .join('或')}的会计管理部门；现在选择的是${department}。选错部门会被退回；核对无误的，可以照常提交。`,
  change: '修改会计管理部门',
} as const

export const remarkWords = (remark: Remark, place: string): string => {
  const words: Readonly<Record<Remark, string>> = {
    'separately-planned': `${place}是计划单列市，在第一级直接选择，不在所在的省下面。`,
    corps: `${place}由新疆生产建设兵团管理，在第一级选择“新疆生产建设兵团”。`,
    'corps-nearby': '属于新疆生产建设兵团的，第一级改选“新疆生产建设兵团”，不选新疆维吾尔自治区。',
    'central-nearby':
      '在中央国家机关、中直机关、军队及其在京所属单位工作的，不选北京市，第一级改选“中央国家机关（国管局）”“中直机关（中直管理局）”或“军队”。',
  }
  return words[remark]
}
