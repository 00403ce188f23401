/** The second table: the same pages over more and more people. */
import type { Measured } from './measure.ts'
import { factLines, type RunFacts } from './report.ts'
import { growthTarget } from './targets.ts'

const ms = (value: number) => value.toFixed(1)

function line(all: readonly Measured[]): string {
  const [small, ...others] = all
  if (!small) return ''
  const large = others.at(-1) ?? small
  const ratio = large.cpuMs / small.cpuMs
  const alike = all.every(({ rows }) => rows === small.rows)
  const verdict = all.length < 2 ? '' : !alike ? 'rows differ' : ratio > growthTarget ? '**above**' : ''
  const each = (of: (one: Measured) => string) => all.map(of).join(' / ')
  return [
    small.actor,
    small.point,
    each(({ rows }) => String(rows)),
    each(({ cpuMs }) => ms(cpuMs)),
    all.length < 2 ? '' : ratio.toFixed(2),
    each(({ p50Ms }) => ms(p50Ms)),
    each(({ p99Ms }) => ms(p99Ms)),
    verdict,
  ].join(' | ')
}

/** Everything that was measured, the same point of all sizes together. */
export function growthTable(facts: RunFacts, measured: readonly Measured[]): string {
  const points = [...Map.groupBy(measured, ({ actor, point }) => `${actor}/${point}`).values()]
  const sizes = facts.sizes.map((size) => size.toLocaleString('en')).join(' / ')
  return `
What one request costs with ${sizes} people in the store. The target is a ratio of at most ${growthTarget}: a page must cost the same however many people there are.

${factLines(facts)}- rows: of data on the page; where they differ between the sizes, the ratio says nothing about the size

| who | what | rows | CPU ms | ratio | p50 ms | p99 ms | |
| --- | --- | --- | --- | --- | --- | --- | --- |
${points.map((all) => `| ${line(all)} |`).join('\n')}
`
}
