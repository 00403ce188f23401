import { Badge } from '#app/_ui/badge.tsx'
import { Button } from '#app/_ui/buttons.tsx'
import { bindings, Field } from '#app/_ui/field-shell.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { anchorOf } from '#lib/paths.ts'
import { queueWords, reviewWords as words } from '#lib/text/review.ts'
import { fieldWords } from '#lib/text/ui.ts'
import type { FindingForm, OpinionForm } from '#lib/views/opinion-form.ts'

interface Props {
  form: OpinionForm
  /** Sentences at the control of this name. */
  errorsAt: (name: string) => readonly string[]
}

/** Put away by the style sheet alone until 有问题 is chosen; a browser that does not know `:has` shows it always. */
const putAway = '[&:not(:has(input[value=problem]:checked))_.unwritten]:hidden'

/** 通过 or 有问题, and what is wrong where; one finding is always left to be filled in (REV-4). */
export function OpinionFields({ form, errorsAt }: Props) {
  const unwritten = form.findings.every(({ blank }) => blank)
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
          <FindingFields key={finding.at} finding={finding} form={form} errorsAt={errorsAt} />
        ))}
        <Button kind="secondary" name="decision" value={`more:${form.section}`} about={form.title}>
          {words.add}
        </Button>
      </div>
    </div>
  )
}

function FindingFields({ finding, form, errorsAt }: Props & { finding: FindingForm }) {
  const named = (part: string, label: string) => {
    const name = `${finding.at}.${part}`
    return { name, label, optional: false, errors: errorsAt(name) }
  }
  const reason = named('reason', words.reason)
  const target = named('target', words.target)
  const note = named('note', words.note)
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
          <select
            key={finding.place}
            id={anchorOf(target.name)}
            name={target.name}
            defaultValue={finding.place}
            className="control"
            {...bindings(target)}
          >
            <GroupedOptions groups={form.targets} />
          </select>
        </Field>
      </div>
      {form.templates.length === 0 ? null : (
        <Field field={template}>
          {/* What a browser fills in again by itself after a reload was not chosen. */}
          <select
            id={anchorOf(template.name)}
            name={template.name}
            autoComplete="off"
            className="control"
            {...bindings(template)}
          >
            <option value="">{fieldWords.choose}</option>
            <GroupedOptions groups={form.templates} />
          </select>
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

interface OptionGroup {
  readonly group: string
  readonly options: readonly { readonly id: string; readonly label: string }[]
}

/** Options under their headings; those of '' stand alone. */
const GroupedOptions = ({ groups }: { groups: readonly OptionGroup[] }) =>
  groups.map(({ group, options }) => {
    const lines = options.map(({ id, label }) => (
      <option key={id} value={id}>
        {label}
      </option>
    ))
    return group === '' ? (
      lines
    ) : (
      <optgroup key={group} label={group}>
        {lines}
      </optgroup>
    )
  })
