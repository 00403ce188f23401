import { cookies } from 'next/headers'
import { save } from './actions.js'

export default async function Page() {
  const jar = await cookies()
  return (
    <form action={save}>
      <input name="word" defaultValue={jar.get('seen')?.value ?? 'new'} />
      <button type="submit">Save</button>
    </form>
  )
}
