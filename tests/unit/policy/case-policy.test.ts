import { describe, expect, it } from 'vitest'
import type { Actor, Applicant, Role, Staff } from '#lib/domain/actor.ts'
import { type CaseState, caseStates } from '#lib/domain/case-states.ts'
import { isFault } from '#lib/domain/errors.ts'
import { authorise, type CaseFacts, judge, leaseHeld, type Verb } from '#lib/policy/case-policy.ts'

const now = new Date('2026-11-20T03:00:00Z')
const later = new Date(now.getTime() + 60_000)
const tianhe = '440000/440100/440106'

const applicant = (id: string): Applicant => ({ kind: 'applicant', id, sessionId: 's' })
const staff = (id: string, role: Role, path: string): Staff => ({
  kind: 'staff',
  id,
  sessionId: 's',
  grants: [{ role, departmentId: path === '' ? null : (path.split('/').at(-1) ?? null), path }],
})

/** Everybody a case can meet, by what they are to it. */
const actors = {
  owner: applicant('owner'),
  'other applicant': applicant('other'),
  'reviewer there': staff('reviewer', 'reviewer', tianhe),
  'reviewer above': staff('above', 'reviewer', '440000'),
  'manager there': staff('manager', 'manager', tianhe),
  'reviewer beside': staff('beside', 'reviewer', '440000/440100/440104'),
  'reviewer below': staff('below', 'reviewer', `${tianhe}/440106001`),
  'reviewer of a like path': staff('like', 'reviewer', '440000/440100/44010'),
  'viewer there': staff('viewer', 'viewer', tianhe),
  auditor: staff('auditor', 'auditor', ''),
  operator: staff('operator', 'operator', ''),
  'reviewer of nothing': staff('nothing', 'reviewer', ''),
  'staff without grants': { ...staff('bare', 'reviewer', tianhe), grants: [] },
  'owner as reviewer there': staff('owner', 'reviewer', tianhe),
} satisfies Record<string, Actor>
type Who = keyof typeof actors

/** Who holds the case. */
const leases = {
  nobody: { claimedBy: null, claimedUntil: null },
  self: { claimedBy: 'reviewer', claimedUntil: later },
  'self until now': { claimedBy: 'reviewer', claimedUntil: now },
  another: { claimedBy: 'above', claimedUntil: later },
  'another until now': { claimedBy: 'above', claimedUntil: now },
} satisfies Record<string, Pick<CaseFacts, 'claimedBy' | 'claimedUntil'>>
type Lease = keyof typeof leases

const facts = (
  state: CaseState,
  lease: Lease = 'nobody',
  departmentPath: string | null = tianhe,
): CaseFacts => ({
  personId: 'owner',
  state,
  departmentPath,
  ...leases[lease],
})
const answer = (who: Who, verb: Verb, given: CaseFacts) => {
  const found = judge(actors[who], verb, given, now)
  return typeof found === 'string' ? found : found.code
}

const ownerVerbs = ['read-own', 'edit', 'submit', 'withdraw'] as const satisfies readonly Verb[]
const reviewVerbs = ['read-for-review', 'claim', 'release', 'decide'] as const satisfies readonly Verb[]
const submitted = caseStates.filter((state) => state !== 'draft')
const inScope: readonly Who[] = ['reviewer there', 'reviewer above', 'manager there']

describe('what the owner may do', () => {
  const editing: Readonly<Record<CaseState, string>> = {
    draft: 'yes',
    checking: 'case-frozen',
    waiting: 'case-frozen',
    in_review: 'case-frozen',
    approved: 'case-frozen',
    returned: 'yes',
    refused: 'case-frozen',
    withdrawn: 'case-frozen',
    cancelled: 'case-frozen',
  }
  describe.each(caseStates)('to a case that is %s', (state) => {
    it('reads it, and edits or submits it only while it is open to change', () => {
      expect(answer('owner', 'read-own', facts(state))).toBe('yes')
      expect(answer('owner', 'edit', facts(state))).toBe(editing[state])
      expect(answer('owner', 'submit', facts(state))).toBe(editing[state])
    })
    // Whether the state allows it is the question of `decide`, asked by the command.
    it('may ask to withdraw it', () => expect(answer('owner', 'withdraw', facts(state))).toBe('yes'))
    it.each(reviewVerbs)('is never shown it for review: %s', (verb) =>
      expect(answer('owner', verb, facts(state))).toBe('hidden'),
    )
  })
})

describe('what is nobody else’s business', () => {
  const others = (Object.keys(actors) as Who[]).filter((who) => who !== 'owner')
  it.each(others.flatMap((who) => ownerVerbs.map((verb) => [who, verb] as const)))('%s: %s', (who, verb) => {
    for (const state of caseStates)
      for (const lease of Object.keys(leases) as Lease[])
        expect([state, lease, answer(who, verb, facts(state, lease))]).toEqual([state, lease, 'hidden'])
  })
})

describe('what those outside the scope may do', () => {
  const outside: readonly Who[] = [
    'owner',
    'other applicant',
    'reviewer beside',
    'reviewer below',
    'reviewer of a like path',
    'viewer there',
    'auditor',
    'operator',
    'reviewer of nothing',
    'staff without grants',
  ]
  it.each(outside.flatMap((who) => reviewVerbs.map((verb) => [who, verb] as const)))(
    '%s: %s',
    (who, verb) => {
      for (const state of caseStates)
        for (const lease of Object.keys(leases) as Lease[])
          expect([state, lease, answer(who, verb, facts(state, lease))]).toEqual([state, lease, 'hidden'])
    },
  )
  it('every actor of this table stands on one side', () =>
    expect(new Set([...outside, ...inScope, 'owner as reviewer there'])).toEqual(
      new Set(Object.keys(actors)),
    ))
})

describe('what those in scope may do', () => {
  it.each([...inScope, 'owner as reviewer there'] as const)('%s: nothing before it is submitted', (who) => {
    for (const verb of reviewVerbs) {
      expect([verb, answer(who, verb, facts('draft', 'self'))]).toEqual([verb, 'hidden'])
      // Without a department no case is in anybody's scope.
      for (const state of caseStates)
        expect([verb, state, answer(who, verb, facts(state, 'self', null))]).toEqual([verb, state, 'hidden'])
    }
  })

  it.each(inScope)('%s: reads whatever was submitted, held by whomever', (who) => {
    for (const state of submitted)
      for (const lease of Object.keys(leases) as Lease[])
        expect(answer(who, 'read-for-review', facts(state, lease))).toBe('yes')
  })

  const underReview = ['waiting', 'in_review'] as const
  const over = ['approved', 'returned', 'refused', 'withdrawn', 'cancelled'] as const

  it.each([
    ['nobody', 'yes'],
    ['self', 'yes'],
    ['self until now', 'yes'],
    ['another', 'claimed-by-other'],
    ['another until now', 'yes'],
  ] as const)('a case held by %s can be claimed: %s', (lease, expected) => {
    for (const state of underReview)
      expect(answer('reviewer there', 'claim', facts(state, lease))).toBe(expected)
  })
  it.each(over)('a case that is %s can be neither claimed nor decided', (state) => {
    for (const lease of Object.keys(leases) as Lease[]) {
      expect(answer('reviewer there', 'claim', facts(state, lease))).toBe('case-decided')
      expect(answer('reviewer there', 'decide', facts(state, lease))).toBe('case-decided')
    }
  })
  it.each([
    ['nobody', 'lease-required'],
    ['self', 'yes'],
    ['self until now', 'lease-required'],
    ['another', 'lease-required'],
    ['another until now', 'lease-required'],
  ] as const)('a case held by %s can be released and decided: %s', (lease, expected) => {
    for (const state of underReview) {
      expect(answer('reviewer there', 'release', facts(state, lease))).toBe(expected)
      expect(answer('reviewer there', 'decide', facts(state, lease))).toBe(expected)
    }
  })

  it('a case that registers are asked about can be neither claimed nor decided yet, whoever asks', () => {
    for (const who of inScope)
      for (const lease of Object.keys(leases) as Lease[])
        for (const verb of ['claim', 'decide'] as const)
          expect([who, lease, verb, answer(who, verb, facts('checking', lease))]).toEqual([
            who,
            lease,
            verb,
            'being-checked',
          ])
    expect(answer('reviewer there', 'claim', { ...facts('checking'), passedBy: ['reviewer'] })).toBe(
      'being-checked',
    )
  })

  it.each(['claim', 'decide'] as const)('one’s own case: %s is refused in every state', (verb) => {
    for (const state of submitted)
      for (const lease of Object.keys(leases) as Lease[])
        for (const [who, isOwn] of [
          ['owner as reviewer there', false],
          ['reviewer there', true],
        ] as const)
          expect(answer(who, verb, { ...facts(state, lease), isOwn })).toBe('own-case')
  })
})

describe('who let a case pass the stage before', () => {
  const passed = (state: CaseState, lease: Lease = 'nobody') => ({
    ...facts(state, lease),
    passedBy: ['reviewer'],
  })
  it.each(['waiting', 'in_review'] as const)('judges it no further while it is %s', (state) => {
    for (const lease of ['nobody', 'self', 'self until now', 'another', 'another until now'] as const)
      for (const verb of ['claim', 'decide'] as const)
        expect([lease, verb, answer('reviewer there', verb, passed(state, lease))]).toEqual([
          lease,
          verb,
          'second-person-required',
        ])
  })
  it('may read it, and give back what they hold', () => {
    expect(answer('reviewer there', 'read-for-review', passed('waiting'))).toBe('yes')
    expect(answer('reviewer there', 'release', passed('in_review', 'self'))).toBe('yes')
  })
  it('is not in the way of anybody else', () => {
    for (const who of ['reviewer above', 'manager there'] as const)
      expect(answer(who, 'claim', passed('waiting'))).toBe('yes')
    expect(answer('reviewer above', 'decide', passed('in_review', 'another'))).toBe('yes')
  })
  it('is told of their own case first, of the decision before that they made it', () => {
    expect(answer('reviewer there', 'claim', { ...passed('waiting'), isOwn: true })).toBe('own-case')
    expect(answer('reviewer there', 'claim', passed('approved'))).toBe('case-decided')
  })
  it('is nobody to whom the case is none of their business', () =>
    expect(answer('reviewer beside', 'claim', { ...facts('waiting'), passedBy: ['beside'] })).toBe('hidden'))
})

describe('a lease', () => {
  it.each([
    ['nobody', false],
    ['self', true],
    ['self until now', false],
    ['another', true],
  ] as const)('of %s holds: %s', (lease, held) =>
    expect(leaseHeld(facts('in_review', lease), now)).toBe(held),
  )
  it('without a holder or an end holds nothing', () => {
    expect(leaseHeld({ ...facts('in_review'), claimedUntil: later }, now)).toBe(false)
    expect(leaseHeld({ ...facts('in_review'), claimedBy: 'reviewer' }, now)).toBe(false)
  })
})

describe('authorise', () => {
  const thrown = (who: Who, verb: Verb, given: CaseFacts) => {
    try {
      authorise(actors[who], verb, given, now)
    } catch (error) {
      if (isFault(error)) return [error.code, ...error.issues.map(({ code }) => code)]
      throw error
    }
    return []
  }
  it('lets pass what is allowed', () => expect(thrown('owner', 'edit', facts('draft'))).toEqual([]))
  it('says nothing of what is hidden', () =>
    expect(thrown('other applicant', 'edit', facts('draft'))).toEqual(['not-found']))
  it('says why where it may be known', () =>
    expect(thrown('owner', 'edit', facts('waiting'))).toEqual(['refused', 'case-frozen']))
})

describe('who is on leave', () => {
  const away = (state: CaseState, lease: Lease = 'nobody') => ({ ...facts(state, lease), isAway: true })
  it('neither takes up nor decides, whatever they hold', () => {
    for (const lease of Object.keys(leases) as Lease[])
      for (const who of inScope)
        for (const verb of ['claim', 'decide'] as const)
          expect([who, verb, lease, answer(who, verb, away('in_review', lease))]).toEqual([
            who,
            verb,
            lease,
            'on-leave',
          ])
  })
  it('keeps every other right of theirs', () => {
    expect(answer('reviewer there', 'read-for-review', away('waiting'))).toBe('yes')
    expect(answer('manager there', 'assign', away('waiting'))).toBe('yes')
    expect(answer('manager there', 'forward', away('in_review', 'another'))).toBe('yes')
    expect(answer('manager there', 'release', away('in_review', 'another'))).toBe('yes')
  })
  it('learns nothing by it out of scope, and of their own case what they would learn anyway', () => {
    expect(answer('reviewer beside', 'claim', away('waiting'))).toBe('hidden')
    expect(answer('owner as reviewer there', 'decide', away('in_review'))).toBe('own-case')
  })
})

describe('what the office filed about somebody', () => {
  const entered = (state: CaseState, lease: Lease = 'nobody', passedBy = ['reviewer']): CaseFacts => ({
    ...facts(state, lease),
    kind: 'penalty',
    passedBy,
  })
  it('is hidden from its person until it took effect, and never theirs to change', () => {
    for (const state of caseStates)
      expect(ownerVerbs.map((verb) => answer('owner', verb, entered(state)))).toEqual([
        state === 'approved' ? 'yes' : 'hidden',
        'hidden',
        'hidden',
        'hidden',
      ])
  })
  it('is hidden from its person by the account they review with, until it took effect', () => {
    const verbs = ['read-for-review', 'claim', 'release', 'decide', 'forward', 'assign', 'cancel'] as const
    const self = (given: CaseFacts) => ({ ...given, isOwn: true, isSelf: true })
    for (const who of ['reviewer there', 'manager there'] as const) {
      for (const state of caseStates.filter((one) => one !== 'approved'))
        for (const verb of verbs)
          expect([verb, answer(who, verb, self(entered(state, 'self', [])))]).toEqual([verb, 'hidden'])
      expect(answer(who, 'read-for-review', self(entered('approved')))).toBe('yes')
      expect(answer(who, 'read-for-review', self({ ...facts('waiting'), kind: 'award' }))).toBe('yes')
      // Who acts for them alone sees it and decides nothing.
      expect(answer(who, 'claim', { ...entered('waiting'), isOwn: true })).toBe('own-case')
    }
    expect(answer('owner as reviewer there', 'read-for-review', entered('waiting'))).toBe('hidden')
  })
  it('is taken back by who entered it and by who manages there, while nobody holds it', () => {
    const cancel = (who: Who, given: CaseFacts) => answer(who, 'cancel', given)
    expect(cancel('reviewer there', entered('waiting'))).toBe('yes')
    expect(cancel('manager there', entered('waiting', 'nobody', ['above']))).toBe('yes')
    expect(cancel('manager there', entered('in_review', 'another until now'))).toBe('yes')
    expect(cancel('reviewer above', entered('waiting'))).toBe('cancel-not-yours')
    for (const who of ['reviewer there', 'manager there'] as const) {
      expect(cancel(who, entered('in_review', 'another'))).toBe('cancel-while-claimed')
      expect(cancel(who, entered('approved'))).toBe('case-decided')
      expect(cancel(who, { ...entered('waiting'), isOwn: true })).toBe('own-case')
      expect(cancel(who, { ...facts('waiting'), kind: 'award', passedBy: ['reviewer'] })).toBe('hidden')
      expect(cancel(who, facts('waiting'))).toBe('hidden')
    }
    for (const who of ['owner', 'reviewer beside', 'viewer there'] as const)
      expect(cancel(who, entered('waiting'))).toBe('hidden')
  })
})

describe('who had a part in the entry that a 异议 is about', () => {
  const about = (state: CaseState, lease: Lease = 'nobody') => ({
    ...facts(state, lease),
    kind: 'objection',
    enteredBy: ['reviewer'],
  })
  it('does not judge it, whatever they hold, and may read it', () => {
    for (const verb of ['claim', 'decide'] as const)
      for (const lease of ['nobody', 'self', 'another'] as const)
        expect(answer('reviewer there', verb, about('in_review', lease))).toBe('other-person-required')
    expect(answer('reviewer there', 'read-for-review', about('waiting'))).toBe('yes')
    expect(answer('reviewer above', 'claim', about('waiting'))).toBe('yes')
    expect(answer('reviewer there', 'claim', { ...about('waiting'), isOwn: true })).toBe('own-case')
  })
})
