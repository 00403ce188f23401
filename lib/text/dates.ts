/** Dates as people read them: 2026年11月21日, 2010年9月, 14:03 (Asia/Shanghai). */
const zone = 'Asia/Shanghai'

/** `YYYY-MM` → 2010年9月; anything else as it stands, since drafts keep what was typed. */
export const monthWords = (month: string) => {
  const [year, number] = month.split('-')
  return /^\d{4}-\d{2}$/.test(month) ? `${year}年${Number(number)}月` : month
}
/** `YYYY-MM-DD` → 2026年11月21日. */
export const dayWords = (day: string) => {
  const [year, month, date] = day.split('-')
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? `${year}年${Number(month)}月${Number(date)}日` : day
}
const dayFormat = new Intl.DateTimeFormat('zh-CN', { timeZone: zone, dateStyle: 'long' })
const timeFormat = new Intl.DateTimeFormat('zh-CN', {
  timeZone: zone,
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})
/** An instant → 2026年11月21日 14:03. */
export const instantWords = (instant: Date) => `${dayFormat.format(instant)} ${timeFormat.format(instant)}`
/** An instant → 2026年11月21日. */
export const instantDay = (instant: Date) => dayFormat.format(instant)
export const instantTime = (instant: Date) => timeFormat.format(instant)
/** An instant → 14:03 where it is today's, else 2026年11月21日 14:03. */
export const instantNear = (instant: Date, now: Date) =>
  instantDay(instant) === instantDay(now) ? instantTime(instant) : instantWords(instant)

/** The whole minute by which an instant has come: who is told to wait until then has waited long enough. */
export const minuteAfter = (instant: Date) => new Date(Math.ceil(instant.getTime() / 60_000) * 60_000)
