import type { ReactNode } from 'react'
import { paths } from '#lib/paths.ts'
import { footerWords, frameWords } from '#lib/text/ui.ts'
import { Icon } from './icons.tsx'
import { Chevron } from './panel.tsx'

export interface Viewer {
  /** Masked already. */
  name: string
  kind: 'applicant' | 'staff'
}
interface FrameProps {
  viewer: Viewer | null
  demo: boolean
  large: boolean
  highContrast: boolean
  children: ReactNode
}

/** Skip link, demo banner, top bar, menu, the page, footer. */
export function Frame({ viewer, demo, large, highContrast, children }: FrameProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-paper focus:px-4 focus:py-2"
      >
        {frameWords.skip}
      </a>
      <header className="print:hidden">
        {demo ? (
          <p className="bg-warn-soft text-hint">
            <span className="mx-auto flex max-w-page items-start gap-2 px-4 py-1.5 sm:px-6">
              <Icon name="warning" className="mt-[0.3em] text-warn" />
              {frameWords.demo}
            </span>
          </p>
        ) : null}
        <div className="border-t-4 border-t-brand border-b">
          <div className="mx-auto flex max-w-page flex-wrap items-center justify-between gap-x-6 px-4 pt-3 pb-1 sm:px-6 sm:py-3">
            <a
              href={paths.home}
              className="flex flex-wrap items-center gap-x-3 gap-y-0.5 py-1 text-ink no-underline hover:text-brand-strong"
            >
              <span className="text-h3 font-semibold sm:text-h2">
                {frameWords.service.map((part) => (
                  <span key={part} className="inline-block">
                    {part}
                  </span>
                ))}
              </span>
              <span className="rounded-sm border border-edge px-1.5 text-hint text-ink-2">
                {frameWords.edition}
              </span>
            </a>
            <div className="-mx-2 flex flex-wrap items-center text-hint">
              <Preference
                name="size"
                value={large ? '' : 'large'}
                word={large ? frameWords.normalSize : frameWords.large}
              />
              <Preference
                name="contrast"
                value={highContrast ? '' : 'high'}
                word={highContrast ? frameWords.normalContrast : frameWords.highContrast}
              />
              <span aria-hidden="true" className="mx-2 h-4 border-l border-edge" />
              {viewer ? <Account name={viewer.name} /> : <SignIn />}
            </div>
          </div>
          {viewer ? <Menu kind={viewer.kind} /> : null}
        </div>
      </header>
      <div className="grow">{children}</div>
      <Footer />
    </div>
  )
}

const topItem =
  'inline-flex min-h-target cursor-pointer px-2 items-center text-ink-2 no-underline hover:text-brand-strong hover:underline'

function Preference({ name, value, word }: { name: string; value: string; word: string }) {
  return (
    <form method="post" action={paths.preferences}>
      <input type="hidden" name={name} value={value} />
      <button type="submit" className={topItem}>
        {word}
      </button>
    </form>
  )
}

function Account({ name }: { name: string }) {
  return (
    <>
      <span className="px-2 font-medium">
        <span className="sr-only">{frameWords.signedInAs}</span>
        {name}
      </span>
      <form method="post" action={paths.logout}>
        <button type="submit" className={topItem}>
          {frameWords.logout}
        </button>
      </form>
    </>
  )
}

function SignIn() {
  return (
    <>
      <a href={paths.register} className={topItem}>
        {frameWords.register}
      </a>
      <a href={paths.login()} className={`${topItem} font-medium`}>
        {frameWords.login}
      </a>
    </>
  )
}

const menuItem =
  'flex min-h-target items-center gap-1.5 font-medium text-ink no-underline hover:text-brand hover:underline'

function Menu({ kind }: { kind: Viewer['kind'] }) {
  return (
    <nav aria-label={frameWords.menu} className="mx-auto max-w-page px-4 sm:px-6">
      <ul className="flex flex-wrap gap-x-8">
        {kind === 'staff' ? (
          <li>
            <a href={paths.review()} className={menuItem}>
              {frameWords.queue}
            </a>
          </li>
        ) : (
          <>
            <li>
              <a href={paths.home} className={menuItem}>
                {frameWords.home}
              </a>
            </li>
            <li>
              <details className="group relative">
                <summary className={`${menuItem} marker:content-none`}>
                  {frameWords.information}
                  <Chevron />
                </summary>
                <ul className="z-20 min-w-48 rounded-md border bg-paper px-4 sm:absolute sm:left-[-1rem]">
                  <li>
                    <a href={paths.collection} className={menuItem}>
                      {frameWords.collection}
                    </a>
                  </li>
                </ul>
              </details>
            </li>
          </>
        )}
      </ul>
    </nav>
  )
}

function Footer() {
  return (
    <footer className="border-t bg-panel text-hint text-ink-2 print:hidden">
      <div className="mx-auto max-w-page space-y-1 px-4 py-6 sm:px-6">
        <p className="font-medium text-ink">{footerWords.notOfficial}</p>
        <p className="flex flex-wrap gap-x-6">
          {[footerWords.host, footerWords.contact, footerWords.record].map((label) => (
            <span key={label}>
              {label}：{footerWords.unset}
            </span>
          ))}
        </p>
        <details className="group">
          <summary className="inline-flex min-h-target items-center gap-2 text-brand marker:content-none">
            <Chevron />
            {footerWords.accessibility}
          </summary>
          <p className="max-w-measure pb-2">{footerWords.accessibilityText}</p>
        </details>
      </div>
    </footer>
  )
}
