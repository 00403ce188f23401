import { Panel } from '#app/_ui/panel.tsx'
import { paths } from '#lib/paths.ts'
import { cautions } from '#lib/text/account.ts'
import type { HelpTopicId } from '#lib/text/help/define.ts'
import { helpWords } from '#lib/text/help/words.ts'

const topics = { register: 'registration', login: 'sign-in' } as const satisfies Record<string, HelpTopicId>

/** 注意事项 with the way to 帮助中心 (ACC-5). */
export function Cautions({ of }: { of: 'register' | 'login' }) {
  return (
    <Panel title={cautions.title} tone="panel">
      <ul className="list-disc space-y-2 pl-5 text-hint text-ink-2">
        {cautions[of].map((text) => (
          <li key={text}>{text}</li>
        ))}
        <li>
          {helpWords.more}
          <a href={paths.helpTopic(topics[of])}>{helpWords.title}</a>
        </li>
      </ul>
    </Panel>
  )
}
