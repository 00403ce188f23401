import { viewer } from '#lib/auth/session.ts'

/** 继续使用 (SEC-5): being seen is what keeps a session; says how long it lasts from now. A POST, since no GET of ours is use. */
export async function POST(): Promise<Response> {
  const found = await viewer()
  if (!found) return Response.json({}, { status: 401 })
  const { leftMs, isFinal } = found.session
  return Response.json({ leftMs, isFinal })
}
