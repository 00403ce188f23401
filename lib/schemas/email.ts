/** Full-width letters and the full stop of a Chinese keyboard become ASCII; what copying brings along unseen is dropped (ACC-2). */
export const normaliseEmail = (raw: string): string =>
  raw
    .normalize('NFKC')
    .replaceAll('。', '.')
    .replace(/\p{Cf}/gu, '')
    .trim()

const local = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const label = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/

/** Whether mail can be sent there by any system: ASCII letters, as RFC 5321 has them, at a domain with a name above it. */
export function isEmail(email: string): boolean {
  const [name = '', domain = '', ...rest] = email.split('@')
  const labels = domain.split('.')
  return (
    rest.length === 0 &&
    local.test(name) &&
    labels.length > 1 &&
    labels.every((one) => label.test(one)) &&
    (labels.at(-1) ?? '').length > 1
  )
}
