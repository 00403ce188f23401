import type { ReactNode } from 'react'
import { paths } from '#lib/paths.ts'
import { frameWords } from '#lib/text/ui.ts'
import { written } from './written.ts'

export interface Crumb {
  href?: string
  label: string
}
interface PageProps {
  /** From below the home page down; the last is this page and has no address. None on the home page itself. */
  crumbs: readonly Crumb[]
  title: ReactNode
  /** One sentence of what the page is for. */
  lead?: ReactNode
  /** At the right of the title: a state. */
  beside?: ReactNode
  /** The left column: the steps of a wizard, the sections of a review. */
  side?: ReactNode
  /** The right column, below on phones. */
  aside?: ReactNode
  width?: 'normal' | 'wide'
  children: ReactNode
}

/** Breadcrumb and main, with the page's one h1. */
export const Page = (props: PageProps) => written(<Whole {...props} />)

function Whole({ crumbs, title, lead, beside, side, aside, width = 'normal', children }: PageProps) {
  const grid = `page-grid ${side ? 'has-side' : ''} ${aside ? 'has-aside' : ''}`
  return (
    <div data-width={width} className="mx-auto max-w-page px-4 sm:px-6">
      <Breadcrumb crumbs={crumbs} />
      <main id="main" tabIndex={-1} className={`pb-16 ${grid} ${crumbs.length > 0 ? '' : 'pt-8'}`}>
        {side ? <div className="min-w-0 print:hidden">{side}</div> : null}
        <div className="min-w-0">
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <h1 className="text-h1">{title}</h1>
            {beside}
          </div>
          {lead ? <p className="mt-2 max-w-measure text-ink-2">{lead}</p> : null}
          <div className="mt-6">{children}</div>
        </div>
        {aside ? <aside className="page-aside min-w-0 space-y-4 print:hidden">{aside}</aside> : null}
      </main>
    </div>
  )
}

function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  if (crumbs.length === 0) return null
  return (
    <nav aria-label={frameWords.breadcrumb} className="py-3 text-hint print:hidden">
      <ol className="flex flex-wrap items-center">
        {[{ href: paths.home, label: frameWords.home }, ...crumbs].map(({ href, label }: Crumb, index) => (
          <li key={`${href}${label}`} className="flex items-center text-ink-3">
            {href ? (
              <a href={href} className="py-1 no-underline hover:underline">
                {label}
              </a>
            ) : (
              <span aria-current="page">{label}</span>
            )}
            {index < crumbs.length ? (
              <span aria-hidden="true" className="px-2">
                /
              </span>
            ) : null}
          </li>
        ))}
      </ol>
    </nav>
  )
}
