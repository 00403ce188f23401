/** One system for all browser tests; each test makes its own people in it. */
import { startServer } from './server.ts'

/** The picture need not be read by a machine here: demo mode accepts this answer. */
export const fixedCaptcha = '2468'

export default async function setup() {
  const server = await startServer({ env: { CAPTCHA_FIXED: fixedCaptcha } })
  process.env.PLAYWRIGHT_BASE_URL = server.url
  process.env.PLAYWRIGHT_DATA_DIR = server.dataDir
  return async () => {
    await server.stop()
  }
}
