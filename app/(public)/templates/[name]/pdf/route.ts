import { isFault } from '#lib/domain/errors.ts'
import { pressedOnce } from '#lib/print/press.ts'
import { resumePaper } from '#lib/views/resume.ts'

interface Params {
  params: Promise<{ name: string }>
}

const printer = () => import('#app/_print/resume-pdf.tsx')

/** 模板下载: the empty 会计专业工作简历表 as a PDF. */
export async function GET(_: Request, { params }: Params): Promise<Response> {
  if ((await params).name !== 'resume') return new Response(null, { status: 404 })
  try {
    const pdf = await pressedOnce('empty-resume', async () => (await printer()).resumePdf(resumePaper()))
    return (await printer()).resumeResponse(pdf, 'public, max-age=3600')
  } catch (error) {
    if (isFault(error, 'refused')) return new Response(null, { status: 503 })
    throw error
  }
}
