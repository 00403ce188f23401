import type { ReactNode } from 'react'

type Kind = 'primary' | 'secondary' | 'danger' | 'quiet'

const classes: Readonly<Record<Kind, string>> = {
  primary: 'button button-primary',
  secondary: 'button button-secondary',
  danger: 'button button-danger',
  quiet: 'button button-quiet',
}

interface Look {
  kind?: Kind
  className?: string
  /** Tells apart buttons of the same word to those who only hear them: the row or file it acts on. */
  about?: string
  children: ReactNode
}

interface ButtonProps extends Look {
  /** The id of the form it sends, where it stands outside of it. */
  form?: string
  name?: string
  value?: string
}

const Word = ({ about, children }: Pick<Look, 'about' | 'children'>) => (
  <>
    {children}
    {about ? <span className="sr-only">{about}</span> : null}
  </>
)

/** A submit button; its word is a verb. */
export function Button({ kind = 'primary', className = '', about, children, ...rest }: ButtonProps) {
  return (
    <button type="submit" className={`${classes[kind]} ${className}`} {...rest}>
      <Word about={about}>{children}</Word>
    </button>
  )
}

/** A link that looks like the button it stands beside. */
export function LinkButton({
  href,
  kind = 'secondary',
  className = '',
  about,
  children,
}: Look & { href: string }) {
  return (
    <a href={href} className={`${classes[kind]} ${className}`}>
      <Word about={about}>{children}</Word>
    </a>
  )
}

/**
 * The foot row of a form. On phones `primary` spans the page and stays at the bottom of the window as long as
 * its form is in sight; the others follow below.
 */
export function Actions({ primary, children }: { primary?: ReactNode; children?: ReactNode }) {
  return (
    <div className="max-sm:contents sm:mt-8 sm:flex sm:flex-wrap sm:items-center sm:gap-3 sm:border-t sm:pt-6 print:hidden">
      {primary ? (
        <div className="max-sm:sticky max-sm:bottom-0 max-sm:z-10 max-sm:-mx-4 max-sm:mt-6 max-sm:grid max-sm:border-t max-sm:bg-paper max-sm:px-4 max-sm:py-3">
          {primary}
        </div>
      ) : null}
      {children ? (
        <div className="flex flex-wrap items-center gap-3 max-sm:mt-2 max-sm:*:grow">{children}</div>
      ) : null}
    </div>
  )
}

/**
 * What Enter in a text field presses: a form of several buttons would press its first one. Stands before the others,
 * for no eye, ear or Tab key.
 */
export function DefaultButton({ name = 'intent', intent }: { name?: string; intent: string }) {
  return (
    <button type="submit" name={name} value={intent} tabIndex={-1} aria-hidden="true" className="sr-only" />
  )
}
