import type { ReactNode } from 'react'
import { paths } from '#lib/paths.ts'
import { footerWords, frameWords } from '#lib/text/ui.ts'
import { Icon } from './icons.tsx'
import { Chevron } from './panel.tsx'
import { written } from './written.ts'

export interface Viewer {
  /** Masked already. */
  name: string
  kind: 'applicant' | 'claimant' | 'staff'
  /** Unread messages as they stand beside the word; '' for none. */
  unread: string
  /** What of the staff's menu is for this person. */
  hasQueue: boolean
  managesStaff: boolean
  managesDepartments: boolean
  runsExams: boolean
  listsEntries: boolean
  seesFigures: boolean
  exports: boolean
  audits: boolean
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
  return written(
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
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
              <a href={paths.help()} className={topItem}>
                {frameWords.help}
              </a>
              {viewer ? <Account viewer={viewer} /> : <SignIn />}
            </div>
          </div>
          {viewer ? <Menu viewer={viewer} /> : null}
        </div>
      </header>
      <div className="grow">{children}</div>
      <Footer />
    </div>,
  )
}

/** A page that stands within another: the page around it has head and foot. */
export const Bare = ({ children }: { children: ReactNode }) => (
  <>
    <SkipLink />
    {children}
  </>
)

const SkipLink = () => (
  <a
    href="#main"
    className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-paper focus:px-4 focus:py-2"
  >
    {frameWords.skip}
  </a>
)

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

function Account({ viewer: { name, unread } }: { viewer: Viewer }) {
  return (
    // Together on one line, the second on a phone.
    <div className="flex items-center">
      <a href={paths.account} className={`${topItem} font-medium`}>
        <span className="sr-only">{frameWords.signedInAs}</span>
        {/* A name of a passport may be longer than the line (ACC-4). */}
        <span className="max-w-28 truncate sm:max-w-48">{name}</span>
      </a>
      <a href={paths.messages()} className={topItem}>
        {frameWords.messages}
        {unread === '' ? null : (
          <span className="ml-1 rounded-full bg-brand px-1.5 text-paper tabular-nums">
            {unread}
            <span className="sr-only">{frameWords.unread}</span>
          </span>
        )}
      </a>
      <form method="post" action={paths.logout}>
        <button type="submit" className={topItem}>
          {frameWords.logout}
        </button>
      </form>
    </div>
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

function Menu({ viewer }: { viewer: Viewer }) {
  const links = staffLinks(viewer)
  return (
    <nav aria-label={frameWords.menu} className="mx-auto max-w-page px-4 sm:px-6">
      <ul className="flex flex-wrap gap-x-8">
        {links.map(({ href, word }) => (
          <li key={href}>
            <a href={href} className={menuItem}>
              {word}
            </a>
          </li>
        ))}
        {viewer.kind === 'applicant' ? (
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
                    <a href={paths.record} className={menuItem}>
                      {frameWords.record}
                    </a>
                  </li>
                  <li>
                    <a href={paths.collection} className={menuItem}>
                      {frameWords.collection}
                    </a>
                  </li>
                  <li>
                    <a href={paths.changes()} className={menuItem}>
                      {frameWords.changes}
                    </a>
                  </li>
                  <li>
                    <a href={paths.transfers} className={menuItem}>
                      {frameWords.transfers}
                    </a>
                  </li>
                  <li>
                    <a href={paths.credits()} className={menuItem}>
                      {frameWords.credits}
                    </a>
                  </li>
                  <li>
                    <a href={paths.conduct} className={menuItem}>
                      {frameWords.conduct}
                    </a>
                  </li>
                </ul>
              </details>
            </li>
            <li>
              <a href={paths.exams} className={menuItem}>
                {frameWords.exams}
              </a>
            </li>
          </>
        ) : null}
      </ul>
    </nav>
  )
}

/** What a member of staff, or somebody who claims a number, may open; applicants have a menu of their own. */
function staffLinks({
  kind,
  hasQueue,
  managesStaff,
  managesDepartments,
  runsExams,
  listsEntries,
  seesFigures,
  exports,
  audits,
}: Viewer): { href: string; word: string }[] {
  if (kind === 'claimant') return [{ href: paths.accountAppeal, word: frameWords.appeal }]
  return [
    ...(hasQueue
      ? [
          { href: paths.review(), word: frameWords.queue },
          { href: paths.rosters(), word: frameWords.rosters },
          { href: paths.conductEntries(), word: frameWords.entries },
        ]
      : []),
    ...(managesStaff ? [{ href: paths.staff(), word: frameWords.staff }] : []),
    ...(managesDepartments ? [{ href: paths.departments(), word: frameWords.departments }] : []),
    ...(runsExams ? [{ href: paths.examSessions, word: frameWords.examSessions }] : []),
    ...(listsEntries && !runsExams ? [{ href: paths.examRegistrations, word: frameWords.examEntries }] : []),
    ...(seesFigures ? [{ href: paths.figures(), word: frameWords.figures }] : []),
    ...(exports ? [{ href: paths.exports(), word: frameWords.exports }] : []),
    ...(audits ? [{ href: paths.audit(), word: frameWords.audit }] : []),
  ]
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
        <p className="flex flex-wrap gap-x-6">
          {[
            { href: paths.help(), label: frameWords.help },
            { href: paths.templates, label: frameWords.templates },
            { href: paths.awards(), label: frameWords.awards },
            { href: paths.verify(), label: frameWords.verify },
          ].map(({ href, label }) => (
            <a key={href} href={href} className="inline-flex min-h-target items-center">
              {label}
            </a>
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
