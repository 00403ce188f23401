import { type ResumeSheet, resumePaper } from '#lib/views/resume.ts'

/** 会计专业工作简历表 on A4: empty, or filled in as far as something is known. Lines beyond a page go on under a repeated head. */
export function ResumeForm({ sheet }: { sheet?: ResumeSheet }) {
  const { title, head, table, total, signatures } = resumePaper(sheet)
  return (
    <>
      <table className="paper-form table-fixed">
        <caption className="sr-only">{title}</caption>
        <tbody>
          {head.map((pair) => (
            <tr key={pair[0]?.label}>
              {pair.map(({ label, value }) => (
                <HeadCells key={label} label={label} value={value} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a narrow window scrolls it, also by keyboard */}
      <section className="paper-lines mt-4" aria-label={table.title} tabIndex={0}>
        <table className="paper-form table-fixed">
          <caption className="sr-only">{table.title}</caption>
          <thead>
            <tr>
              {table.columns.map(({ key, label }) => (
                <th key={key} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.lines.map(([position, ...cells]) => (
              <tr key={position}>
                <td className="text-center">{position}</td>
                {cells.map((cell, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
                  <td key={index}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="mt-4 whitespace-pre-wrap">{total}</p>
      {signatures.map(({ title, text, line }) => (
        <section key={title} className="mt-4 break-inside-avoid rounded-md border p-4">
          <h2 className="text-h3">{title}</h2>
          <p className="mt-1">{text}</p>
          <p className="mt-10 whitespace-pre-wrap">{line}</p>
        </section>
      ))}
    </>
  )
}

const HeadCells = ({ label, value }: { label: string; value: string }) => (
  <>
    <th scope="row">{label}</th>
    <td>{value}</td>
  </>
)
