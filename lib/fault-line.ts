/** A fault as it goes into the log: where it was, never its message, since a database error spells out the values it was given. */
export function faultLine(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { fault: typeof error }
  const named = (key: 'code' | 'digest') => {
    const value: unknown = Reflect.get(error, key)
    return typeof value === 'string' ? { [key]: value } : {}
  }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    fault: error.name,
    ...named('code'),
    ...named('digest'),
    ...(error.cause instanceof Error ? { cause: error.cause.name } : {}),
    stack: frames.slice(0, 12).map((line) => line.trim()),
  }
}

/** Which of several processes says a line (PROCESSES); nothing where there is one. */
export const processMark = (): Readonly<Record<string, unknown>> =>
  process.env.PROCESS_NUMBER ? { process: Number(process.env.PROCESS_NUMBER) } : {}
