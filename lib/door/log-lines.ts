/** Lines of the log that leave together: a write for each request costs as much as finding who asks. */
export interface LogLines {
  /** Says a line within `ms`; one that tells of something else than a request at once, and all before it. */
  say: (line: Readonly<Record<string, unknown>>) => void
  /** What waits, now. */
  flush: () => void
}

const mostWaiting = 200

export function logLines(write: (text: string) => void, ms = 100): LogLines {
  let waiting: string[] = []
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (waiting.length === 0) return
    const text = waiting.join('')
    waiting = []
    write(text)
  }
  return {
    say(line) {
      waiting.push(`${JSON.stringify(line)}\n`)
      if ('event' in line || waiting.length >= mostWaiting) flush()
      else timer ??= setTimeout(flush, ms).unref()
    },
    flush,
  }
}
