import { LinkButton } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { paths } from '#lib/paths.ts'
import { doubtWords as words } from '#lib/text/department-finder.ts'
import type { Desk } from '#lib/views/collection.ts'
import { departmentDoubt } from '#lib/views/department-finder.ts'

/** DEP-2: a department that does not fit the person's own data is pointed out before submission, and refused by nobody. */
export function DepartmentDoubt({ desk }: { desk: Desk }) {
  const doubt = departmentDoubt(desk)
  return doubt === null ? null : (
    <div className="print:hidden">
      <Notice kind="warn" title={words.title}>
        <p>{doubt}</p>
        <p className="mt-2">
          <LinkButton href={paths.collectionStep('department')}>{words.change}</LinkButton>
        </p>
      </Notice>
    </div>
  )
}
