'use server'
import { formAction } from '#lib/action/form-action.ts'
import { requireSignedIn } from '#lib/auth/actors.ts'
import { endOtherSessions } from '#lib/commands/end-other-sessions.ts'
import { endOneSession } from '#lib/commands/end-session.ts'
import { paths } from '#lib/paths.ts'

const page = () => paths.accountSessions

/** 退出 of one device. */
export const endDevice = formAction({
  actor: requireSignedIn,
  page,
  read: (form) => ({ ok: true, value: { sessionId: form.get('session') } }) as const,
  run: endOneSession,
  then: () => `${paths.accountSessions}?done=ended#main`,
})

/** 退出其他全部设备. */
export const endOthers = formAction({
  actor: requireSignedIn,
  page,
  read: () => ({ ok: true, value: null }) as const,
  run: (deps, actor) => endOtherSessions(deps, actor),
  then: () => `${paths.accountSessions}?done=others#main`,
})
