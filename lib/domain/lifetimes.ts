/** How long things last that no setting changes, where people are told of it, in minutes. */
export const captchaMinutes = 3
/** A form that was refused, or left for a moment (the echo). */
export const keptMinutes = 15
/** A request to the identity provider (IDV-2). */
export const certifyMinutes = 15
/** An order of an exam's fee (EXM-3): no longer than its deadline. */
export const payMinutes = 120
/** From proving who one is to the first code of a new authenticator (ACC-10). */
export const factorTicketMinutes = 30
