import { redirect } from 'next/navigation'
import { paths } from '#lib/paths.ts'

/** CHG-1: opens on 基本信息. */
export default function ChangesPage() {
  redirect(paths.changes())
}
