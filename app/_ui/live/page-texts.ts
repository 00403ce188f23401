/** What is noted of the request under way has the name that `lib/door/marks.ts` gives it; no room of pages may import the door. */
interface Marks {
  readonly texts: string[] | null
}

const isHolder = (value: unknown): value is { getStore(): Marks | undefined } =>
  typeof value === 'object' && value !== null && 'getStore' in value

/**
 * The texts of the document that is being written, which its HTML carries and the tree for the browser does not; null where there is
 * no such document: in a browser, in an answer to one, in a page that is built ahead.
 */
export function textsOfDocument(): string[] | null {
  const holder: unknown = Reflect.get(globalThis, Symbol.for('app.marks'))
  return (isHolder(holder) && holder.getStore()?.texts) || null
}
