import { cookies } from 'next/headers'

export default async function Page() {
  const jar = await cookies()
  return (
    <main>
      <h1>Floor</h1>
      <p>{jar.get('seen')?.value ?? 'new'}</p>
    </main>
  )
}
