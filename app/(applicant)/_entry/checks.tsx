import { Badge } from '#app/_ui/badge.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { anchorOf } from '#lib/paths.ts'
import { checkWords as words } from '#lib/text/checks.ts'
import { materials } from '#lib/text/collection.ts'
import type { RowChecks, RowMark } from '#lib/views/row-checks.ts'

/** 核验一致 · 核验不一致 · 待核验 of a row in a list (CHK-1). */
export function CheckMark({ mark }: { mark: RowMark | null }) {
  if (mark === null) return null
  const tones = { agrees: 'good', differs: 'bad', pending: 'quiet' } as const
  return <Badge tone={tones[mark]}>{words.marks[mark]}</Badge>
}

/** What registers did not confirm of a row; what was mended since says so. */
export function Failures({ checks }: { checks: RowChecks }) {
  return (
    <ul className="list-disc pl-5">
      {checks.failures.map(({ text, standing }) => (
        <li key={text}>
          {text}
          {standing === 'mended' ? (
            <>
              {' '}
              <Badge tone="info">{words.mendedOne}</Badge>
            </>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

/** The two ways out of 不一致: mend it without paper, or prove it (EDU-3). */
export const TwoWays = () => (
  <>
    <p>{words.ways}</p>
    <ol className="list-decimal pl-5">
      <li>{words.mend}</li>
      <li>{words.prove}</li>
    </ol>
  </>
)

/** What has to be uploaded while a row stays as it is; with `href` each leads to its slot on that page. */
export function Proofs({ checks, href = '' }: { checks: RowChecks; href?: string }) {
  if (checks.proofs.length === 0) return null
  if (checks.proofs.every(({ there }) => there))
    return <p className="mt-2">{checks.untouched ? words.confirm : words.allThere}</p>
  return (
    <>
      <p className="mt-2">{words.proofs}</p>
      <ul className="list-disc pl-5">
        {checks.proofs.map(({ at, label, there }) => (
          <li key={at}>
            <a href={`${href}#${anchorOf(at)}`}>{label}</a>{' '}
            <Badge tone={there ? 'good' : 'warn'} icon={there ? 'check' : 'empty'}>
              {there ? materials.uploaded : materials.missing}
            </Badge>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Above the form of a row: what differs, and what can be done about it. */
export function CheckNotice({ checks }: { checks: RowChecks | null }) {
  if (!checks) return null
  if (!checks.stands)
    return (
      <Notice kind="info" title={words.mendedTitle}>
        <Failures checks={checks} />
        <p>{words.mended}</p>
      </Notice>
    )
  return (
    <Notice kind="warn" title={words.differing}>
      <Failures checks={checks} />
      <TwoWays />
      <Proofs checks={checks} />
    </Notice>
  )
}
