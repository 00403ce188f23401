import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accessText, chainStart, eventText, linkHash, seqAfter } from '#db/audit-hash.ts'

const at = new Date('2026-11-21T02:00:00.123Z')
const event = {
  id: '019a0000-0000-7000-8000-000000000001',
  kind: 'case.returned',
  actorId: 'a',
  personId: null,
  caseId: 'c',
  data: { round: 2, findings: 3, late: false, reason: 'x' },
  at,
}

describe('what the audit chain hashes (ADM-3)', () => {
  it('is this very text, so that others can compute it too', () => {
    expect(eventText(event)).toBe(
      '{"id":"019a0000-0000-7000-8000-000000000001","kind":"case.returned","actorId":"a","personId":null,"caseId":"c",' +
        '"data":{"findings":3,"late":false,"reason":"x","round":2},"at":"2026-11-21T02:00:00.123Z"}',
    )
    expect(
      accessText({ id: 'i', actorId: 'a', personId: 'p', caseId: null, what: 'picture', subject: 'f', at }),
    ).toBe(
      '{"id":"i","actorId":"a","personId":"p","caseId":null,"what":"picture","subject":"f","at":"2026-11-21T02:00:00.123Z"}',
    )
    const link = { seq: '000000000001', log: 'event', row: eventText(event) }
    const spelled = `${'0'.repeat(64)}|000000000001|event|${eventText(event)}`
    expect(linkHash(chainStart.hash, link)).toBe(createHash('sha256').update(spelled).digest('hex'))
  })

  it('does not depend on the order of columns or keys, and survives being written and read', () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    )
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), (data) => {
        const turned = Object.fromEntries(Object.entries(data).reverse())
        const { id, kind, actorId, personId, caseId } = event
        const text = eventText({ ...event, data })
        expect(eventText({ at, data: turned, caseId, personId, actorId, kind, id })).toBe(text)
        // What an engine keeps is JSON, and what an export holds is this text.
        expect(eventText({ ...event, data: JSON.parse(JSON.stringify(data)) })).toBe(text)
        expect(JSON.stringify(JSON.parse(text))).toBe(text)
      }),
    )
  })

  it('differs with every part of the row, the number, the log and the link before', () => {
    const link = { seq: '000000000007', log: 'event', row: eventText(event) }
    const before = 'a'.repeat(64)
    const others = [
      linkHash('b'.repeat(64), link),
      linkHash(before, { ...link, seq: '000000000008' }),
      linkHash(before, { ...link, log: 'access' }),
      ...[
        { id: 'x' },
        { kind: 'case.approved' },
        { actorId: null },
        { actorId: 'null' },
        { personId: 'p' },
        { caseId: null },
        { data: { ...event.data, round: 3 } },
        { data: { ...event.data, round: '2' } },
        { at: new Date(at.getTime() + 1) },
      ].map((change) => linkHash(before, { ...link, row: eventText({ ...event, ...change }) })),
    ]
    expect(new Set([linkHash(before, link), ...others]).size).toBe(others.length + 1)
  })

  it('numbers links as texts that sort', () => {
    expect([chainStart.seq, seqAfter('000000000009'), seqAfter('000000999999')]).toEqual([
      '000000000000',
      '000000000010',
      '000001000000',
    ])
  })
})
