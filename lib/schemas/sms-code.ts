/** ACC-3: how many digits an SMS code has and how long it is good; the next one may be asked for after the same time. */
export const smsCodeLimits = { digits: 6, minutes: 3 } as const
