/** The one place that knows the present. Everything else is given a `Clock`. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }
