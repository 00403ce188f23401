import { Actions, Button } from '#app/_ui/buttons.tsx'
import { bindings, Field, FieldGroup } from '#app/_ui/field-shell.tsx'
import type { Issue } from '#lib/domain/result.ts'
import { examWords } from '#lib/text/exam-registration.ts'
import { issueText } from '#lib/text/issues.ts'
import type { OwnExam } from '#lib/views/exams.ts'
import { chooseForExam } from '../actions.ts'

const words = examWords.choose

interface Props {
  view: OwnExam
  chosen: { site: string; subjects: readonly string[] }
  issues: readonly Issue[]
}

/** 选择报考点和科目. A 报考点 without seats is shown and cannot be chosen. */
export function ChoiceForm({ view, chosen, issues }: Props) {
  const errorsAt = (at: string) => issues.filter((one) => one.at === at).map((one) => issueText(one))
  const site = {
    name: 'site',
    label: words.site,
    hint: words.siteHint,
    optional: false,
    errors: errorsAt('site'),
  }
  const subject = {
    name: 'subject',
    label: words.subjects,
    hint: view.together ? words.together : words.oneOrMore,
    optional: false,
    errors: errorsAt('subject'),
  }
  return (
    <section aria-labelledby="choose" className="mb-8">
      <h2 id="choose" tabIndex={-1} className="mb-4 border-b pb-1.5 text-h2">
        {words.title}
      </h2>
      {view.cities.length === 0 ? (
        <p>{words.noSites}</p>
      ) : (
        <form action={chooseForExam} noValidate>
          <input type="hidden" name="session" value={view.id} />
          <Field field={site}>
            <select
              id="site"
              name="site"
              defaultValue={chosen.site}
              className="control max-w-field"
              {...bindings(site)}
            >
              <option value="">{words.none}</option>
              {view.cities.map(({ city, name, sites }) => (
                <optgroup key={city} label={name}>
                  {sites.map((one) => (
                    <option key={one.id} value={one.id} disabled={one.left === 0}>
                      {`${one.name}（${words.left(one.left)}）`}
                    </option>
                  ))}
                </optgroup>
              ))}
            </select>
          </Field>
          <FieldGroup field={subject}>
            {view.subjects.map(({ id, label }, index) =>
              view.together ? (
                <p
                  key={id}
                  id={index === 0 ? 'subject' : undefined}
                  className="flex min-h-target items-center"
                >
                  {label}
                </p>
              ) : (
                <label key={id} className="flex min-h-target cursor-pointer items-center gap-3">
                  <input
                    type="checkbox"
                    id={index === 0 ? 'subject' : `subject-${id}`}
                    name="subject"
                    value={id}
                    className="tick"
                    defaultChecked={chosen.subjects.includes(id)}
                    aria-invalid={bindings(subject)['aria-invalid']}
                  />
                  {label}
                </label>
              ),
            )}
          </FieldGroup>
          <Actions primary={<Button>{words.next}</Button>} />
        </form>
      )}
    </section>
  )
}
