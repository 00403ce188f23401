import { requireApplicant } from '#lib/auth/actors.ts'
import { pollCertify } from '#lib/commands/poll-certify.ts'
import { deps } from '#lib/deps.ts'
import { isFault } from '#lib/domain/errors.ts'

interface Params {
  params: Promise<{ order: string }>
}

const no = (status: number) => Response.json({}, { status })

/** `{state}` of an order, for the page that waits for it. A POST: asking may write down the provider's answer. */
export async function POST(_request: Request, { params }: Params): Promise<Response> {
  try {
    const actor = await requireApplicant()
    return Response.json({ state: await pollCertify(await deps(), actor, (await params).order) })
  } catch (error) {
    // The provider does not answer: the next turn may be luckier.
    if (isFault(error, 'refused')) return Response.json({ state: 'pending' })
    if (isFault(error, 'signed-out')) return no(401)
    if (isFault(error, 'not-found')) return no(404)
    throw error
  }
}
