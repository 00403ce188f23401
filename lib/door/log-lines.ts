/** Lines of the log that leave together: a write for each request costs as much as finding who asks. */
export interface LogLines {
  /** Says a line within `ms`; one that tells of something else than a request at once, and all before it. */
  say: (line: Readonly<Record<string, unknown>>) => void
  /** What waits, now. */
  flush: () => void
}

const mostWaiting = 200
/** What a pipe takes in one piece (PIPE_BUF): processes that share one would else write into each other's lines. */
const inOnePiece = 4096

/** Whole lines in pieces as large as that; a longer line is one by itself. */
function piecesOf(lines: readonly string[]): readonly string[] {
  const pieces: string[] = []
  let room = 0
  for (const line of lines) {
    const bytes = Buffer.byteLength(line)
    if (bytes > room) {
      pieces.push('')
      room = inOnePiece
    }
    pieces.push(`${pieces.pop()}${line}`)
    room -= bytes
  }
  return pieces
}

export function logLines(write: (text: string) => void, ms = 100): LogLines {
  let waiting: string[] = []
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    const pieces = piecesOf(waiting)
    waiting = []
    for (const piece of pieces) write(piece)
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
