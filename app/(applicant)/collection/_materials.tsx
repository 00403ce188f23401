import { Badge } from '#app/_ui/badge.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { paths } from '#lib/paths.ts'
import { collectionWords, materials as words } from '#lib/text/collection.ts'
import type { Proof } from '#lib/views/material-proofs.ts'
import type { MaterialGroup, Materials } from '#lib/views/materials.ts'

/** COL-5 on 采集须知, with a link to the page that prints it alone. */
export const MaterialsPanel = ({ materials }: { materials: Materials }) => (
  <div className="mt-8">
    <Panel
      id="materials"
      tone="panel"
      title={collectionWords.checklistTitle}
      beside={
        <a href={paths.collectionMaterials} className="inline-flex min-h-target items-center print:hidden">
          {words.print}
        </a>
      }
    >
      <MaterialLists materials={materials} level={3} />
    </Panel>
  </div>
)

type Level = 2 | 3
const Title = ({ level, children }: { level: Level; children: string }) => {
  const Heading = level === 2 ? 'h2' : 'h3'
  return <Heading className="text-h3">{children}</Heading>
}

interface ListsProps {
  materials: Materials
  /** Of its headings, one below the heading they stand under. */
  level: Level
}

/** Page by page what is to be uploaded, then what needs no paper. */
export function MaterialLists({ materials: { groups, free, isOpen }, level }: ListsProps) {
  return (
    <div className="space-y-5">
      {groups.map((group) => (
        <Group key={group.title} group={group} level={level} />
      ))}
      {isOpen ? <p className="text-ink-2">{words.unchosen}</p> : null}
      <section>
        <Title level={level}>{words.freeTitle}</Title>
        <Lines lines={free} />
      </section>
      <p className="text-hint text-ink-2">{collectionWords.checklistNote}</p>
    </div>
  )
}

function Group({ group: { title, places, later }, level }: { group: MaterialGroup; level: Level }) {
  return (
    <section>
      <Title level={level}>{title}</Title>
      {places.length === 0 && later.length === 0 ? <p className="mt-1 text-ink-2">{words.nothing}</p> : null}
      {places.map(({ title: row, href, proofs, isOpen }) => (
        <div key={`${href}/${row}`} className="mt-2">
          <a
            href={href}
            className="inline-flex min-h-target items-center font-medium break-all print:min-h-0"
          >
            {row === '' ? title : row}
          </a>
          {proofs.length === 0 ? (
            <p className="text-ink-2">{isOpen ? words.open : words.nothing}</p>
          ) : (
            <Proofs proofs={proofs} />
          )}
        </div>
      ))}
      {later.length > 0 ? (
        <>
          <p className="mt-2 text-ink-2">{words.later}</p>
          <Lines lines={later} />
        </>
      ) : null}
    </section>
  )
}

const Proofs = ({ proofs }: { proofs: readonly Proof[] }) => (
  <ul className="space-y-2">
    {proofs.map(({ label, uploaded, links }) => (
      <li key={label} className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0">{label}</span>
        <Badge tone={uploaded ? 'good' : 'warn'}>{uploaded ? words.uploaded : words.missing}</Badge>
        {links.map((link) => (
          <a key={link.href} href={link.href} className="print:hidden">
            {link.label}
          </a>
        ))}
      </li>
    ))}
  </ul>
)

const Lines = ({ lines }: { lines: readonly string[] }) => (
  <ul className="mt-1 list-disc space-y-1 pl-5">
    {lines.map((line) => (
      <li key={line}>{line}</li>
    ))}
  </ul>
)
