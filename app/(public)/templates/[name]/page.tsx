import { notFound } from 'next/navigation'
import { Page } from '#app/_ui/page.tsx'
import { paths } from '#lib/paths.ts'
import { resumeTemplate as words } from '#lib/text/templates.ts'

interface Props {
  params: Promise<{ name: string }>
}

export const metadata = { title: words.title }

/** 模板下载: the empty 会计专业工作简历表, a page that prints on A4. */
export default async function TemplatePage({ params }: Props) {
  if ((await params).name !== 'resume') notFound()
  return (
    <Page
      crumbs={[{ href: paths.templates, label: words.crumb }, { label: words.title }]}
      title={words.title}
      lead={<span className="print:hidden">{words.lead}</span>}
    >
      <table className="paper-form table-fixed">
        <caption className="sr-only">{words.title}</caption>
        <tbody>
          {words.head.map((pair) => (
            <tr key={pair[0]}>
              {pair.map((label) => (
                <FormCell key={label} label={label} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <table className="paper-form mt-4">
        <caption className="sr-only">{words.table}</caption>
        <thead>
          <tr>
            {words.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: words.lines }, (_, line) => line + 1).map((line) => (
            <tr key={line}>
              <td className="text-center">{line}</td>
              {words.columns.slice(1).map((column) => (
                <td key={column} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-4 whitespace-pre-wrap">{words.total}</p>
      {words.signatures.map(({ title, text, line }) => (
        <section key={title} className="mt-4 rounded-md border p-4">
          <h2 className="text-h3">{title}</h2>
          <p className="mt-1">{text}</p>
          <p className="mt-10 whitespace-pre-wrap">{line}</p>
        </section>
      ))}
    </Page>
  )
}

const FormCell = ({ label }: { label: string }) => (
  <>
    <th scope="row">{label}</th>
    <td />
  </>
)
