/** The first table: (a) to (h) as multiples of their floors, and what is asked of them beyond that. */
import type { Measured } from './measure.ts'
import { factLines, type RunFacts } from './report.ts'
import { type Letter, memoryTarget, pictureTargets, queueTargets, targets } from './targets.ts'

/** One point at every size, and what stood beside it in the same turns. */
export interface Beside {
  readonly letter: Letter
  readonly name: string
  readonly found: readonly Measured[]
}

const ms = (value: number) => value.toFixed(1)
const times = (value: number) => value.toFixed(2)
const people = (subject: string) => Number(subject).toLocaleString('en')
const isSize = ({ subject }: Measured) => /^\d+$/.test(subject)
const of = (found: readonly Measured[], subject: string) => found.find((one) => one.subject === subject)
const judged = (value: number, most: number) =>
  `${times(value)} (at most ${most})${value > most ? ' **above**' : ''}`

function lines({ letter, name, found }: Beside): string[] {
  const { most } = targets[letter]
  const [next, node] = [of(found, 'floor-next'), of(found, 'floor-node')]
  if (!next || !node) return []
  return found.filter(isSize).map((one) => {
    const ratio = one.cpuMs / next.cpuMs
    return [
      letter,
      name,
      people(one.subject),
      ms(one.cpuMs),
      ms(next.cpuMs),
      ms(node.cpuMs),
      times(ratio),
      most === null ? 'below' : String(most),
      node.cpuMs > 0 ? times(one.cpuMs / node.cpuMs) : '',
      one.afterMs > 0 ? ms(one.afterMs) : '',
      ms(one.perSecond),
      ms(one.p50Ms),
      ms(one.p99Ms),
      one.bytes > 0 ? ms(one.bytes / 1024) : '',
      most !== null && ratio > most ? '**above**' : '',
    ].join(' | ')
  })
}

/** (c): the picture and the rest of the request, each beside its own floor. */
function pictureLines({ found }: Beside): string[] {
  const [next, bare, inspected] = [of(found, 'floor-next'), of(found, 'sharp'), of(found, 'inspect')]
  if (!next || !bare || !inspected) return []
  const picture = inspected.cpuMs / bare.cpuMs
  return [
    `- (c), the picture: ${ms(inspected.cpuMs)} ms beside ${ms(bare.cpuMs)} ms of sharp's own decoding and encoding, ${judged(picture, pictureTargets.picture)}`,
    ...found.filter(isSize).map((one) => {
      const rest = one.cpuMs - inspected.cpuMs
      return `- (c), the rest of the request, ${people(one.subject)} people: ${ms(rest)} ms, ${judged(rest / next.cpuMs, pictureTargets.rest)} times the bare Next post`
    }),
  ]
}

/** (e): deep pages beside the first, and more people beside fewer. */
function queueLines(first: Beside, deep: Beside): string[] {
  const sizes = first.found.filter(isSize)
  const [small, large] = [sizes[0], sizes.at(-1)]
  const depths = sizes.flatMap((one) => {
    const other = of(deep.found, one.subject)
    return other
      ? [
          `- (e), page 500 or the last full one beside page 1, ${people(one.subject)} people: ${judged(other.cpuMs / one.cpuMs, queueTargets.deep)}`,
        ]
      : []
  })
  const growth =
    small && large && small !== large
      ? [
          `- (e), page 1 with ${people(large.subject)} people beside ${people(small.subject)}: ${judged(large.cpuMs / small.cpuMs, queueTargets.growth)}`,
        ]
      : []
  return [...depths, ...growth]
}

const memoryLine = ({ peakMb }: RunFacts) =>
  `- memory at most, MB: ${Object.entries(peakMb)
    .map(([subject, peak]) => {
      const isAbove = /^\d+$/.test(subject) && peak > memoryTarget
      return `${subject} ${Math.round(peak)}${isAbove ? ' **above**' : ''}`
    })
    .join(', ')} (at most ${memoryTarget})`

export function floorTable(facts: RunFacts, points: readonly Beside[]): string {
  const [picture] = points.filter(({ letter }) => letter === 'c')
  const [first, deep] = points.filter(({ letter }) => letter === 'e')
  const further = [
    ...(picture ? pictureLines(picture) : []),
    ...(first && deep ? queueLines(first, deep) : []),
    memoryLine(facts),
  ]
  return `
What one request costs beside two floors in the same run: a Next application of two pages that do nothing but read a cookie (\`bench/floor-next\`), and node:http with better-sqlite3 and a template string (\`bench/floor-node\`). The figure that counts is CPU as a multiple of the bare Next page or post.

${factLines(facts)}- then: what the worker uses for it after the answer (audit chain, figures, machine checks), in ms for one request; what of it falls before the last answer of a turn is in the CPU. req/s: of one client that asks one after another
- KB: of the page as it was sent

| | point | people | CPU ms | bare Next | bare Node | × Next | at most | × Node | then | req/s | p50 ms | p99 ms | KB | |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${points
  .flatMap(lines)
  .map((one) => `| ${one} |`)
  .join('\n')}

${further.join('\n')}
`
}
