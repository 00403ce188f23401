import { Panel } from '#app/_ui/panel.tsx'
import { cautions } from '#lib/text/account.ts'

/** 注意事项 (ACC-5). */
export function Cautions({ of }: { of: 'register' | 'login' }) {
  return (
    <Panel title={cautions.title} tone="panel">
      <ul className="list-disc space-y-2 pl-5 text-hint text-ink-2">
        {cautions[of].map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Panel>
  )
}
