const longestPause = 10 * 60_000

/** How long something that failed waits before it is tried again: 2 s, 4 s, 8 s … up to ten minutes. In ms, for the tries so far. */
export const pauseAfter = (tries: number): number => Math.min(longestPause, 1000 * 2 ** Math.max(1, tries))
