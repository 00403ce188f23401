import { paths } from '#lib/paths.ts'
import { accountWords } from '#lib/text/account.ts'
import { Button } from './buttons.tsx'
import { bindings, Field } from './field-shell.tsx'

interface CaptchaProps {
  token: string
  errors: readonly string[]
  hint?: string
}

/** Picture, 放大, 换一张, the same digits as sound, and the answer (ACC-3). 换一张 sends the form around it with the intent `another`. */
export function Captcha({ token, errors, hint = accountWords.fields.captcha.hint }: CaptchaProps) {
  const field = { name: 'captcha', label: accountWords.fields.captcha.label, hint, optional: false, errors }
  return (
    <Field field={field}>
      <div className="flex flex-wrap items-center gap-3">
        <input
          id={field.name}
          name={field.name}
          inputMode="numeric"
          autoComplete="off"
          className="control max-w-40"
          {...bindings(field)}
        />
        <input type="hidden" name="captchaToken" value={token} />
        <img
          src={paths.captcha(token)}
          alt={accountWords.captchaPicture}
          width={200}
          height={72}
          className="rounded-md border"
        />
        <a
          href={paths.captchaLarge(token)}
          target="_blank"
          rel="noopener"
          title={accountWords.enlarged}
          className="inline-flex min-h-target items-center px-1"
        >
          {accountWords.enlarge}
        </a>
        <Button kind="quiet" name="intent" value="another">
          {accountWords.another}
        </Button>
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <span id="captcha-sound" className="text-hint text-ink-2">
          {accountWords.captchaSound}
        </span>
        {/* biome-ignore lint/a11y/useMediaCaption: its words are the answer, and the picture shows them. */}
        <audio
          controls
          preload="none"
          src={paths.captchaSound(token)}
          aria-labelledby="captcha-sound"
          className="h-target w-full max-w-80"
        />
      </div>
    </Field>
  )
}
