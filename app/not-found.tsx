import { paths } from '#lib/paths.ts'
import { notFoundWords } from '#lib/text/errors.ts'
import { LinkButton } from './_ui/buttons.tsx'
import { PlainPage } from './_ui/page.tsx'

export default function NotFound() {
  return (
    <PlainPage crumbs={[]} title={notFoundWords.title} lead={notFoundWords.text}>
      <LinkButton kind="primary" href={paths.home}>
        {notFoundWords.home}
      </LinkButton>
    </PlainPage>
  )
}
