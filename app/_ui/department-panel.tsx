import { paths } from '#lib/paths.ts'
import { outcomeWords } from '#lib/text/collection.ts'
import { moreHelp } from '#lib/text/help/all.ts'
import { Panel } from './panel.tsx'

interface Props {
  department: {
    readonly fullName: string
    readonly phone: string
    readonly address: string
    readonly hours: string
  } | null
  title: string
}

/** The department and how to reach it, beside every status and every return (MSG-1). */
export function DepartmentPanel({ department, title }: Props) {
  const contact = [
    [outcomeWords.phone, department?.phone],
    [outcomeWords.address, department?.address],
    [outcomeWords.hours, department?.hours],
  ] as const
  return (
    <Panel tone="panel" title={title}>
      <p className="font-medium">{department?.fullName ?? outcomeWords.departmentUnset}</p>
      <dl className="mt-2 text-hint">
        {contact.map(([label, value]) => (
          <div key={label} className="flex gap-2 py-0.5">
            <dt className="flex-none text-ink-2">{label}</dt>
            <dd>{value || outcomeWords.contactUnset}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-hint print:hidden">
        <a href={paths.helpTopic('review')} className="inline-flex min-h-target items-center">
          {moreHelp('review')}
        </a>
      </p>
    </Panel>
  )
}

/** Whose turn it is with an application, or who has said no. */
export const ActingDepartment = ({ department }: Pick<Props, 'department'>) =>
  department ? (
    <div className="mb-6">
      <DepartmentPanel department={department} title={outcomeWords.acting} />
    </div>
  ) : null
