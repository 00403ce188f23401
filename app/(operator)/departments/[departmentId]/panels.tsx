import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { FactList } from '#app/_ui/facts.tsx'
import { FieldGroup } from '#app/_ui/field-shell.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { anchorOf, paths } from '#lib/paths.ts'
import {
  departmentFields as fields,
  transferWayWords,
  departmentWords as words,
} from '#lib/text/departments.ts'
import type { departmentView } from '#lib/views/department.ts'
import type { departmentForm } from '#lib/views/department-form.ts'
import { add, addTemplate, edit, endTemplate, rename, reopen, setRules } from '../actions.ts'

type View = Awaited<ReturnType<typeof departmentView>>
type Form = ReturnType<typeof departmentForm>

const Which = ({ view }: { view: View }) => (
  <>
    <input type="hidden" name="department" value={view.id} />
    <input type="hidden" name="version" value={view.version} />
  </>
)

export function EditFacts({ view, form }: { view: View; form: Form }) {
  const proofs = form.proofs(view)
  return (
    <Panel title={words.edit}>
      <form action={edit} noValidate>
        <Which view={view} />
        {form.facts(view).map((field) => (
          <FieldInput key={field.name} field={field} />
        ))}
        <FieldGroup field={proofs}>
          {proofs.boxes.map(({ name, label, isTicked }, index) => (
            <label key={name} className="flex min-h-target cursor-pointer items-center gap-3">
              <input
                type="checkbox"
                id={index === 0 ? anchorOf(proofs.name) : anchorOf(name)}
                name={name}
                value="1"
                defaultChecked={isTicked}
                className="tick"
              />
              {label}
            </label>
          ))}
        </FieldGroup>
        <Button>{words.editSubmit}</Button>
      </form>
    </Panel>
  )
}

export function Rename({ view, form }: { view: View; form: Form }) {
  return (
    <Panel title={words.rename}>
      {view.kind === 'own' ? (
        <p className="max-w-measure text-ink-2">{words.ownName}</p>
      ) : (
        <form action={rename} noValidate>
          <Which view={view} />
          <p className="mb-4 max-w-measure text-ink-2">{words.renameText}</p>
          <FieldInput field={form.name(view.name)} />
          <Button kind="secondary">{words.renameSubmit}</Button>
        </form>
      )}
    </Panel>
  )
}

export function AddBeneath({ view, form, turn }: { view: View; form: Form; turn: string }) {
  return (
    <Panel title={words.add}>
      <form action={add} noValidate>
        <Which view={view} />
        <input type="hidden" name="turn" value={turn} />
        <p className="mb-4 max-w-measure text-ink-2">{words.addText}</p>
        {form.child(view.kindsBeneath).map((field) => (
          <FieldInput key={field.name} field={field} />
        ))}
        <Button kind="secondary">{words.addSubmit}</Button>
      </form>
    </Panel>
  )
}

/** 本省规则 (TRF-3, CRE-1): a form for who sets them, facts for everybody beneath. */
export function ProvinceRules({ view, form }: { view: View; form: Form }) {
  return (
    <Panel title={words.rules}>
      <p className="mb-4 max-w-measure text-ink-2">
        {view.maySetRules ? words.rulesText : words.rulesBelow}
        {view.rulesVersion === 0 ? words.rulesUsual : ''}
      </p>
      {view.maySetRules ? (
        <form action={setRules} noValidate>
          <input type="hidden" name="department" value={view.id} />
          <input type="hidden" name="version" value={view.rulesVersion} />
          {form.rules(view.rules).map((field) => (
            <FieldInput key={field.name} field={field} />
          ))}
          <Button>{words.rulesSubmit}</Button>
        </form>
      ) : (
        <FactList
          facts={[
            [fields.transferInside.label, transferWayWords[view.rules.transferInside]],
            [fields.transferOutside.label, transferWayWords[view.rules.transferOutside]],
            [fields.creditsTotal.label, words.creditCount(view.rules.creditsTotal)],
            [fields.creditsProfessional.label, words.creditCount(view.rules.creditsProfessional)],
            [fields.creditsOnline.label, words.creditCount(view.rules.creditsOnline)],
          ]}
        />
      )}
    </Panel>
  )
}

/** 审核意见常用语 (REV-4). */
export function NoteTemplates({ view, form }: { view: View; form: Form }) {
  return (
    <Panel title={words.templates}>
      <p className="mb-4 max-w-measure text-ink-2">{words.templatesText}</p>
      {view.templates.length === 0 ? <p className="mb-4">{words.templatesEmpty}</p> : null}
      {view.templates.map(({ reason, label, templates }) => (
        <div key={reason} className="mb-4">
          <h3 className="text-h3">{label}</h3>
          <ul className="divide-y">
            {templates.map(({ id, text }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
                <p className="min-w-0 max-w-measure grow basis-72">{text}</p>
                <form action={endTemplate}>
                  <input type="hidden" name="department" value={view.id} />
                  <input type="hidden" name="template" value={id} />
                  <Button kind="secondary" about={text}>
                    {words.templateEnd}
                  </Button>
                </form>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <form
        // Empty again after each that was added.
        key={view.templates.flatMap(({ templates }) => templates.map(({ id }) => id)).join()}
        action={addTemplate}
        noValidate
        className="border-t pt-4"
      >
        <input type="hidden" name="department" value={view.id} />
        {form.template().map((field) => (
          <FieldInput key={field.name} field={field} />
        ))}
        <Button kind="secondary">{words.templateAdd}</Button>
      </form>
    </Panel>
  )
}

export function Closing({ view }: { view: View }) {
  return (
    <Panel title={words.close}>
      <p className="mb-4 max-w-measure text-ink-2">{view.hasBeneath ? words.hasChildren : words.closeText}</p>
      {view.hasBeneath ? null : (
        <LinkButton kind="danger" href={paths.departmentClose(view.id)}>
          {words.closeLink}
        </LinkButton>
      )}
    </Panel>
  )
}

export function Reopening({ view }: { view: View }) {
  return (
    <Panel title={words.reopen}>
      <form action={reopen}>
        <Which view={view} />
        <p className="mb-4 max-w-measure text-ink-2">{words.reopenText}</p>
        <Button kind="secondary">{words.reopenSubmit}</Button>
      </form>
    </Panel>
  )
}
