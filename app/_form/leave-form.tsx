import { Button } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { bindings, Field } from '#app/_ui/field-shell.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { anchorOf } from '#lib/paths.ts'
import { dayWords } from '#lib/text/dates.ts'
import { leaveWords as words } from '#lib/text/staff.ts'
import type { LeaveView } from '#lib/views/leave.ts'
import { type KeptStaffForm, staffForm } from '#lib/views/staff-form.ts'

type Action = (form: FormData) => Promise<void>

interface Props {
  leave: LeaveView
  /** What a refused form about this person kept; null for none. */
  kept: KeptStaffForm | null
  actions: { take: Action; end: Action }
}

/** 请假 of a member of staff (ADM-1): since when and by whom it is stood in for, changing it, ending it. */
export function LeaveParts({ leave, kept, actions }: Props) {
  return (
    <div className="space-y-6">
      {leave.until === '' ? null : <Present leave={leave} end={actions.end} />}
      {leave.mayTake ? <LeaveForm leave={leave} kept={kept} take={actions.take} /> : null}
    </div>
  )
}

const Whose = ({ leave }: { leave: LeaveView }) => (
  <input type="hidden" name="account" value={leave.accountId} />
)

function Present({ leave, end }: { leave: LeaveView; end: Action }) {
  return (
    <Panel title={words.away(dayWords(leave.until))} level={2}>
      <p className="mb-4 max-w-measure text-ink-2">{words.awayText}</p>
      <h3 className="text-h3">{words.deputies}</h3>
      {leave.deputies.length === 0 ? <p className="mb-4 text-ink-2">{words.noDeputy}</p> : null}
      <ul className="mb-4 break-words">
        {leave.deputies.map(({ id, text }) => (
          <li key={id}>{text}</li>
        ))}
      </ul>
      <form action={end}>
        <Whose leave={leave} />
        <Button kind="secondary">{words.end}</Button>
      </form>
    </Panel>
  )
}

function LeaveForm({ leave, kept, take }: Omit<Props, 'actions'> & { take: Action }) {
  const form = staffForm(kept)
  const typed = (name: string) => kept?.values[name]?.[0]
  const until = form.text('leaveUntil', { max: 20 })
  return (
    <Panel title={leave.until === '' ? words.title : words.change}>
      <p className="mb-4 max-w-measure text-ink-2">
        {leave.isSelf ? words.lead : words.leadOther} {words.most(leave.last)}
      </p>
      {leave.standsFor.length === 0 ? null : (
        <Notice kind="warn" title={words.standsTitle}>
          {leave.standsFor.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </Notice>
      )}
      <form action={take} noValidate>
        <Whose leave={leave} />
        <FieldInput field={{ ...until, value: typed('leaveUntil') ?? leave.until }} />
        <Deputy
          shown={{ ...form.shown('deputy', { optional: true }), hint: words.deputyText }}
          value={typed('deputy') ?? leave.deputyId}
          candidates={leave.candidates}
        />
        <FieldInput field={form.text('deputyLogin', { max: 40, optional: true })} />
        <Button kind="secondary">{leave.until === '' ? words.submit : words.change}</Button>
      </form>
    </Panel>
  )
}

function Deputy({
  shown,
  value,
  candidates,
}: {
  shown: Parameters<typeof Field>[0]['field']
  value: string
  candidates: LeaveView['candidates']
}) {
  return (
    <Field field={shown}>
      <select
        key={value}
        id={anchorOf(shown.name)}
        name={shown.name}
        defaultValue={value}
        className="control max-w-field"
        {...bindings(shown)}
      >
        <option value="">{words.nobody}</option>
        {candidates.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
    </Field>
  )
}
