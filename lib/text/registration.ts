/** What registration knows of a person, as answers (BAS-2). */
import type { Answer, AnswerSection } from '#lib/readers/answers.ts'
import { dayWords } from './dates.ts'

export interface Registered {
  readonly idType: string
  readonly number: string
  readonly name: string
  readonly sex: string
  readonly birth: string
  readonly phone: string
  /** A proven phone that an appeal asks for (ACC-8); '' where none does. */
  readonly nextPhone?: string
  readonly status?: string
}

export const identityTypeWords: Readonly<Record<string, string>> = {
  mainland_id: '内地居民身份证',
  hkmo_permit: '港澳居民来往内地通行证',
  tw_permit: '台湾居民来往大陆通行证',
  foreign_passport: '护照（外国）',
  hkmo_residence: '港澳居民居住证',
  tw_residence: '台湾居民居住证',
  foreign_pr_card: '外国人永久居留身份证',
}
const sexWords: Readonly<Record<string, string>> = { male: '男', female: '女' }

/** What an appeal asks for, since it follows from the account (ACC-8, ACC-9). */
function claimed({ status, nextPhone }: Registered): Answer[] {
  if (status === 'claiming')
    return [{ key: 'claim', label: '申诉事项', shown: '证件号码已被另一个账户注册，要求归还' }]
  return nextPhone
    ? [
        { key: 'claim', label: '申诉事项', shown: '登记的手机号已停用，要求更换' },
        { key: 'nextPhone', label: '新手机号（已验证）', shown: nextPhone, mask: 'phone' },
      ]
    : []
}

export const registrationSection = 'registration'

export const registrationAnswers = (person: Registered): AnswerSection => ({
  section: registrationSection,
  title: '注册信息',
  shared: [],
  rows: [
    {
      id: 'main',
      title: '',
      slots: [],
      children: [],
      answers: [
        { key: 'idType', label: '证件类型', shown: identityTypeWords[person.idType] ?? person.idType },
        { key: 'number', label: '证件号码', shown: person.number, mask: 'number' },
        { key: 'name', label: '姓名', shown: person.name },
        { key: 'sex', label: '性别', shown: sexWords[person.sex] ?? '' },
        { key: 'birth', label: '出生年月', shown: dayWords(person.birth) },
        { key: 'phone', label: '手机号', shown: person.phone, mask: 'phone' },
        ...claimed(person),
      ],
    },
  ],
})
