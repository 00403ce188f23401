import { rosterTemplateCsv } from '#lib/readers/roster-file.ts'
import { rosterTemplate as words } from '#lib/text/rosters.ts'

interface Params {
  params: Promise<{ name: string }>
}

/** 模板下载: the empty list of trainees (CRE-1). */
export async function GET(_: Request, { params }: Params): Promise<Response> {
  if ((await params).name !== 'roster') return new Response(null, { status: 404 })
  return new Response(rosterTemplateCsv(), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${words.asciiName}"; filename*=UTF-8''${encodeURIComponent(words.fileName)}`,
      'cache-control': 'public, max-age=3600',
    },
  })
}
