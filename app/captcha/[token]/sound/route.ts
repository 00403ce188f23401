/** The captcha spoken (ACC-3). Nothing is written by listening. */
import { captchaDigits } from '#lib/auth/captcha-token.ts'
import { deps } from '#lib/deps.ts'
import { partOf } from './part.ts'

export async function GET(
  request: Request,
  { params }: { params: Promise<{ token: string }> },
): Promise<Response> {
  const d = await deps()
  const spoken = captchaDigits(d, (await params).token)
  if (!spoken) return new Response(null, { status: 404 })
  const sound = d.captcha.speak(spoken.digits, { seed: spoken.seed })
  const part = partOf(request.headers.get('range'), sound.length)
  const headers = {
    'content-type': 'audio/wav',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
  }
  if (!part) return new Response(new Uint8Array(sound), { headers })
  return new Response(new Uint8Array(sound.subarray(part.from, part.to + 1)), {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${part.from}-${part.to}/${sound.length}` },
  })
}
