import { verifySync } from 'otplib'

const period = 30

/**
 * The time step (RFC 6238) a typed code belongs to, one step of clock error to either side allowed; null when it is
 * wrong or not newer than the last step that was used, so that no code works twice (ACC-10).
 */
export function totpStepOf(secret: string, typed: string, now: Date, lastStep: number): number | null {
  if (secret === '' || !/^\d{6}$/.test(typed)) return null
  const found = verifySync({
    strategy: 'totp',
    secret,
    token: typed,
    epoch: Math.floor(now.getTime() / 1000),
    epochTolerance: period,
  })
  if (!found.valid || !('timeStep' in found)) return null
  return found.timeStep > lastStep ? found.timeStep : null
}
