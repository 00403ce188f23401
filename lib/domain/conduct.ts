/** 奖惩 (AWD-1): rules of 《会计奖惩信息归集管理办法（试行）》. */

/** A decision is entered within so many working days. */
export const conductDays = 10

/** Until when a penalty keeps somebody from accounting work: a day, `forever`, or null where it does not. */
export function banUntil({ nature, decidedOn }: { nature: string; decidedOn: string }): string | null {
  if (nature === 'ban_permanent') return 'forever'
  if (nature !== 'ban_5y') return null
  return `${Number(decidedOn.slice(0, 4)) + 5}${decidedOn.slice(4)}`
}
