/** 退出 (SEC-4: by POST alone; following a link ends nothing). */
import { endSession } from '#lib/auth/next-auth.ts'
import { paths } from '#lib/paths.ts'

const home = () => new Response(null, { status: 303, headers: { location: paths.home } })

export async function POST(): Promise<Response> {
  await endSession()
  return home()
}

export const GET = home
