/** Faults that only a person can see: everything that is typed is in order, and every register agrees. */
import { mainRow } from '#lib/sections/define.ts'
import { bases, withValues } from './bases.ts'
import type { Collection } from './collection.ts'
import { type Beyond, type Entry, over } from './entry.ts'

const { employedChecked, studentChecked, elsewhereChecked, crossoverChecked, answered, withoutCode } = bases

type Line = readonly [id: string, rule: string, place: string, what: string]

const unseen =
  (beyond: Beyond, sound: Collection) =>
  ([id, rule, place, what]: Line): Entry =>
    over(
      sound,
      { id: `unseen.${id}`, rule, what, expected: 'human', code: '', beyond },
      { untrue: { [place]: what } },
    )

const portrait = 'basic/main/portrait'
const pictures: readonly Line[] = [
  ['glasses', 'BAS-1', portrait, '证件照戴眼镜'],
  ['hat', 'BAS-1', portrait, '证件照戴帽子'],
  ['fringe', 'BAS-1', portrait, '证件照刘海遮眉'],
  ['profile', 'BAS-1', portrait, '证件照不是正面'],
  ['old-portrait', 'BAS-1', portrait, '证件照是十年前的'],
  ['snapshot', 'BAS-1', portrait, '证件照是生活照'],
  ['other-portrait', 'BAS-1', portrait, '证件照不是本人'],
  ['retouched', 'BAS-1', portrait, '证件照修过脸'],
  ['other-card', 'BAS-3', 'basic/main/idFront', '人像面是别人的身份证'],
  ['expired', 'BAS-3', 'basic/main/idBack', '身份证已经过期'],
  ['sides-swapped', 'BAS-3', 'basic/main/idBack', '国徽面位置又拍了一张人像面'],
  ['corner-cut', 'BAS-3', 'basic/main/idFront', '身份证缺一角，反光看不清'],
  ['edited', 'BAS-3', 'basic/main/idFront', '身份证图片改过字'],
  ['photocopy', 'BAS-3', 'basic/main/idFront', '身份证是翻拍屏幕的'],
  ['diploma-other', 'EDU-5', 'education/row001/diploma', '高中毕业证上是别人的名字'],
  ['employer-other', 'WRK-4', 'employment/row002/creditProof', '营业执照上的单位名称与填写不同'],
  ['stamp', 'WRK-4', 'employment/all/resume', '简历表的公章看不清'],
  ['unsigned', 'WRK-4', 'employment/all/resume', '简历表没有签名盖章'],
  ['sheet-differs', 'WRK-4', 'employment/all/resume', '简历表上的时间与填写不同'],
  ['appointment-date', 'WRK-3', 'employment/row002p2/appointment', '聘任证明上的时间与填写不同'],
]
const said: readonly Line[] = [
  ['never-worked', 'WRK-1', 'employment/row002', '从没在这家单位工作过'],
  ['never-accounting', 'WRK-2', 'employment/row002p2', '在单位做的不是会计工作'],
  ['longer', 'WRK-1', 'employment/row001/start', '工作开始时间多写了三年'],
  ['lives-elsewhere', 'BAS-5', 'basic/main/address', '并不住在填写的地址'],
  ['not-employed', 'DEP-2', 'department/main/situation', '已经离职，仍选在职在岗'],
]

/** Chosen wrongly, though what is chosen could be right. */
const chosen = (): Entry[] => {
  const wrong = (
    [id, rule, , what]: Line,
    sound: Collection,
    section: 'department' | 'scope',
    values: Readonly<Record<string, string>>,
  ) =>
    over(
      sound,
      { id: `unseen.${id}`, rule, what, expected: 'human', code: '', beyond: 'truth' },
      { rows: withValues(sound, section, mainRow, values).rows },
    )
  return [
    wrong(
      ['department', 'DEP-2', '', '管理部门选了居住地，不是工作单位所在地'],
      crossoverChecked,
      'department',
      { departmentId: '440402' },
    ),
    wrong(['school-place', 'DEP-2', '', '在校学生选了家乡的管理部门'], studentChecked, 'department', {
      departmentId: '440305',
    }),
  ]
}

export const unseenFaults = (): Entry[] => [
  ...pictures.map(unseen('picture', employedChecked)),
  ...said.map(unseen('truth', employedChecked)),
  ...chosen(),
  unseen(
    'truth',
    crossoverChecked,
  )(['class', 'SCO-1', 'scope/main/scope', '做过会计工作没有写出来，选了（五），应选（一）']),
  unseen(
    'picture',
    studentChecked,
  )(['study-proof', 'EDU-4', 'education/row002/studyProof', '学生证没有注册章']),
  unseen('picture', elsewhereChecked)(['permit', 'BAS-4', 'basic/main/residencePermit', '居住证已经过期']),
  unseen(
    'picture',
    elsewhereChecked,
  )(['overseas', 'EDU-3', 'education/row001/overseasReport', '留学认证书是别人的']),
  unseen(
    'picture',
    elsewhereChecked,
  )(['reviewed', 'QUA-2', 'qualifications/row001/proof', '高级资格的批准文件里没有本人']),
  unseen(
    'picture',
    withoutCode,
  )(['statement', 'WRK-4', 'employment/row002/employerStatement', '无代码的单位证明没有盖章']),
  unseen(
    'picture',
    answered,
  )(['chsi-report', 'EDU-3', 'education/row002/chsiReport', '补交的学信网报告已经过了有效期']),
]
