import { headers } from 'next/headers'

/** Who calls, as the door saw it: the address it found out itself, and what the browser says it is. */
export async function client(): Promise<{ address: string; agent: string }> {
  const head = await headers()
  return { address: head.get('x-client-ip') ?? '', agent: head.get('user-agent') ?? '' }
}
