'use server'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'

export async function save() {
  const jar = await cookies()
  if (!jar.has('seen')) jar.set('seen', 'before')
  redirect('/?done=saved')
}
