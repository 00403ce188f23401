/** Faults of pictures: none where one is asked for, and every picture that is refused. */
import { isSectionId } from '#lib/sections/all.ts'
import { type SectionWords, sectionWords } from '#lib/text/sections.ts'
import { bases, picturesOf } from './bases.ts'
import type { Collection } from './collection.ts'
import { type Entry, over } from './entry.ts'
import { badPortraits, badProofs, everySlotIsOffered, type Refused } from './pictures.ts'

/** The rule that asks for a slot. */
const ofSlot: Readonly<Record<string, string>> = {
  portrait: 'BAS-1',
  idFront: 'BAS-3',
  idBack: 'BAS-3',
  residencePermit: 'BAS-4',
  diploma: 'EDU-3',
  degreeCertificate: 'EDU-3',
  chsiReport: 'EDU-3',
  overseasReport: 'EDU-3',
  studyProof: 'EDU-4',
  appointment: 'WRK-3',
  proof: 'QUA-2',
}
const ruleOf = (slot: string) => ofSlot[slot] ?? 'WRK-4'

function labelOf(place: string): string {
  const [section = '', , slot = ''] = place.split('/')
  const words: SectionWords | undefined = isSectionId(section) ? sectionWords[section] : undefined
  return words?.slots[slot]?.label ?? slot
}
const slotOf = (place: string) => place.split('/').at(-1) ?? ''

interface Where {
  readonly base: keyof typeof bases
  readonly sound: Collection
  readonly place: string
}

/** Every picture that is asked of somebody, once for each reason to ask for it. */
function asked(): Where[] {
  const found = baseIds.flatMap((base) =>
    picturesOf(bases[base]).map((place) => ({ base, sound: bases[base], place })),
  )
  const unasked = new Set(picturesOf(bases.employedChecked))
  return [
    ...firstOf(
      found.filter(({ base }) => base !== 'answered'),
      (one) => `${slotOf(one.place)} ${reasonOf(one)}`,
    ),
    // What is asked for once a register did not confirm it (EDU-3, QUA-2).
    ...found.filter(({ base, place }) => base === 'answered' && !unasked.has(place)),
  ]
}
const baseIds = Object.keys(bases).filter((id): id is keyof typeof bases => Object.hasOwn(bases, id))
/** A diploma is asked for below 大专, of students, abroad and before 2001. */
const reasonOf = ({ base, place }: Where) =>
  slotOf(place) === 'diploma' && ['student', 'elsewhere', 'before2001'].includes(base) ? base : ''

/** Of those that are alike the first. */
const firstOf = <T>(all: readonly T[], likeness: (one: T) => string): T[] =>
  [...Map.groupBy(all, likeness).values()].flatMap(([first]) => first ?? [])

const missing = ({ base, sound, place }: Where): Entry =>
  over(
    sound,
    {
      id: `missing.${base}.${place.replaceAll('/', '.')}`,
      rule: ruleOf(slotOf(place)),
      what: `没有上传${labelOf(place)}`,
      expected: 'field',
      code: 'slot-required',
    },
    { pictures: { [place]: '' } },
  )

const refused = ({ sound, place }: Where, name: string, { what, code }: Refused, rule: string): Entry =>
  over(
    sound,
    {
      id: `picture.${slotOf(place)}.${name}`,
      rule,
      what: slotOf(place) === 'portrait' ? what : `${labelOf(place)}${what}`,
      expected: 'field',
      code,
    },
    { pictures: { [place]: name } },
  )

export function picturedFaults(): Entry[] {
  const all = asked()
  const [portrait] = all.filter(({ place }) => slotOf(place) === 'portrait')
  if (!portrait) throw new Error('nobody is asked for a portrait')
  // One of each slot is enough to see what it refuses.
  const proofs = firstOf(all, ({ place }) => slotOf(place)).filter(
    ({ place }) => slotOf(place) !== 'portrait',
  )
  return [
    ...all.map(missing),
    ...Object.entries(badPortraits).map(([name, bad]) => refused(portrait, name, bad, 'BAS-1')),
    ...proofs.flatMap((one) =>
      Object.entries(badProofs)
        .filter(([name]) => slotOf(one.place) === 'idFront' || everySlotIsOffered.some((id) => id === name))
        .map(([name, bad]) => refused(one, name, bad, 'BAS-3')),
    ),
    over(
      { ...bases.employed, pictures: { [sheet]: Array(6).fill('proof').join(' ') } },
      {
        id: 'picture.resume.seventh',
        rule: 'BAS-3',
        what: '一个位置放第七张图片',
        expected: 'field',
        code: 'slot-full',
      },
      { pictures: { [sheet]: Array(7).fill('proof').join(' ') } },
    ),
  ]
}
const sheet = 'employment/all/resume'
