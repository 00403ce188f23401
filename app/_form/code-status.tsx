import { Button } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { Countdown } from '#app/_ui/live/countdown.tsx'
import { accountWords, codeWaitWords, registerWords as words } from '#lib/text/account.ts'
import { type CodeWait, shownPhone } from '#lib/views/code-wait.ts'

interface Props {
  wait: CodeWait | null
  /** The phone as typed; '' where it is not to be named. */
  phone: string
  /** Whether the page was led back to by asking for a code, so that it tells what became of that. */
  asked: boolean
  /** What the button posts as `intent`. */
  intent?: string
  /** Tells the button apart where a page has two. */
  about?: string
}

/** 免费获取验证码, what became of the last one, and from when on it may be asked for again (ACC-3). */
export function CodeStatus({ wait, phone, asked, intent = 'code', about }: Props) {
  const to = phone === '' ? '' : shownPhone(phone)
  return (
    <div className="mb-6">
      {wait && asked ? (
        wait.state === 'sent' ? (
          <Notice kind="good">{words.sent(to)}</Notice>
        ) : (
          <Notice kind="info">{words.sending(to)}</Notice>
        )
      ) : null}
      <Button kind="secondary" name="intent" value={intent} {...(about ? { about } : {})}>
        {accountWords.sendCode}
      </Button>
      {wait ? (
        <p className="mt-1.5 text-hint text-ink-2">
          {codeWaitWords.sent(wait.sentAt, wait.nextAt)}
          <Countdown until={wait.nextAt.toISOString()} />
        </p>
      ) : null}
    </div>
  )
}
