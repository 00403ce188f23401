/** What somebody types into 信息采集: rows that satisfy every rule on the day they are sent. */
import { estates, homeAddress } from '#db/seed/country-words.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { mainRow, type Row, type Values } from '#lib/sections/define.ts'
import { ethnicities, politicalStatuses } from '#lib/sections/options.ts'
import { type Drawing, type Situation, streetIn } from './drawing.ts'
import { educationOf } from './education-rows.ts'
import { employmentOf } from './employment-rows.ts'
import type { Someone } from './person.ts'
import type { Place } from './places.ts'
import { qualificationsOf, titleOf } from './qualification-rows.ts'
import type { Random } from './random.ts'

export type Typed = ReadonlyMap<SectionId, readonly Row[]>

const form = (values: Values): readonly Row[] => [{ id: mainRow, rev: 1, values }]

const addressIn = (drawing: Drawing) => {
  const { random } = drawing
  return homeAddress(streetIn(drawing), random.pick(estates), 1 + random.int(30), 101 + random.int(2500))
}

/** Everything this person fills in, for a submission on this day. Who is `working` claims something that a register knows. */
export function collectionRows(
  random: Random,
  person: Someone,
  place: Place,
  { on, working }: { on: string; working: boolean },
): Typed {
  const drawing: Drawing = { random, person, place, month: on.slice(0, 7) }
  const isYoung = person.birth.slice(0, 4) >= String(Number(on.slice(0, 4)) - 24)
  const situation: Situation =
    !working && isYoung && random.chance(0.45) ? 'student' : random.chance(0.06) ? 'other' : 'employed'
  const held = situation === 'student' ? null : titleOf(drawing)
  // Who does no accounting work has a qualification, or wants the first exam.
  const isAccounting = situation !== 'student' && random.chance(0.9)
  const scope = isAccounting
    ? 'accounting_staff'
    : held && situation !== 'student'
      ? 'qualified_not_practising'
      : 'junior_candidate'
  return new Map<SectionId, readonly Row[]>([
    ['department', form({ situation, household: place.city, departmentId: place.department.id })],
    ['scope', form({ scope })],
    [
      'basic',
      form({
        ethnicity: random.chance(0.91) ? '01' : random.pick(ethnicities.slice(1, 56)),
        politics: random.chance(0.6) ? 'masses' : random.pick(politicalStatuses),
        residence: place.city,
        address: addressIn(drawing),
        email: random.chance(0.4) ? `u${random.digits(7)}@example.com` : '',
      }),
    ],
    ['education', educationOf(drawing, situation)],
    ['employment', employmentOf(drawing, situation, held, isAccounting)],
    ['qualifications', qualificationsOf(drawing, held)],
  ])
}
