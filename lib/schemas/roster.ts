/** How much a list of trainees may hold at once (CRE-1). */
export const rosterLimits = { lines: 2000, bytes: 512 * 1024 } as const
