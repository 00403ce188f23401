import { acceptPaymentNotice } from '#lib/commands/accept-payment-notice.ts'
import { deps } from '#lib/deps.ts'
import { isFault } from '#lib/domain/errors.ts'

const longest = 64 * 1024

/** What Alipay wants to read: anything but `success` makes it call again. */
const say = (word: 'success' | 'fail', status = 200) =>
  new Response(word, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })

/** The provider's own server calls here (SEC-4): no session and no Origin, a signature instead. */
export async function POST(request: Request): Promise<Response> {
  const length = request.headers.get('content-length')
  if (length === null) return say('fail', 411)
  if (!(Number(length) <= longest)) return say('fail', 413)
  try {
    const fields = Object.fromEntries(new URLSearchParams(await request.text()))
    await acceptPaymentNotice(await deps(), null, fields)
    return say('success')
  } catch (error) {
    if (isFault(error, 'not-found')) return say('fail', 404)
    if (isFault(error, 'refused'))
      return error.issues.some(({ code }) => code === 'payment-notice-unsigned')
        ? say('fail', 403)
        : say('fail')
    throw error
  }
}
