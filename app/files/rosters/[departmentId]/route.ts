import path from 'node:path'
import { keep, withEcho } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { requireStaff } from '#lib/auth/actors.ts'
import { viewer } from '#lib/auth/session.ts'
import { checkRoster } from '#lib/commands/check-roster.ts'
import { takeRosterTurn } from '#lib/commands/take-roster-turn.ts'
import { deps } from '#lib/deps.ts'
import { isFault } from '#lib/domain/errors.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import { encodingOf, isUtf16, textOf } from '#lib/files/csv-file.ts'
import { type NotReceived, receive } from '#lib/files/receive.ts'
import { paths } from '#lib/paths.ts'
import { rosterLimits } from '#lib/schemas/roster.ts'
import { seeOther, signInFirst } from '../../_answers.ts'

interface Params {
  params: Promise<{ departmentId: string }>
}

function arrivalIssue({ code }: NotReceived): Issue {
  if (code === 'none') return issue('file', 'roster-none')
  if (code === 'empty') return issue('file', 'roster-no-bytes')
  return code === 'too-big'
    ? issue('file', 'roster-too-large', { limit: rosterLimits.bytes })
    : issue('file', 'roster-interrupted')
}

/** POST a list of trainees for a department (CRE-1): judged by address before a byte is read, and gone once it was. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const d = await deps()
  const { departmentId } = await params
  const page = paths.rosters({ department: departmentId })
  try {
    const actor = await requireStaff()
    await takeRosterTurn(d, actor, { departmentId })
    const got = await receive(request, {
      maxBytes: rosterLimits.bytes,
      dir: path.join(d.env.dataDir, 'incoming'),
    })
    if (!got.ok) return refusal(request, page, actor.id, [arrivalIssue(got)])
    try {
      if (await isUtf16(got.content)) return refusal(request, page, actor.id, [issue('file', 'roster-utf16')])
      const text = textOf(got.content, await encodingOf(got.content))
      return seeOther(request, paths.roster(await checkRoster(d, actor, { departmentId, text })))
    } finally {
      await got.drop()
    }
  } catch (error) {
    if (isFault(error, 'refused'))
      return refusal(request, page, (await viewer())?.actor.id ?? null, error.issues)
    if (isFault(error, 'signed-out')) return signInFirst(request, page)
    if (isFault(error, 'not-found')) return new Response(null, { status: 404 })
    throw error
  }
}

async function refusal(request: Request, page: string, ownerId: string | null, issues: readonly Issue[]) {
  const id = await keep({ page, form: new Form({}), secret: [], issues, notice: '', ownerId })
  return seeOther(request, `${withEcho(page, id)}#errors`, { issues })
}
