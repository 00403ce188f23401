import { notFound } from 'next/navigation'
import { keep, withEcho } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { found } from '#lib/action/found.ts'
import { applicantPage } from '#lib/auth/pages.ts'
import { printReceipt } from '#lib/commands/print-receipt.ts'
import { type Deps, deps } from '#lib/deps.ts'
import { isFault } from '#lib/domain/errors.ts'
import type { Issue } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'
import { press } from '#lib/print/press.ts'
import { instantWords } from '#lib/text/dates.ts'
import { receiptWords } from '#lib/text/papers.ts'
import { pictureFor } from '#lib/views/file.ts'
import { ownReceipt } from '#lib/views/receipts.ts'

interface Params {
  params: Promise<{ code: string }>
}

/** The paper of `/record/form/<code>` as a PDF, for whose it is; what is refused leads back to the page. */
export async function GET(_: Request, { params }: Params): Promise<Response> {
  const { actor } = await applicantPage()
  const d = await deps()
  const receipt = await found(ownReceipt(d, actor, (await params).code))
  try {
    return await press(async () => {
      await printReceipt(d, actor, receipt.code)
      const portrait = await portraitOf(d, actor, receipt.paper.portrait)
      const [{ paperPdf }, { pdfResponse }] = await Promise.all([
        import('#app/_print/paper-pdf.tsx'),
        import('#app/_print/respond.ts'),
      ])
      const { paper, shown, kind, verifyAt, verifyHref, issuedAt } = receipt
      const foot = { code: shown, issued: instantWords(issuedAt), verifyAt, verifyHref }
      return pdfResponse(await paperPdf(paper, foot, portrait), {
        cacheControl: 'private, no-store',
        name: 'paper.pdf',
        fileName: receiptWords.fileName(kind),
      })
    })
  } catch (error) {
    if (isFault(error, 'refused')) return refusal(paths.recordForm(receipt.code), error.issues, actor.id)
    if (isFault(error, 'not-found')) notFound()
    throw error
  }
}

type Actor = Awaited<ReturnType<typeof applicantPage>>['actor']

/** A picture may be gone by now: the sheet stands without it. */
async function portraitOf(d: Deps, actor: Actor, fileId: string) {
  if (fileId === '') return null
  try {
    return await pictureFor(d, actor, fileId)
  } catch (error) {
    if (isFault(error, 'not-found') || isFault(error, 'lost')) return null
    throw error
  }
}

async function refusal(page: string, issues: readonly Issue[], ownerId: string) {
  const id = await keep({ page, form: new Form({}), secret: [], issues, notice: '', ownerId })
  return new Response(null, { status: 303, headers: { location: `${withEcho(page, id)}#errors` } })
}
