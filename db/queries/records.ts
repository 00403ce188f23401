/** Binds a sealed value of the approved record to its person, table, row and column (SEC-2). */
export const recordContext = (personId: string, table: string, rowId: string, field: string) =>
  `record:${personId}:${table}:${rowId}:${field}`
