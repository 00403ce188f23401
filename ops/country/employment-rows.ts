/** 工作经历 of somebody with their 会计工作经历 (WRK-1 … WRK-5). */
import { brands, unitKinds } from '#db/seed/country-words.ts'
import { addMonths, type Month, monthIndex, ongoing } from '#lib/domain/months.ts'
import { creditCheckCharacter, organisationCheckCharacter } from '#lib/schemas/checksum.ts'
import type { Row } from '#lib/sections/define.ts'
import { type Drawing, later, rowId, type Situation, streetIn, whenAged } from './drawing.ts'
import type { Title } from './qualification-rows.ts'

const monthsBetween = (from: Month, to: Month) => monthIndex(to) - monthIndex(from)

/** Digits and letters of an organisation code, made up for a unit. */
function creditCodeOf({ random, place }: Drawing): string {
  const body = `MA${random.pick([...'3456789'])}${random.pick([...'ABCDEFGHJKLMNPQRTUWXY'])}${random.digits(4)}`
  // The eighth character makes the check digit a digit: X is none of the alphabet of credit codes.
  const organisation = organisationCheckCharacter(body)
  const head = `91${place.city.slice(0, 4)}98${body}${organisation}`
  return head + creditCheckCharacter(head)
}

interface JobWish {
  readonly start: Month
  readonly end: Month
  readonly accounting: boolean
  /** Of the highest accounting qualification, '' for none. */
  readonly title: string
  readonly titleFrom: Month
}

function jobOf(drawing: Drawing, { start, end, accounting, title, titleFrom }: JobWish, index: number): Row {
  const { random, place, month } = drawing
  const unit = random.pick(unitKinds)
  const id = rowId(index)
  const values = {
    start,
    end,
    employer: `${place.cityName}${random.pick(brands)}${unit.name}`,
    creditCode: creditCodeOf(drawing),
    noCode: '',
    noCodeReason: '',
    employerType: unit.type,
    industry: unit.industry,
    employerAddress: streetIn(drawing),
    employerPhone: `0${100 + random.int(899)}-${2 + random.int(7)}${random.digits(6)}`,
    accounting: accounting ? 'yes' : 'no',
  }
  if (!accounting) return { id, rev: 1, values, children: [] }
  const until = end === ongoing ? month : end
  const middle = addMonths(start, Math.floor(monthsBetween(start, until) / 2))
  const isSplit = monthsBetween(start, until) >= 24 && random.chance(0.5)
  const appointed = later(start, titleFrom)
  const titled = title !== '' && appointed <= until
  const posts = [
    ...(isSplit ? [{ start, end: middle, work: 'cashier', title: '', appointed: '' }] : []),
    {
      start: isSplit ? middle : start,
      end,
      work: random.pick(works),
      title: titled ? title : '',
      appointed: titled ? appointed : '',
    },
  ]
  return {
    id,
    rev: 1,
    values,
    children: posts.map((post, position) => ({ id: `${id}p${position + 1}`, rev: 1, values: post })),
  }
}
const works = [
  'assets_liabilities_equity',
  'revenue_expense',
  'financial_results',
  'financial_reporting',
  'accounting_supervision',
  'accounting_head',
  'other_accounting',
] as const

/** One job after another, the last one still held or over. */
export function employmentOf(
  drawing: Drawing,
  situation: Situation,
  held: Title | null,
  isAccounting: boolean,
) {
  if (situation === 'student') return []
  const { random, month } = drawing
  const end = situation === 'employed' ? ongoing : addMonths(month, -1 - random.int(24))
  const last = end === ongoing ? month : end
  const begun = addMonths(whenAged(drawing, 19), random.int(36))
  const span = monthsBetween(begun, last)
  const count = span < 36 ? 1 : 1 + random.int(span < 120 ? 2 : 3)
  const wish = { title: held?.title ?? '', titleFrom: held?.from ?? '' }
  const borders = Array.from({ length: count }, (_, index) =>
    addMonths(begun, Math.floor((Math.max(span, 0) * index) / count)),
  )
  return borders.map((start, index) => {
    const next = borders[index + 1]
    return jobOf(
      drawing,
      {
        ...wish,
        start: next === undefined && start > last ? last : start,
        end: next === undefined ? end : addMonths(next, -1 - random.int(4)),
        accounting: isAccounting && (next === undefined || random.chance(0.6)),
      },
      index,
    )
  })
}
