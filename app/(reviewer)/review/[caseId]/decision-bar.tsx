import { Button } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { bindings, Field } from '#app/_ui/field-shell.tsx'
import { ReturnedLines } from '#app/_ui/returned-lines.tsx'
import { anchorOf } from '#lib/paths.ts'
import { reviewWords as words } from '#lib/text/review.ts'
import type { ReviewCase } from '#lib/views/review-case.ts'

interface Props {
  view: ReviewCase
  refusal: string
  /** The reviewer has been told that a return would be late (一次性告知). */
  lateKnown: boolean
  errorsAt: (name: string) => readonly string[]
}

/** 退回 previewed as its applicant will read it, then the buttons, which stay in sight (REV-4). */
export function DecisionBar({ view, refusal, lateKnown, errorsAt }: Props) {
  const note = {
    name: 'refusal',
    label: view.isEntered ? words.entered.refusal : words.refusal,
    hint: view.isEntered ? words.entered.refuseNote : words.refuseNote,
    // One button of several needs it: the hint says which.
    optional: false,
    errors: errorsAt('refusal'),
  }
  return (
    <section aria-labelledby="decision">
      <h2 id="decision" className="text-h2">
        {words.decision}
      </h2>
      <p className="mt-1 mb-4 max-w-measure text-ink-2">
        {view.returnable
          ? words.decisionNote
          : view.isEntered
            ? words.entered.decisionNote
            : words.final.decisionNote}
        {view.stages < 2 || !view.returnable ? '' : view.transfer ? words.transfer.two : words.twoPeople}
      </p>
      {view.returnable ? <Preview view={view} /> : null}
      {lateKnown ? <input type="hidden" name="late" value="1" /> : null}
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
        {view.returnable ? (
          <Button kind="danger" name="decision" value="return">
            {words.return}
          </Button>
        ) : null}
        {view.refusable ? (
          <Button kind="danger" name="decision" value="refuse">
            {words.refuse}
          </Button>
        ) : null}
        <Button name="decision" value="approve">
          {view.stage === view.stages
            ? words.approve
            : view.transfer
              ? words.transfer.confirm
              : words.advance}
        </Button>
      </div>
    </section>
  )
}

function Preview({ view: { told, late, transfer, stages } }: { view: ReviewCase }) {
  return (
    <div className="mb-6 rounded-md border bg-panel p-4">
      <h3 className="text-h3">{words.preview}</h3>
      <p className="mb-3 text-hint text-ink-2">
        {told.length === 0 ? words.previewEmpty : words.previewNote}
      </p>
      {transfer ? (
        <p className="mb-3">
          {words.transfer.preview(transfer.from, transfer.to)}
          {stages > 1 ? words.transfer.again : ''}
        </p>
      ) : null}
      {late.count > 0 ? <Notice kind="warn">{words.lateWarning(late.count, late.since)}</Notice> : null}
      {told.length > 0 ? <ReturnedLines lines={told} /> : null}
    </div>
  )
}
