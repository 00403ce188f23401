/** What the finder on the page 会计管理部门 says (DEP-2): asked by a button, it proposes; the person decides. */
import { type Department, departmentById, departmentChain, isSelectable } from '#db/queries/departments.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { finderPlace, leadsTo, misplacedFrom, proposeDepartment } from '#lib/domain/department-finder.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { Issue } from '#lib/domain/result.ts'
import type { Condition } from '#lib/readers/conditions.ts'
import type { FieldView } from '#lib/readers/fields.ts'
import type { Posted } from '#lib/readers/read-form.ts'
import { type Context, valueOf } from '#lib/sections/define.ts'
import { doubtWords, finderWords, reasonWords, remarkWords } from '#lib/text/department-finder.ts'
import { issueText } from '#lib/text/issues.ts'
import { isCity, regionFullName, regionName } from '#lib/text/regions.ts'
import { collectionDesk, type Desk } from './collection.ts'
import { mainRowOf } from './collection-rows.ts'
import { departmentLevels } from './department-levels.ts'

const known = (region: string) => (isCity(region) ? region : '')
const propose = ({ person, situation, household }: Context, place: string) =>
  proposeDepartment({
    idType: person.idType,
    situation,
    household: known(household),
    place: known(place),
  })

/** What the finder still has to be told, after the answers of the page were saved; empty where it can propose. */
export async function finderIssues(deps: Deps, actor: Applicant, form: Posted): Promise<readonly Issue[]> {
  const desk = await collectionDesk(deps, actor)
  if (!desk) throw notFound()
  const place = form.get(finderPlace)
  const found = propose(desk.draft.context, typeof place === 'string' ? place : '')
  return found.ok ? [] : found.issues
}

export interface ProposedDepartment {
  /** The node its selects lead to now; the one chosen before where it fits, or where there is none to propose. */
  readonly departmentId: string
  /** Why, which one, and what else there is to know. */
  readonly lines: readonly string[]
}

/** What the finder proposes over what is chosen already (`chosen` as in `departmentLevels`); null where it cannot. */
export async function proposedDepartment(
  deps: Deps,
  context: Context,
  place: string,
  chosen: string,
): Promise<ProposedDepartment | null> {
  const found = propose(context, place)
  if (!found.ok) return null
  const { departmentId, ground, remarks } = found.value
  const { read, t } = deps.store
  const node = await departmentById(read, t, departmentId)
  const chain = node ? await departmentChain(read, t, node) : []
  const isOffered = node !== null && chain.every(({ active }) => active)
  const isLast = isOffered && (await isSelectable(read, t, node))
  const before = await departmentLevels(deps, chosen)
  const isKept = isOffered && leadsTo(found.value, before.chain)
  const said = () => {
    if (!isOffered) return finderWords.notOffered(regionFullName(departmentId))
    return isKept ? finderWords.kept(before.fullName) : finderWords.proposed(node.fullName, !isLast)
  }
  return {
    departmentId: isOffered && !isKept ? departmentId : chosen,
    lines: [
      reasonWords(found.value),
      said(),
      ...remarks.map((remark) => remarkWords(remark, regionName(departmentId))),
      ...(ground === 'employer' ? await provincialLine(deps, chain) : []),
    ],
  }
}

/** Units of a province belong to its own node, where that is open; a city of the first level has it beside its districts. */
async function provincialLine({ store: { read, t } }: Deps, chain: readonly Department[]) {
  const [province, city] = chain
  const own = province && city ? await departmentById(read, t, `${province.id}-own`) : null
  return own?.active ? [finderWords.provincial(own.name)] : []
}

/** DEP-2, before submission: what speaks against the department chosen; null where nothing certain does. */
export function departmentDoubt(desk: Desk): string | null {
  const { department } = desk.file
  if (!department) return null
  const { person, situation, household } = desk.draft.context
  const homes = misplacedFrom(
    {
      idType: person.idType,
      situation,
      household: known(household),
      residence: known(valueOf(mainRowOf(desk, 'basic'), 'residence')),
    },
    department.path.split('/'),
  )
  return (
    homes &&
    doubtWords.text(
      department.fullName,
      homes.map(({ ground, region }) => ({ ground, name: regionFullName(region) })),
    )
  )
}

/** What an echo kept of the one answer that nobody stores. */
export const placeTyped = (values: Readonly<Record<string, readonly string[]>>) =>
  values[finderPlace]?.[0] ?? ''

/** The one more answer the finder asks for. Whoever has a 户籍所在地 needs it only where they work or study. */
export function finderField(
  { person }: Context,
  value: string,
  issues: readonly Issue[],
): FieldView & { readonly kind: 'region' } {
  const isMainland = person.idType === 'mainland_id'
  const shownWhen: Condition = { name: 'situation', values: ['employed', 'student'] }
  return {
    kind: 'region',
    name: finderPlace,
    ...(isMainland ? { ...finderWords.place, shownWhen } : finderWords.placeOrHome),
    optional: false,
    value: known(value),
    errors: issues.filter(({ at }) => at === finderPlace).map((one) => issueText(one)),
  }
}
