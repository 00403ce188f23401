import { LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FactList } from '#app/_ui/facts.tsx'
import { Page } from '#app/_ui/page.tsx'
import { client } from '#lib/auth/client.ts'
import { type CheckedReceipt, checkReceipt } from '#lib/commands/check-receipt.ts'
import { deps } from '#lib/deps.ts'
import { isFault } from '#lib/domain/errors.ts'
import type { Issue } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'
import { checkCode } from '#lib/schemas/receipt-code.ts'
import { instantWords } from '#lib/text/dates.ts'
import { issueText } from '#lib/text/issues.ts'
import { paperKindWords, verifyWords as words } from '#lib/text/papers.ts'

interface Props {
  params: Promise<{ code: string }>
}

export const metadata = { title: words.title, robots: { index: false, follow: false } }

/** What a paper's code says, to whoever has it: a masked name and nothing else of the person. */
export default async function VerifiedPage({ params }: Props) {
  const { code: typed } = await params
  const answer = await asked(typed)
  return (
    <Page
      crumbs={[{ href: paths.verify(), label: words.title }, { label: words.submit }]}
      title={words.title}
    >
      {'issues' in answer ? (
        <ErrorList
          title={words.tooMany}
          issues={answer.issues.map((one) => ({ at: null, text: issueText(one) }))}
        />
      ) : answer.found ? (
        <Found receipt={answer.found} />
      ) : (
        <Unknown typed={typed} />
      )}
      <p className="mt-8">
        <LinkButton href={paths.verify()}>{words.another}</LinkButton>
      </p>
    </Page>
  )
}

type Answer = { readonly issues: readonly Issue[] } | { readonly found: CheckedReceipt | null }

async function asked(typed: string): Promise<Answer> {
  try {
    const { address } = await client()
    return { found: await checkReceipt(await deps(), { typed, address }) }
  } catch (error) {
    if (isFault(error, 'refused')) return { issues: error.issues }
    throw error
  }
}

const tones = { same: 'good', changed: 'warn', ended: 'bad', void: 'bad' } as const

function Found({ receipt }: { receipt: CheckedReceipt }) {
  const { kind, state } = receipt
  const { title, text } = kind === 'exam' && state === 'same' ? words.exam.same : words.states[state]
  return (
    <>
      <Notice kind={tones[receipt.state]} title={title}>
        <p>{text}</p>
      </Notice>
      <h2 className="mb-4 text-h2">{words.found}</h2>
      <FactList
        facts={[
          [words.kind, paperKindWords[kind]],
          ...(receipt.subject === '' ? [] : [[words.exam.label, receipt.subject] as const]),
          [words.name, receipt.maskedName],
          [words.department, receipt.department],
          [words.issuedAt, instantWords(receipt.issuedAt)],
          [words.code.label, receipt.shown],
        ]}
      />
      <p className="mt-6 max-w-measure text-hint text-ink-2">{words.limits}</p>
    </>
  )
}

/** What somebody put into an address is repeated only where it is a code. */
function Unknown({ typed }: { typed: string }) {
  const code = checkCode(typed)
  return (
    <Notice kind="warn" title={words.none}>
      <p>{code.ok ? words.noneText(code.value) : code.issues.map((one) => issueText(one)).join('')}</p>
    </Notice>
  )
}
