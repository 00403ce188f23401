import type { ReactNode } from 'react'

interface InsteadOfPageProps {
  title: string
  text: string
  /** What to do about it. */
  children: ReactNode
}

/** In the place of a page that is not there or failed; runs in the browser too, so it is no `Page`. */
export const InsteadOfPage = ({ title, text, children }: InsteadOfPageProps) => (
  <main id="main" tabIndex={-1} className="mx-auto max-w-page px-4 pt-8 pb-16 sm:px-6">
    <h1 className="text-h1">{title}</h1>
    <p className="mt-2 mb-6 max-w-measure text-ink-2">{text}</p>
    {children}
  </main>
)
