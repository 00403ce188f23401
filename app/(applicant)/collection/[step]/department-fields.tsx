import { Button } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { ConditionalFields } from '#app/_ui/live/conditional-fields.tsx'
import { FocusControl } from '#app/_ui/live/focus-control.tsx'
import type { Echo } from '#lib/action/echo.ts'
import type { Deps } from '#lib/deps.ts'
import { collectionWords } from '#lib/text/collection.ts'
import { finderWords as words } from '#lib/text/department-finder.ts'
import type { Desk } from '#lib/views/collection.ts'
import type { RowView } from '#lib/views/collection-rows.ts'
import {
  finderField,
  type ProposedDepartment,
  placeTyped,
  proposedDepartment,
} from '#lib/views/department-finder.ts'
import { departmentLevels } from '#lib/views/department-levels.ts'

interface Props {
  d: Deps
  desk: Desk
  row: RowView
  /** The department as stored or typed. */
  chosen: string
  echo: Echo | null
}

/** Was this page sent back because the finder was asked, and nothing stood against it? */
const isAnswer = (echo: Echo) =>
  echo.values.intent?.[0] === 'recommend' && echo.notice === '' && echo.issues.length === 0

/** DEP-2, DEP-1: the situation, the finder, and as many selects as the choice so far opens. */
export async function DepartmentFields({ d, desk, row, chosen, echo }: Props) {
  const { context } = desk.draft
  const place = echo ? placeTyped(echo.values) : ''
  const proposed = echo && isAnswer(echo) ? await proposedDepartment(d, context, place, chosen) : null
  const { levels, chain, fullName } = await departmentLevels(d, proposed?.departmentId ?? chosen)
  return (
    <>
      {row.fields.map((field) =>
        field.kind === 'department' ? (
          <div key={field.name}>
            <Finder
              field={finderField(context, place, echo?.issues ?? [])}
              proposed={proposed}
              token={echo?.id ?? ''}
            />
            <FieldInput field={{ ...field, value: chain.join('/') }} levels={levels} />
          </div>
        ) : (
          <FieldInput key={field.name} field={field} />
        ),
      )}
      {fullName ? (
        <p className="-mt-3 mb-6 text-ink-2">{`${collectionWords.chosenDepartment}：${fullName}`}</p>
      ) : null}
      <ConditionalFields />
    </>
  )
}

/** DEP-2: proposes when asked; the person decides. */
function Finder({
  field,
  proposed,
  token,
}: {
  field: ReturnType<typeof finderField>
  proposed: ProposedDepartment | null
  token: string
}) {
  return (
    <fieldset className="mb-6 min-w-0 rounded-md border bg-panel px-4 pb-4">
      <legend className="px-1 font-semibold">{words.title}</legend>
      <p className="mb-4 text-ink-2">{words.lead}</p>
      <FieldInput field={field} />
      <Button kind="secondary" name="intent" value="recommend">
        {words.go}
      </Button>
      {proposed ? (
        <div id="proposal" tabIndex={-1} className="-mb-6 pt-4">
          <Notice kind="good">
            {proposed.lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </Notice>
          <FocusControl id="proposal" token={token} />
        </div>
      ) : null}
    </fieldset>
  )
}
