import { Button } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { documentWords, appealWords as words } from '#lib/text/document-cases.ts'
import { drop } from './actions.ts'

/** What somebody claims who says that a number is theirs (ACC-9): what will happen, who decides, who is told. */
export function ClaimedNumber({ number }: { number: string }) {
  const { title, state, what, who, told, meanwhile } = words.number
  return (
    <Notice kind="info" title={title}>
      <p>{state(number)}</p>
      <ul className="list-disc space-y-1 pl-5">
        {[what, who, told, meanwhile].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Notice>
  )
}

/** What an appeal for a new phone leads to (ACC-8). */
export function ClaimedPhone({ phone }: { phone: string }) {
  const { title, next, what, told } = words.phone
  return (
    <Notice kind="info" title={title}>
      <p>{next(phone)}</p>
      <ul className="list-disc space-y-1 pl-5">
        {[documentWords.twoPeople, what, told].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Notice>
  )
}

/** 放弃申诉; what is being judged is taken back first. */
export function Drop({ of, underReview }: { of: 'phone' | 'number'; underReview: boolean }) {
  return (
    <div className="mt-10">
      <Panel title={words.drop.title} tone="panel">
        <p className="max-w-measure">{underReview ? words.drop.first : words.drop[of]}</p>
        {underReview ? null : (
          <form action={drop} className="mt-4">
            <Button kind="danger">{words.drop.submit}</Button>
          </form>
        )}
      </Panel>
    </div>
  )
}
