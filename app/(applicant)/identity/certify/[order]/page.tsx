import { notFound } from 'next/navigation'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { FactList } from '#app/_ui/facts.tsx'
import { Page } from '#app/_ui/page.tsx'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { identityWords, demoCertifyWords as words } from '#lib/text/account.ts'
import { demoCertifyView } from '#lib/views/identity.ts'
import { answerDemoCertify } from '../../actions.ts'

interface Props {
  params: Promise<{ order: string }>
}

export const generateMetadata = () => ({ title: words.title })

/** The stand-in for the provider's certify page (IDV-2). Outside the demo there is no such page. */
export default async function DemoCertifyPage({ params }: Props) {
  const { actor } = await applicantPage()
  const { order } = await params
  const shown = await demoCertifyView(await deps(), actor, order)
  if (!shown) notFound()
  return (
    <Page
      crumbs={[{ href: paths.identity, label: identityWords.title }, { label: words.title }]}
      title={words.title}
    >
      <Notice kind="warn">{words.lead}</Notice>
      {shown.isOpen ? (
        <form action={answerDemoCertify}>
          <input type="hidden" name="order" value={order} />
          <div className="mb-6">
            <FactList
              facts={[
                [words.person, shown.name],
                [words.number, shown.number],
              ]}
            />
          </div>
          <div className="flex flex-wrap gap-3">
            <Button name="answer" value="accept">
              {words.accept}
            </Button>
            <Button kind="secondary" name="answer" value="reject">
              {words.reject}
            </Button>
            <LinkButton href={paths.identityQr(order)}>{words.scan}</LinkButton>
          </div>
        </form>
      ) : (
        <>
          <p className="mb-6">{words.over}</p>
          <LinkButton href={paths.identity}>{words.back}</LinkButton>
        </>
      )}
    </Page>
  )
}
