import type { ReactNode } from 'react'

export interface Column<K extends string> {
  key: K
  /** Empty for the column of actions; such a cell has no label on a card either. */
  label: string
  /** Its cells are numbers, to be compared downwards. */
  isNumber?: boolean
}
export interface TableRow<K extends string> {
  id: string
  cells: Readonly<Record<K, ReactNode>>
}
interface TableProps<K extends string> {
  caption: string
  /** For the eye the caption is often said above already. */
  captionHidden?: boolean
  columns: readonly Column<K>[]
  rows: readonly TableRow<K>[]
  /** The column that names the row. */
  rowHeader?: K
  empty?: ReactNode
}

/** What needs no box of its own; an empty one tells the style sheet that a card has nothing to say here. */
const isWords = (cell: ReactNode) => typeof cell === 'string' && cell !== ''

/** A table; on phones every row is a card. */
export function Table<K extends string>(props: TableProps<K>) {
  const { caption, captionHidden = false, columns, rows, rowHeader, empty } = props
  if (rows.length === 0 && empty)
    return <div className="rounded-md border bg-panel p-6 text-ink-2">{empty}</div>
  return (
    <table className="records">
      <caption className={captionHidden ? 'sr-only' : 'pb-2 text-left text-h3 font-semibold'}>
        {caption}
      </caption>
      <thead>
        <tr>
          {columns.map(({ key, label, isNumber }) =>
            label === '' ? (
              <td key={key} />
            ) : (
              <th key={key} scope="col" className={isNumber ? 'number' : undefined}>
                {label}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, cells }) => (
          <tr key={id}>
            {columns.map(({ key, label, isNumber }) => {
              const shared = {
                'data-label': label === '' ? undefined : label,
                className: isNumber ? 'number' : undefined,
              }
              return key === rowHeader ? (
                <th key={key} scope="row" {...shared}>
                  <div className="font-medium">{cells[key]}</div>
                </th>
              ) : (
                <td key={key} {...shared}>
                  {isWords(cells[key]) ? cells[key] : <div>{cells[key]}</div>}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
