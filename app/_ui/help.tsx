/** Parts of 帮助中心: answers, what a search marks, and the questions of a topic on the page where they arise. */
import { paths } from '#lib/paths.ts'
import type { Marked } from '#lib/readers/help-search.ts'
import { moreHelp } from '#lib/text/help/all.ts'
import type { HelpTopicId } from '#lib/text/help/define.ts'
import { frameWords } from '#lib/text/ui.ts'
import { helpLinks, type ShownBlock, type ShownPiece } from '#lib/views/help.ts'
import { AsidePanel } from './panel.tsx'

const Line = ({ line }: { line: readonly ShownPiece[] }) =>
  line.map(({ text, href }) =>
    href ? (
      <a key={`${href}${text}`} href={href}>
        {text}
      </a>
    ) : (
      text
    ),
  )

const keyOf = (line: readonly ShownPiece[]) => line.map(({ text }) => text).join('')

export function Answer({ blocks }: { blocks: readonly ShownBlock[] }) {
  return (
    <div className="max-w-measure space-y-2">
      {blocks.map((block) =>
        block.kind === 'text' ? (
          <p key={keyOf(block.line)}>
            <Line line={block.line} />
          </p>
        ) : (
          <ul key={keyOf(block.lines.flat())} className="list-disc space-y-1 pl-5">
            {block.lines.map((line) => (
              <li key={keyOf(line)}>
                <Line line={line} />
              </li>
            ))}
          </ul>
        ),
      )}
    </div>
  )
}

export const Marks = ({ of }: { of: Marked }) =>
  of.map(({ text, hit }, at) => {
    // Pieces stand in a row and never move: their place is what they are.
    const key = `${at}${text}`
    return hit ? (
      <mark key={key} className="border-b-2 border-warn bg-warn-soft text-inherit">
        {text}
      </mark>
    ) : (
      <span key={key}>{text}</span>
    )
  })

/** What is often asked about this page, as links into 帮助中心. */
export function HelpAside({ topic }: { topic: HelpTopicId }) {
  return (
    <AsidePanel title={frameWords.aside} more={{ href: paths.helpTopic(topic), label: moreHelp(topic) }}>
      <ul>
        {helpLinks(topic).map(({ href, label }) => (
          <li key={href}>
            <a href={href} className="flex min-h-target items-center">
              {label}
            </a>
          </li>
        ))}
      </ul>
    </AsidePanel>
  )
}
