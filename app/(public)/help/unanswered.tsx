import { AsidePanel } from '#app/_ui/panel.tsx'
import { paths } from '#lib/paths.ts'
import { helpWords as words } from '#lib/text/help/words.ts'
import { frameWords } from '#lib/text/ui.ts'

/** How to reach the department, and where the forms are. */
export function Unanswered() {
  return (
    <AsidePanel title={words.unanswered} more={{ href: paths.templates, label: frameWords.templates }}>
      <p>{words.contact}</p>
    </AsidePanel>
  )
}
