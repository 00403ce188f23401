import { resumeTemplate as words } from '#lib/text/templates.ts'
import type { ResumeSheet } from '#lib/views/resume.ts'

/** 会计专业工作简历表 on A4: empty, or filled in as far as something is known. Lines beyond a page go on under a repeated head. */
export function ResumeForm({ sheet }: { sheet?: ResumeSheet }) {
  const lines = Array.from(
    { length: Math.max(words.lines, sheet?.lines.length ?? 0) },
    (_, index) => sheet?.lines[index],
  )
  return (
    <>
      <table className="paper-form table-fixed">
        <caption className="sr-only">{words.title}</caption>
        <tbody>
          {words.head.map((pair) => (
            <tr key={pair[0][0]}>
              {pair.map(([key, label]) => (
                <HeadCells key={key} label={label} value={sheet?.head[key]} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a narrow window scrolls it, also by keyboard */}
      <section className="paper-lines mt-4" aria-label={words.table} tabIndex={0}>
        <table className="paper-form table-fixed">
          <caption className="sr-only">{words.table}</caption>
          <thead>
            <tr>
              <th scope="col">{words.position}</th>
              {words.columns.map(([key, label]) => (
                <th key={key} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number on the form
              <tr key={index}>
                <td className="text-center">{index + 1}</td>
                {words.columns.map(([key]) => (
                  <td key={key}>{line?.[key]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="mt-4 whitespace-pre-wrap">{words.total(sheet?.months ?? null)}</p>
      {words.signatures.map(({ title, text, line }) => (
        <section key={title} className="mt-4 break-inside-avoid rounded-md border p-4">
          <h2 className="text-h3">{title}</h2>
          <p className="mt-1">{text}</p>
          <p className="mt-10 whitespace-pre-wrap">{line}</p>
        </section>
      ))}
    </>
  )
}

const HeadCells = ({ label, value }: { label: string; value: string | undefined }) => (
  <>
    <th scope="row">{label}</th>
    <td>{value}</td>
  </>
)
