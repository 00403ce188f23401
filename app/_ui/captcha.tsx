import { paths } from '#lib/paths.ts'
import { accountWords } from '#lib/text/account.ts'
import { Button } from './buttons.tsx'
import { bindings, Field } from './field-shell.tsx'

interface CaptchaProps {
  token: string
  errors: readonly string[]
  hint?: string
}

/** Picture, 放大, 换一张 and the answer (ACC-3). 换一张 sends the form around it with the intent `another`. */
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
    </Field>
  )
}
