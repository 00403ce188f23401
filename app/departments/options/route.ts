import { deps } from '#lib/deps.ts'
import { departmentOptions } from '#lib/views/department-levels.ts'

/** The nodes beneath one of the public department tree, for the cascade with script (DEP-1). */
export async function GET(request: Request): Promise<Response> {
  const parent = new URL(request.url).searchParams.get('parent') ?? ''
  return Response.json(parent === '' ? [] : await departmentOptions(await deps(), parent))
}
