import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { Select } from '#app/_ui/fields.tsx'
import type { Option } from '#app/_ui/options-text.ts'
import { paths } from '#lib/paths.ts'
import { caseKindWords, queueWords as words } from '#lib/text/review.ts'
import { queueKinds } from '#lib/views/review-queue.ts'
import { search } from './actions.ts'

/** By kind and by what the machine checks said. */
export function Filter({ tab, kind, checks }: { tab: string; kind: string; checks: string }) {
  return (
    <form
      method="get"
      action={paths.review()}
      aria-label={words.filter}
      className="flex flex-wrap items-end gap-3"
    >
      <input type="hidden" name="tab" value={tab} />
      <Choice
        name="kind"
        label={words.kind}
        value={kind}
        all={words.everyKind}
        options={queueKinds.map((id) => ({ id, label: caseKindWords[id].name }))}
      />
      {tab === 'free' ? (
        <Choice
          name="checks"
          label={words.checks}
          value={checks}
          all={words.everyCheck}
          options={[{ id: 'agree', label: words.checksAgree }]}
        />
      ) : null}
      <Button kind="secondary">{words.apply}</Button>
      {kind !== '' || checks !== '' ? (
        <LinkButton kind="quiet" href={paths.review({ tab })}>
          {words.clear}
        </LinkButton>
      ) : null}
    </form>
  )
}

function Choice({
  name,
  label,
  value,
  all,
  options,
}: {
  name: string
  label: string
  value: string
  all: string
  options: readonly Option[]
}) {
  return (
    <div className="grow sm:max-w-52">
      <label htmlFor={name} className="mb-1 block font-medium">
        {label}
      </label>
      <Select
        id={name}
        name={name}
        value={value}
        groups={[{ label: '', options: [{ id: '', label: all }, ...options] }]}
      />
    </div>
  )
}

/** Of a page of the queue: its tab, what it is narrowed to and how far down. */
interface Place {
  tab: string
  kind: string
  checks: string
  after: string
}

/** Sent with a form, so that it leads back to where it stands. */
export const PlaceFields = ({ place }: { place: Place }) => (
  <>
    {Object.entries(place).map(([name, value]) =>
      value === '' ? null : <input key={name} type="hidden" name={name} value={value} />,
    )}
  </>
)

/** One field for 受理编号, name, document number and phone; posted, because an address is no place for a person. */
export function Find({ text, place, isWrong }: { text: string; place: Place; isWrong: boolean }) {
  return (
    <form
      key={text}
      action={search}
      aria-label={words.find}
      className="flex grow flex-wrap items-end gap-3"
      noValidate
    >
      <PlaceFields place={place} />
      <div className="grow sm:max-w-96">
        <label htmlFor="search" className="block font-medium">
          {words.find}
        </label>
        <p id="search-hint" className="mb-1 text-hint text-ink-3">
          {words.findHint}
        </p>
        <input
          id="search"
          name="search"
          defaultValue={text}
          autoComplete="off"
          aria-describedby="search-hint"
          aria-invalid={isWrong ? true : undefined}
          className="control"
        />
      </div>
      <Button kind="secondary">{words.search}</Button>
      {text === '' ? null : (
        <LinkButton kind="quiet" href={paths.review({ ...place })}>
          {words.clear}
        </LinkButton>
      )}
    </form>
  )
}
