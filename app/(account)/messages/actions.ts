'use server'
import { formAction } from '#lib/action/form-action.ts'
import { requireSignedIn } from '#lib/auth/actors.ts'
import { openMessage, readAllMessages } from '#lib/commands/read-messages.ts'
import { ok } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'
import { placeOfMessage } from '#lib/views/messages.ts'

const page = () => paths.messages()

/** 查看: it counts as read, and the page it is about opens. */
export const open = formAction({
  actor: requireSignedIn,
  page,
  read: (form) => ok({ messageId: form.get('message') }),
  run: (deps, actor, input) => openMessage(deps, actor, input),
  then: placeOfMessage,
})

/** 标为已读. */
export const markRead = formAction({
  actor: requireSignedIn,
  page,
  read: (form) => ok({ messageId: form.get('message') }),
  run: (deps, actor, input) => openMessage(deps, actor, input),
  then: () => `${paths.messages()}#main`,
})

/** 全部标为已读. */
export const markAll = formAction({
  actor: requireSignedIn,
  page,
  read: () => ok(null),
  run: (deps, actor) => readAllMessages(deps, actor),
  then: () => `${paths.messages()}#main`,
})
