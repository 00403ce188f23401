/** Ids are UUIDv7: their text sorts by the millisecond they were made in, so a time is a place among them. */

/** Not an id, but where the ids made at this instant or later begin: `id >= firstIdAt(from) && id < firstIdAt(to)`. */
export function firstIdAt(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}

/** When an id was made; null for a text that is none. */
export function instantOfId(id: string): Date | null {
  const [, high, low] = /^([0-9a-f]{8})-([0-9a-f]{4})-7/.exec(id) ?? []
  return high && low ? new Date(Number.parseInt(high + low, 16)) : null
}
