import { describe, expect, it } from 'vitest'
import { draftOf } from '#lib/readers/draft.ts'
import { examine, issuesOf, type Placed, slotNeed } from '#lib/readers/examine.ts'
import { sampleContext, sampleFiles, sampleRow, sampleRows } from '#lib/readers/sample.ts'
import { sections } from '#lib/sections/all.ts'
import { type Context, emptyRow, type Row, sharedRow, type Values } from '#lib/sections/define.ts'
import { scopes, workProofKinds } from '#lib/sections/options.ts'
import { acceptedWorkProofs, workProofSlots } from '#lib/sections/work-proofs.ts'

const { employment } = sections
const laid = (row: Row, id: string, values: Values): Row => ({
  ...row,
  id,
  values: { ...row.values, ...values },
})
const sample = sampleRow('employment', 'row002')
/** Accounting work twice, and a present job without. */
const early = laid(sample, 'early1', { start: '2010-01', end: '2012-12', accounting: 'yes' })
const late = laid(sample, 'late01', { start: '2013-01', end: '2018-06', accounting: 'yes' })
const present = laid(sample, 'now001', { start: '2018-07', end: 'ongoing', accounting: 'no' })
const jobs = [early, late, present]

const inDepartment = (proofs: string, more: Partial<Context> = {}): Context =>
  sampleContext({
    department: {
      id: '440106',
      regionCode: '440106',
      selectable: true,
      acceptedProofs: proofs.split(' '),
    },
    ...more,
  })
const placed = (...places: string[]): Placed[] =>
  places.map((place) => {
    const [rowId = '', slot = ''] = place.split('/')
    return { rowId, slot, fileId: place }
  })

const proofSlots: ReadonlySet<string> = new Set([...Object.values(workProofSlots), 'workProof'])
/** `row/slot` of every proof of accounting work, by what it needs. */
function needs(
  proofs: string,
  {
    rows = jobs,
    files = [],
    more = {},
  }: { rows?: readonly Row[]; files?: readonly Placed[]; more?: Partial<Context> } = {},
) {
  const context = inDepartment(proofs, more)
  const all = [
    ...rows.flatMap((row) => Object.entries(employment.slots).map(([key, slot]) => ({ row, key, slot }))),
    { row: emptyRow(sharedRow), key: 'resume', slot: employment.sharedSlots.resume },
  ]
  const found = all
    .filter(({ key }) => proofSlots.has(key))
    .map(({ row, key, slot }) => ({
      place: `${row.id}/${key}`,
      need: slotNeed(employment, key, slot, { row, rows, files }, context),
    }))
  const being = (wanted: string) => found.filter(({ need }) => need === wanted).map(({ place }) => place)
  return { required: being('required'), open: being('open') }
}
/** What cannot be submitted for want of a proof of accounting work. */
const owed = (proofs: string, files: readonly Placed[], rows: readonly Row[] = jobs) =>
  issuesOf(examine(employment, rows, inDepartment(proofs), files))
    .filter(({ at, code }) => code === 'slot-required' && proofSlots.has(at?.replace('slot:', '') ?? ''))
    .map(({ at }) => at)

/** Every set of accepted proofs, what class （一） owes by it, and the slots of a job that are open beside the general one. */
const table: readonly [proofs: string, required: string, ofJob: string][] = [
  ['resume', 'all/resume', ''],
  ['resume commitment', 'all/resume', 'commitment'],
  ['resume contract', 'all/resume', 'contract'],
  ['resume social-insurance', 'all/resume', 'socialInsurance'],
  ['resume commitment contract', 'all/resume', 'commitment contract'],
  ['resume commitment social-insurance', 'all/resume', 'commitment socialInsurance'],
  ['resume contract social-insurance', 'all/resume', 'contract socialInsurance'],
  ['resume commitment contract social-insurance', 'all/resume', 'commitment contract socialInsurance'],
  ['commitment', 'late01/commitment', 'commitment'],
  ['contract', 'late01/contract', 'contract'],
  ['social-insurance', 'late01/socialInsurance', 'socialInsurance'],
  ['commitment contract', 'late01/commitment', 'commitment contract'],
  ['commitment social-insurance', 'late01/commitment', 'commitment socialInsurance'],
  ['contract social-insurance', 'late01/contract', 'contract socialInsurance'],
  ['commitment contract social-insurance', 'late01/commitment', 'commitment contract socialInsurance'],
]

describe('proofs of accounting work by what a department takes (WRK-4)', () => {
  it('covers every set of kinds', () => expect(table).toHaveLength(2 ** workProofKinds.length - 1))

  it.each(table)('%s', (proofs, required, ofJob) => {
    const slots = [...ofJob.split(' ').filter(Boolean), 'workProof']
    const everywhere = ['early1', 'late01'].flatMap((id) => slots.map((slot) => `${id}/${slot}`))
    expect(needs(proofs)).toEqual({
      required: [required],
      open: everywhere.filter((place) => place !== required),
    })
    expect(owed(proofs, [])).toEqual([`slot:${required.split('/')[1]}`])
    // Only the first class owes any; the others may add what the department takes.
    for (const scope of scopes.filter((one) => one !== 'accounting_staff'))
      expect(needs(proofs, { more: { scope } })).toEqual({ required: [], open: everywhere })
  })

  it.each(table)('%s: each kind that is taken ends what is owed, no other does', (proofs) => {
    const kinds = proofs.split(' ')
    for (const kind of workProofKinds) {
      const slot = workProofSlots[kind]
      const inLate = owed(proofs, placed(kind === 'resume' ? 'all/resume' : `late01/${slot}`))
      expect(inLate, kind).toHaveLength(kinds.includes(kind) ? 0 : 1)
      if (kind === 'resume') continue
      // In place of 简历表 any job with accounting work serves; alone it is about the last one.
      const inEarly = owed(proofs, placed(`early1/${slot}`))
      const serves = kinds.includes('resume') && kinds.includes(kind)
      expect(inEarly, kind).toHaveLength(serves ? 0 : 1)
    }
    expect(owed(proofs, placed('late01/workProof', 'now001/commitment', 'now001/contract'))).toHaveLength(1)
  })

  it('is not asked for twice once one kind is there', () => {
    const files = placed('late01/contract')
    expect(needs('commitment contract', { files }).required).toEqual([])
    expect(needs('resume contract', { files })).toMatchObject({
      required: [],
      open: expect.arrayContaining(['all/resume']),
    })
    expect(needs('resume contract', { files: placed('all/resume') }).required).toEqual(['all/resume'])
  })

  it.each([
    ['the present one', [late, laid(early, 'early1', { end: 'ongoing' })], 'early1'],
    ['the last to end, in whatever order', [late, early], 'late01'],
    ['the first of two that end together', [early, laid(late, 'late01', { end: '2012-12' })], 'early1'],
    ['one with an end before one without', [laid(late, 'late01', { end: '' }), early], 'early1'],
    [
      'one with an end before one with half a month',
      [laid(late, 'late01', { end: '2019-' }), early],
      'early1',
    ],
    ['the only one', [present, early], 'early1'],
  ] as const)('asks for the proof in the latest job with accounting work: %s', (_, rows, expected) =>
    expect(needs('contract', { rows }).required).toEqual([`${expected}/contract`]),
  )

  it('asks for nothing where no job has accounting work: another rule says so', () =>
    expect(needs('contract', { rows: [present] })).toEqual({ required: [], open: [] }))

  // SUB-4
  it('opens what a reviewer asks for by name, whether or not the department takes it', () => {
    const asked = (key: string) => ({ asked: new Set([`employment/${key}`]) })
    expect(needs('commitment', { more: asked('early1/contract') }).required).toEqual([
      'early1/contract',
      'late01/commitment',
    ])
    expect(needs('commitment', { more: asked('all/resume') }).required).toEqual([
      'late01/commitment',
      'all/resume',
    ])
    expect(needs('commitment', { more: asked('all/') }).open).toContain('all/resume')
    expect(needs('commitment', { more: asked('early1/employer') }).open).not.toContain('early1/contract')
  })

  it('is satisfied by the files a sample person is given', () => {
    for (const [proofs] of table) {
      const rows = sampleRows('employment')
      const context = inDepartment(proofs)
      const files = sampleFiles(employment, rows, context)
      expect(issuesOf(examine(employment, rows, context, files)), proofs).toEqual([])
    }
  })
})

describe('the kinds a department takes', () => {
  it.each([
    ['nothing', [], ['resume']],
    ['an empty id', [''], ['resume']],
    ['ids nobody knows', ['payslip', 'Resume'], ['resume']],
    ['a known id among others', ['payslip', 'contract'], ['contract']],
    ['one id twice, in another order', ['contract', 'resume', 'contract'], ['resume', 'contract']],
  ])('are read with care: %s', (_, ids, kinds) => expect(acceptedWorkProofs(ids)).toEqual(kinds))

  it('are read so by the rules too, and by default without a department', () => {
    expect(needs('payslip').required).toEqual(['all/resume'])
    expect(needs('payslip contract').required).toEqual(['late01/contract'])
    expect(needs('contract', { more: { department: null } }).required).toEqual(['all/resume'])
  })

  it('stand in slots that are there', () => {
    const slots = Object.keys({ ...employment.slots, ...employment.sharedSlots })
    expect(slots).toEqual(expect.arrayContaining(Object.values(workProofSlots)))
  })
})

// SCO-2
it('another department is judged by at once', () => {
  const context = sampleContext()
  const order = ['department', 'scope', 'employment'] as const
  const draft = (proofs: readonly string[]) =>
    draftOf(
      {
        case: { state: 'draft', round: 0 },
        account: context.person,
        department: { id: '440106', regionCode: '440106', selectable: true, acceptedProofs: proofs },
        proposals: new Map(order.map((id) => [id as string, { rows: sampleRows(id), editedFor: 1 }])),
        files: sampleFiles(employment, sampleRows('employment'), context).map((file) => ({
          ...file,
          section: 'employment',
        })),
        findings: [],
        claims: [],
      },
      '2026-11-20',
    )
  expect(draft(['resume']).standing('employment')).toBe('complete')
  const other = draft(['social-insurance'])
  expect(other.standing('employment')).toBe('partial')
  expect(issuesOf(other.examine('employment')).map(({ at }) => at)).toEqual(['slot:socialInsurance'])
})
