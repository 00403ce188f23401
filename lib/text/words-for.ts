/** The words of a section for who has this document: 基本信息 asks others for other things, and for another side of another card (BAS-3, BAS-5). */
import type { SectionId } from '#lib/sections/all.ts'
import { proofRule } from './picture-rules.ts'
import { identityTypeWords } from './registration.ts'
import { broughtAlong, type SectionWords, sectionWords } from './sections.ts'

const passport = '护照资料页'
const nameOf = (slot: 'idFront' | 'idBack') => sectionWords.basic.slots[slot]?.label ?? ''

/** What the two pictures of a document show: both sides of a card by its name; of a passport the data page alone is asked for, unless somebody asks for more. */
export function sidesOf(idType: string): { readonly idFront: string; readonly idBack: string } {
  const document = identityTypeWords[idType]
  if (idType === 'mainland_id' || !document) return { idFront: nameOf('idFront'), idBack: nameOf('idBack') }
  return idType === 'foreign_passport'
    ? { idFront: passport, idBack: '护照其他页' }
    : { idFront: `${document}人像面`, idBack: `${document}背面` }
}

/** `idType` as the account has it; the usual words where it is not known. The slots keep the names the guides give them. */
export function wordsFor(section: SectionId, idType: string): SectionWords {
  const words: SectionWords = sectionWords[section]
  if (section !== 'basic' || idType === 'mainland_id' || !identityTypeWords[idType]) return words
  const sides = sidesOf(idType)
  return {
    ...words,
    lead: `上传证件照和${idType === 'foreign_passport' ? passport : '身份证明'}，补充居住地、通讯地址等信息。${broughtAlong}`,
    slots: {
      ...words.slots,
      idFront: { label: nameOf('idFront'), hint: `请上传${sides.idFront}；${proofRule}` },
      idBack: { label: nameOf('idBack'), hint: `请上传${sides.idBack}；${proofRule}` },
    },
  }
}
