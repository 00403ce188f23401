/** One system for all browser tests; each test makes its own people in it. */
import { startServer } from './server.ts'

/** The picture need not be read by a machine here: demo mode accepts this answer. */
export const fixedCaptcha = '2468'

export default async function setup() {
  // Everybody here comes from one network: what it may ask for is counted by tests of its own.
  const many = {
    LIMITS_SMS_PER_ADDRESS_PER_HOUR: '1000',
    LIMITS_CAPTCHA_PER_ADDRESS_PER_HOUR: '5000',
    LIMITS_SIGN_IN_FAILURES_PER_ADDRESS: '1000',
    LIMITS_SIGN_IN_FAILURES_PER_DAY: '1000',
  }
  const server = await startServer({ env: { CAPTCHA_FIXED: fixedCaptcha, ...many } })
  process.env.PLAYWRIGHT_BASE_URL = server.url
  process.env.PLAYWRIGHT_DATA_DIR = server.dataDir
  return async () => {
    await server.stop()
  }
}
