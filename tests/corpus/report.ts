/** `npm run corpus`: what became of every faulty collection, as Markdown. */
import { collection } from '#lib/cases/collection.ts'
import type { Outcome } from './desk.ts'
import { corpus } from './entries.ts'
import { places } from './entry.ts'
import { openBench } from './run.ts'

const placeWords = {
  field: '填写时',
  submission: '提交时',
  register: '登记核验',
  human: '只有人',
  nobody: '没有人发现',
} as const

const cell = (text: string) => text.replaceAll('|', '\\|')

const bench = await openBench()
const found: { id: string; outcome: Outcome; agrees: boolean }[] = []
const started = performance.now()
try {
  console.log('| 编号 | 规则 | 错误 | 发现于 | 依据 |\n| --- | --- | --- | --- | --- |')
  for (const { id, rule, what, expected, sound, faulty } of corpus()) {
    const outcome = await bench.run({ sound, faulty })
    const agrees = outcome.where === expected
    found.push({ id, outcome, agrees })
    const where = placeWords[outcome.where] + (agrees ? '' : `（应为${placeWords[expected]}）`)
    const line = [id, rule, what, where, outcome.codes.map((code) => `\`${code}\``).join(' ')]
    console.log(`| ${line.map(cell).join(' | ')} |`)
  }
} finally {
  await bench.close()
}
const counts = places.map((place) => {
  const count = found.filter(({ outcome }) => outcome.where === place).length
  return `${placeWords[place]} ${count}`
})
console.log(`\n共 ${found.length} 份：${counts.join('，')}。规则覆盖 ${collection.sections.length} 页。`)
const elsewhere = found.filter(({ agrees }) => !agrees)
console.log(
  elsewhere.length === 0
    ? '全部在应当发现的地方发现。'
    : `不在应当的地方：${elsewhere.map(({ id }) => id).join('、')}`,
)
console.error(`${((performance.now() - started) / 1000).toFixed(1)} s`)
if (elsewhere.length > 0) process.exitCode = 1
