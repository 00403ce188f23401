import type { Metadata } from 'next'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { viewer } from '#lib/auth/session.ts'
import { deps, env } from '#lib/deps.ts'
import { frameWords } from '#lib/text/ui.ts'
import { frameView } from '#lib/views/frame.ts'
import { Bare, Frame } from './_ui/frame.tsx'
import { KeptForm } from './_ui/live/kept-form.tsx'
import { OnePress } from './_ui/live/one-press.tsx'
import { SessionEnd } from './_ui/live/session-end.tsx'
import { SessionTold } from './_ui/live/session-told.tsx'
import './globals.css'

const service = frameWords.service.join('')

export const metadata: Metadata = {
  title: { default: service, template: `%s · ${service}` },
  icons: { icon: '/icon.svg' },
}

export default async function Layout({ children }: { children: ReactNode }) {
  const [jar, found] = [await cookies(), await viewer()]
  const large = jar.get('size')?.value === 'large'
  const highContrast = jar.get('contrast')?.value === 'high'
  // Said by the door alone: the page stands within another of ours.
  const framed = (await headers()).get('x-framed') === '1'
  return (
    <html
      lang="zh-CN"
      data-size={large ? 'large' : undefined}
      data-contrast={highContrast ? 'high' : undefined}
    >
      <body>
        {framed ? (
          <Bare>{children}</Bare>
        ) : (
          <Frame
            viewer={found ? await frameView(await deps(), found.actor, found.account.name) : null}
            demo={env().demo}
            large={large}
            highContrast={highContrast}
          >
            {children}
          </Frame>
        )}
        <KeptForm />
        <OnePress />
        {found && framed ? <SessionTold {...found.session} madeAt={Date.now()} /> : null}
        {found && !framed ? <SessionEnd {...found.session} madeAt={Date.now()} /> : null}
      </body>
    </html>
  )
}
