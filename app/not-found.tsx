// Next sends it along with every page, in case: as a component of the browser that is a name, and not all it says.
'use client'
import { paths } from '#lib/paths.ts'
import { notFoundWords } from '#lib/text/errors.ts'
import { LinkButton } from './_ui/buttons.tsx'
import { InsteadOfPage } from './_ui/instead-of-page.tsx'

export default function NotFound() {
  return (
    <InsteadOfPage {...notFoundWords}>
      <LinkButton kind="primary" href={paths.home}>
        {notFoundWords.home}
      </LinkButton>
    </InsteadOfPage>
  )
}
