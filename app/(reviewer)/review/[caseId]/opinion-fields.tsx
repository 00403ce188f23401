import { Badge } from '#app/_ui/badge.tsx'
import { Button } from '#app/_ui/buttons.tsx'
import { bindings, Field } from '#app/_ui/field-shell.tsx'
import { FieldInput, Select, unchosen } from '#app/_ui/fields.tsx'
import { FocusControl } from '#app/_ui/live/focus-control.tsx'
import type { Option } from '#app/_ui/options-text.ts'
import { anchorOf } from '#lib/paths.ts'
import { queueWords, reviewWords as words } from '#lib/text/review.ts'
import type { FindingForm, OpinionForm } from '#lib/views/opinion-form.ts'

interface Props {
  form: OpinionForm
  /** 退回 is offered: somebody outside reads what is written here. */
  returnable: boolean
  /** Sentences at the control of this name. */
  errorsAt: (name: string) => readonly string[]
}

interface FieldsProps extends Props {
  /** The version at which one more finding was asked for here, which is gone to; null where none was. */
  fresh: number | null
}

/** Put away by the style sheet alone until 有问题 is chosen; a browser that does not know `:has` shows it always. */
const putAway = '[&:not(:has(input[value=problem]:checked))_.unwritten]:hidden'

/** 通过 or 有问题, and what is wrong where; one finding is always left to be filled in (REV-4). */
export function OpinionFields({ form, returnable, errorsAt, fresh }: FieldsProps) {
  const unwritten = form.findings.every(({ blank }) => blank)
  const last = form.findings.at(-1)
  return (
    <div className={`rounded-md border bg-panel p-4 ${putAway}`}>
      <FieldInput
        field={{
          kind: 'choice',
          as: 'radio',
          name: form.verdictName,
          label: `${words.opinion} · ${form.title}`,
          ...(form.hint === '' ? {} : { hint: form.hint }),
          optional: false,
          value: form.verdict,
          errors: errorsAt(form.verdictName),
          options: [
            { id: 'pass', label: words.pass },
            { id: 'problem', label: words.problem },
          ],
        }}
      />
      <div className={unwritten ? 'unwritten' : ''}>
        {form.findings.map((finding) => (
          <FindingFields
            key={finding.at}
            finding={finding}
            form={form}
            returnable={returnable}
            errorsAt={errorsAt}
          />
        ))}
        <Button kind="secondary" name="decision" value={`more:${form.section}`} about={form.title}>
          {words.add}
        </Button>
        {fresh === null || !last ? null : (
          <FocusControl id={anchorOf(`${last.at}.reason`)} token={String(fresh)} />
        )}
      </div>
    </div>
  )
}

function FindingFields({ finding, form, returnable, errorsAt }: Props & { finding: FindingForm }) {
  const named = (part: string, label: string) => {
    const name = `${finding.at}.${part}`
    return { name, label, optional: false, errors: errorsAt(name) }
  }
  const { reason: reasonLabel, note: noteLabel } = returnable ? words : words.final
  const reason = named('reason', reasonLabel)
  const target = named('target', words.target)
  const note = named('note', noteLabel)
  const template = { ...named('template', words.template), hint: words.templateHint, optional: true }
  return (
    <fieldset className="mb-4 min-w-0 border-t pt-3">
      <legend className="float-left mb-2 w-full font-medium">
        <span className="sr-only">{form.title} </span>
        {words.finding(finding.position)} {finding.late ? <Badge tone="warn">{queueWords.late}</Badge> : null}
      </legend>
      <div className="clear-both grid gap-x-4 md:grid-cols-2">
        <FieldInput
          field={{
            kind: 'choice',
            as: 'select',
            ...reason,
            value: finding.reason,
            options: [...form.reasons],
          }}
        />
        <Field field={target}>
          <Select
            id={anchorOf(target.name)}
            name={target.name}
            value={finding.place}
            groups={form.targets.map(grouped)}
            {...bindings(target)}
          />
        </Field>
      </div>
      {form.templates.length === 0 ? null : (
        <Field field={template}>
          {/* What a browser fills in again by itself after a reload was not chosen. */}
          <Select
            id={anchorOf(template.name)}
            name={template.name}
            value=""
            autoComplete="off"
            groups={[unchosen, ...form.templates.map(grouped)]}
            {...bindings(template)}
          />
        </Field>
      )}
      <Field field={note}>
        <textarea
          id={anchorOf(note.name)}
          name={note.name}
          defaultValue={finding.note}
          rows={2}
          className="control"
          {...bindings(note)}
        />
      </Field>
      {finding.blank ? null : (
        <label className="flex min-h-target cursor-pointer items-center gap-3">
          <input type="checkbox" name={`${finding.at}.remove`} value="1" className="tick" />
          {words.removeFinding}
        </label>
      )}
    </fieldset>
  )
}

const grouped = ({ group, options }: { readonly group: string; readonly options: readonly Option[] }) => ({
  label: group,
  options,
})
