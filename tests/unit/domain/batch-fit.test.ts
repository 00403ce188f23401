import { expect, it } from 'vitest'
import { isFitForBatch, type MachineWord } from '#lib/domain/batch-fit.ts'

const agreed: MachineWord = {
  kind: 'collection',
  secondLookAt: null,
  claims: ['agrees', 'agrees'],
  tones: ['good', 'warn', 'quiet'],
  isFaulted: false,
}

it('is fit only where every register agrees and nothing speaks against it', () => {
  expect(isFitForBatch(agreed)).toBe(true)
  const others: readonly Partial<MachineWord>[] = [
    { kind: 'identity' },
    { secondLookAt: new Date(0) },
    { claims: [] },
    { claims: ['agrees', 'unavailable'] },
    { claims: ['agrees', 'unchecked'] },
    { claims: ['differs'] },
    { tones: ['good', 'bad'] },
    { isFaulted: true },
  ]
  for (const over of others) expect(isFitForBatch({ ...agreed, ...over }), JSON.stringify(over)).toBe(false)
})
