'use client'
import { createElement, useContext, useState } from 'react'
import { textsOfDocument } from './page-texts.ts'
import { Stands } from './standing.ts'

interface Place {
  /** Where the text stands among those of the document. */
  at?: number
  /** The text itself, where the browser has no document that carries it. */
  html?: string
}

const innerOf = ({ at, html }: Place) => (html === undefined ? textAt(at ?? -1) : asWritten(html))

/** An element whose inside is text: of a document it is where it was, and does not come a second time in the tree (decision 040). */
export function KeptText({ as, at, html, ...attributes }: Place & { as: string }) {
  const __html = innerOf({ at, html })
  return createElement(as, { ...attributes, 'data-text': at, dangerouslySetInnerHTML: { __html } })
}

/**
 * A select whose options are text. New options would be a new choice: where the form around says by itself when it is drawn anew, a
 * page that comes anew meanwhile leaves this one as it is; elsewhere another choice of the server's draws it anew.
 */
export function KeptSelect(props: Place & { defaultValue?: string }) {
  const key = useContext(Stands) ? null : props.defaultValue
  return <FirstOptions key={key} {...props} />
}

function FirstOptions({ at, html, ...attributes }: Parameters<typeof KeptSelect>[0]) {
  const [first] = useState({ at, __html: innerOf({ at, html }) })
  const { __html } = first
  return createElement('select', {
    ...attributes,
    'data-text': first.at,
    dangerouslySetInnerHTML: { __html },
  })
}

/** Of the one document of this browser tab: whoever goes back to it without loading it finds them here. */
const found = new Map<number, string>()

function textAt(at: number): string {
  const text = typeof document === 'undefined' ? textsOfDocument()?.[at] : textInBrowser(at)
  if (text === undefined) throw new Error('a text that no document carries')
  return text
}

function textInBrowser(at: number): string | undefined {
  // All at once, as those of a page that was left are not to be found any more.
  if (!found.has(at))
    for (const { dataset, innerHTML } of document.querySelectorAll<HTMLElement>('[data-text]')) {
      const place = Number(dataset.text)
      if (!found.has(place)) found.set(place, innerHTML)
    }
  return found.get(at)
}

/** As the browser writes the same, so that React sees what has not changed and leaves it alone. */
function asWritten(html: string): string {
  if (typeof document === 'undefined') return html
  const template = document.createElement('template')
  template.innerHTML = html
  return template.innerHTML
}
