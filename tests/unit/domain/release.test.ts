import { expect, it } from 'vitest'
import { release } from '#lib/domain/release.ts'

it('empties bytes that have their memory to themselves, and may be asked again', () => {
  const bytes = Buffer.allocUnsafeSlow(100_000)
  const { buffer } = bytes
  release(bytes)
  release(bytes)
  expect([bytes.length, buffer.byteLength]).toEqual([0, 0])
})

it('leaves bytes alone that share their memory', () => {
  const whole = new Uint8Array([1, 2, 3, 4])
  release(whole.subarray(1, 3))
  release(new Uint8Array(new SharedArrayBuffer(4)))
  const pooled = Buffer.from('pooled')
  release(pooled)
  expect([[...whole], pooled.toString()]).toEqual([[1, 2, 3, 4], 'pooled'])
})
