import { keep, withEcho } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { takePrintTurn } from '#lib/commands/take-print-turn.ts'
import { isFault } from '#lib/domain/errors.ts'
import type { Issue } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'
import { press } from '#lib/print/press.ts'
import { resumePaper, resumeSheet } from '#lib/views/resume.ts'
import { resumeDraft } from '#lib/views/resume-draft.ts'
import { openDesk } from '../../_desk.tsx'

/** WRK-4: the sheet of `/collection/resume` as a PDF, for whom that page is; what is refused leads back to the page. */
export async function GET(): Promise<Response> {
  const { d, actor, desk } = await openDesk()
  const paper = resumePaper(resumeSheet((await resumeDraft(d, actor)) ?? desk.draft, desk.file.account))
  try {
    return await press(async () => {
      await takePrintTurn(d, actor)
      const { resumeResponse, resumePdf } = await import('#app/_print/resume-pdf.tsx')
      return resumeResponse(await resumePdf(paper), 'private, no-store')
    })
  } catch (error) {
    if (isFault(error, 'refused')) return refusal(error.issues, actor.id)
    throw error
  }
}

async function refusal(issues: readonly Issue[], ownerId: string) {
  const page = paths.collectionResume
  const id = await keep({ page, form: new Form({}), secret: [], issues, notice: '', ownerId })
  return new Response(null, { status: 303, headers: { location: `${withEcho(page, id)}#errors` } })
}
