/** What the form of a leave refuses before anything is looked up (ADM-1). */
import { z } from 'zod'
import type { Day } from '#lib/domain/days.ts'
import { lastLeaveDay } from '#lib/domain/leave.ts'
import { type Issue, issue, ok, type Result, refuse } from '#lib/domain/result.ts'
import { readDay, typed } from './account.ts'

export interface PostedLeave {
  /** The last day of it. */
  readonly until: Day
  /** Who stands in, by account or by login name; null for nobody. A login that was typed goes before a choice. */
  readonly deputy: { readonly id: string } | { readonly login: string } | null
}

const leaveForm = z.object({ leaveUntil: typed(40), deputy: typed(40), deputyLogin: typed(100) })

/** Issues at `leaveUntil`: `required`, `leave-until` {last}. */
export function checkLeave(raw: unknown, today: Day): Result<PostedLeave> {
  const form = leaveForm.parse(raw)
  const until = readDay(form.leaveUntil)
  const last = lastLeaveDay(today)
  const wrong: Issue | null =
    form.leaveUntil.trim() === ''
      ? issue('leaveUntil', 'required')
      : until === '' || until < today || until > last
        ? issue('leaveUntil', 'leave-until', { last })
        : null
  if (wrong || until === '') return refuse(wrong ?? issue('leaveUntil', 'required'))
  return ok({ until, deputy: deputyIn(raw) })
}

/** Who was named, also where the day is wrong. */
export function deputyIn(raw: unknown): PostedLeave['deputy'] {
  const { deputy, deputyLogin } = leaveForm.parse(raw)
  const login = deputyLogin.normalize('NFKC').trim().toLowerCase()
  if (login !== '') return { login }
  return deputy === '' ? null : { id: deputy }
}
