import { Button } from '#app/_ui/buttons.tsx'
import { bindings, Field } from '#app/_ui/field-shell.tsx'
import { anchorOf } from '#lib/paths.ts'
import { reviewWords as words } from '#lib/text/review.ts'
import type { ReviewCase } from '#lib/views/review-case.ts'
import { FindingLine } from './reviewed-section.tsx'

interface Props {
  view: ReviewCase
  refusal: string
  errorsAt: (name: string) => readonly string[]
}

/** 退回 previewed as its applicant will read it, then the buttons, which stay in sight (REV-4). */
export function DecisionBar({ view, refusal, errorsAt }: Props) {
  const note = {
    name: 'refusal',
    label: words.refusal,
    hint: words.refuseNote,
    optional: true,
    errors: errorsAt('refusal'),
  }
  return (
    <section aria-labelledby="decision">
      <h2 id="decision" className="text-h2">
        {words.decision}
      </h2>
      <p className="mt-1 mb-4 max-w-measure text-ink-2">
        {words.decisionNote}
        {view.stages > 1 ? words.twoPeople : ''}
      </p>
      <Preview view={view} />
      {view.refusable ? (
        <Field field={note}>
          <textarea
            id={anchorOf(note.name)}
            name={note.name}
            defaultValue={refusal}
            rows={2}
            className="control max-w-field"
            {...bindings(note)}
          />
        </Field>
      ) : null}
      <div className="sticky bottom-0 z-10 flex flex-wrap gap-3 border-t bg-paper py-3 max-sm:*:grow print:hidden">
        <Button kind="secondary" name="decision" value="save">
          {words.save}
        </Button>
        <Button kind="danger" name="decision" value="return">
          {words.return}
        </Button>
        {view.refusable ? (
          <Button kind="danger" name="decision" value="refuse">
            {words.refuse}
          </Button>
        ) : null}
        <Button name="decision" value="approve">
          {view.stage < view.stages ? words.advance : words.approve}
        </Button>
      </div>
    </section>
  )
}

function Preview({ view }: { view: ReviewCase }) {
  const written = view.sections.filter(({ findings }) => findings.length > 0)
  return (
    <div className="mb-6 rounded-md border bg-panel p-4">
      <h3 className="text-h3">{words.preview}</h3>
      {written.length === 0 ? <p className="text-ink-2">{words.previewEmpty}</p> : null}
      {written.map((section) => (
        <div key={section.id} className="mt-2">
          <p className="font-medium">{section.answers.title}</p>
          <ul className="list-disc pl-5">
            {section.findings.map((finding) => (
              <li key={`${finding.rowId}${finding.target}${finding.reason}${finding.note}`}>
                <FindingLine finding={finding} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}
