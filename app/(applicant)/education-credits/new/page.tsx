import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { ClaimValue } from '#app/_ui/claim-value.tsx'
import { ConversionTable } from '#app/_ui/credit-ledger.tsx'
import { Chevron } from '#app/_ui/panel.tsx'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { creditWords as words } from '#lib/text/credits.ts'
import { sectionWords } from '#lib/text/sections.ts'
import { applicationDesk } from '#lib/views/application.ts'
import { mainRowOf } from '#lib/views/collection-rows.ts'
import { claimWorth, conversionTable, creditRules } from '#lib/views/credits.ts'
import { Application } from '../../_application/application.tsx'

interface Props {
  searchParams: Search
}

const page = paths.creditNew

export const generateMetadata = async ({ searchParams }: Props) =>
  titled(sectionWords.credit.title, await ownEcho(searchParams, page))

/** 继续教育学分申请 (CRE-1), with what it would be worth and the table it follows from. */
export default async function NewCreditPage({ searchParams }: Props) {
  const { actor } = await applicantPage()
  const d = await deps()
  const view = await applicationDesk(d, actor, 'credit')
  const worth = view.desk ? await claimWorth(d, actor.id, mainRowOf(view.desk, 'credit').values) : null
  const { table } = words
  return (
    <Application
      d={d}
      actor={actor}
      view={view}
      echo={await ownEcho(searchParams, page)}
      done={(await searchParams).done}
      parents={[{ href: paths.credits(), label: words.title }]}
      before={
        <>
          {worth ? <ClaimValue worth={worth} title={words.worth.title} /> : null}
          <details className="group mb-8 rounded-md border px-4 py-1" open={view.desk === null}>
            <summary className="inline-flex min-h-target items-center gap-2 font-medium text-brand marker:content-none">
              <Chevron />
              {table.title}
            </summary>
            <ConversionTable rows={conversionTable(await creditRules(d, actor.id))} />
          </details>
        </>
      }
      aside={<p>{table.note}</p>}
    />
  )
}
