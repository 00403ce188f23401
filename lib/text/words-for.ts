/** The words of a section for who has this document: 基本信息 asks others for other things, and for another side of another card (BAS-3, BAS-5). */
import type { SectionId } from '#lib/sections/all.ts'
import { proofRule } from './picture-rules.ts'
import { identityTypeWords } from './registration.ts'
import { broughtAlong, type SectionWords, sectionWords } from './sections.ts'

const passport = '护照资料页'
/** Both sides of a card by its name; of a passport the data page alone is asked for, unless somebody asks for more. */
const sidesOf = (idType: string, document: string) =>
  idType === 'foreign_passport'
    ? { front: passport, back: '护照其他页' }
    : { front: `${document}人像面`, back: `${document}背面` }

export function wordsFor(section: SectionId, idType: string): SectionWords {
  const words: SectionWords = sectionWords[section]
  const document = identityTypeWords[idType]
  if (section !== 'basic' || idType === 'mainland_id' || !document) return words
  const { front, back } = sidesOf(idType, document)
  return {
    ...words,
    lead: `上传证件照和${idType === 'foreign_passport' ? passport : '身份证明'}，补充居住地、通讯地址等信息。${broughtAlong}`,
    slots: {
      ...words.slots,
      idFront: { hint: proofRule, label: front },
      idBack: { hint: proofRule, label: back },
    },
  }
}
