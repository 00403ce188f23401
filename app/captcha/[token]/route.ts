/** The picture of a captcha; `?size=large` twice as large (ACC-3). Nothing is written by looking. */
import { captchaDigits } from '#lib/auth/captcha-token.ts'
import { deps } from '#lib/deps.ts'

export async function GET(
  request: Request,
  { params }: { params: Promise<{ token: string }> },
): Promise<Response> {
  const d = await deps()
  const shown = captchaDigits(d, (await params).token)
  if (!shown) return new Response(null, { status: 404 })
  const scale = new URL(request.url).searchParams.get('size') === 'large' ? 2 : 1
  const picture = await d.captcha.draw(shown.digits, { scale, seed: shown.seed })
  return new Response(new Uint8Array(picture), {
    headers: {
      'content-type': 'image/png',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
