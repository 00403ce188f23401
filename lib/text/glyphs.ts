/** Said on paper of characters that its font lacks. */

/** ① to ⑳, ㉑ to ㉟, ㊱ to ㊿: as many as there are; beyond them plain numbers. */
const circled = (number: number): string => {
  if (number <= 20) return String.fromCodePoint(0x245f + number)
  if (number <= 35) return String.fromCodePoint(0x323c + number)
  return number <= 50 ? String.fromCodePoint(0x328d + number) : `(${number})`
}

export const glyphWords = {
  /** Room for a character written by hand, with the number that the note names it by. */
  blank: (number: number) => `〔　${circled(number)}〕`,
  note: (codes: readonly string[]) =>
    `打印字库缺少以下汉字或符号：${codes.map((code, index) => `${circled(index + 1)} ${code}`).join('，')}。请在打印后按编号把它们手写到表中的〔　〕内。`,
} as const
