import fc from 'fast-check'
import { expect, it } from 'vitest'
import { beijingInstant, beijingTime } from '#lib/adapters/alipay-client.ts'
import { amountIn, amountText, tradeInNotice } from '#lib/adapters/payment.ts'

it('writes amounts as providers do, and reads back what it wrote', () => {
  expect([5600, 1, 10, 100_000].map(amountText)).toEqual(['56.00', '0.01', '0.10', '1000.00'])
  fc.assert(fc.property(fc.nat(), (fen) => amountIn(amountText(fen)) === fen))
})

it('reads an amount to the 分, and nothing that is none', () => {
  expect(['56', '56.5', '56.05', '0.01'].map(amountIn)).toEqual([5600, 5650, 5605, 1])
  for (const written of ['', '-1.00', '56.000', '1e3', '56,00', '５６', ' 56', '.5', '1.', '12345678901'])
    expect([written, amountIn(written)]).toEqual([written, null])
})

it('takes times of the gateway for Beijing’s, and reads back what it wrote', () => {
  expect(beijingInstant('2026-11-21 10:00:30')).toEqual(new Date('2026-11-21T02:00:30Z'))
  for (const written of ['', '2026-11-21', '2026-13-21 10:00:30', '2026-11-21T10:00:30'])
    expect(beijingInstant(written)).toBeNull()
  const at = new Date('2026-12-31T16:00:00Z')
  expect(beijingInstant(beijingTime(at))).toEqual(at)
})

it('finds in a notice what it is about, or that it is about no order', () => {
  const fields = { out_trade_no: 'P1', trade_status: 'TRADE_FINISHED', trade_no: 'T1', total_amount: '56.00' }
  expect(tradeInNotice(fields)).toEqual({
    number: 'P1',
    state: 'paid',
    tradeNo: 'T1',
    amount: 5600,
    paidAt: null,
  })
  for (const change of [{ out_trade_no: '' }, { trade_status: '' }, { trade_status: 'toString' }])
    expect(tradeInNotice({ ...fields, ...change })).toBeNull()
})
