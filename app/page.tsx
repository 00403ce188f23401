import { cookies } from 'next/headers'
import { systemClock } from '#lib/clock.ts'
export default async function Page() {
  await cookies()
  return <p>{systemClock.now().toISOString()}</p>
}
