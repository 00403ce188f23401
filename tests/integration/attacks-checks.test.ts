/** What people and registers do to machine checks that nobody meant them to (CHK). */
import { expect, it } from 'vitest'
import { caseFile } from '#db/queries/case-file.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { correctIdentity } from '#lib/commands/effects/correct-identity.ts'
import { importRegister } from '#lib/commands/import-register.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import { registersOf } from '#lib/deps.ts'
import { judgeClaim } from '#lib/domain/claims.ts'
import { collectionDesk } from '#lib/views/collection.ts'
import { outcomeOf } from '#lib/views/outcome.ts'
import { putPicture, rowIds, submittedCorrection } from '#tests/support/cases.ts'
import { newCollection, officeWithRegister, runDue } from '#tests/support/checks.ts'
import { makeStaff, testDeps } from '#tests/support/deps.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const hour = 3_600_000

async function scene(open: Open, wish: Parameters<typeof newCollection>[1] = {}) {
  const office = await officeWithRegister(await open())
  const { deps, places } = office
  const one = await newCollection(office, wish)
  const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
  return {
    ...office,
    one,
    reviewer,
    async sendAndCheck() {
      await one.submit()
      await runDue(deps)
    },
    /** A reviewer finds fault with the address and sends everything back. */
    async sendBack() {
      await claimCase(deps, reviewer, { caseId: one.caseId })
      const finding = { at: 'finding.basic.0', section: 'basic', rowId: 'main', target: 'address' }
      await returnCase(deps, reviewer, {
        caseId: one.caseId,
        version: (await one.file()).case.version,
        opinions: {
          verdicts: { basic: 'problem' },
          findings: [{ ...finding, reason: 'answer-incomplete', note: '' }],
        },
      })
      await one.type('basic', 'main', { address: '广州市越秀区某路 2 号' })
    },
    async outcome() {
      const desk = await collectionDesk(deps, one.actor)
      if (!desk) throw new Error('no desk')
      return outcomeOf(deps, desk)
    },
  }
}

describeEachEngine('what was confirmed and is then changed', (open) => {
  it('is compared again where it is only noted: no stale note, and none is slipped by (EDU-3)', async () => {
    const { one, register, sendAndCheck, sendBack } = await scene(open)
    register.holds('education', { mode: 'full_time', major: '会计学' })
    await sendAndCheck()
    const notes = async (round: number) =>
      (await one.claims(round)).find(({ kind }) => kind === 'education')?.notes
    expect(await notes(1)).toEqual([])
    await sendBack()
    await one.type('education', rowIds.education, { mode: 'part_time', major: '法学' })
    await sendAndCheck()
    expect((await one.standing()).state).toBe('waiting')
    expect(await notes(2)).toEqual(['mode', 'major'])
  })
})

describeEachEngine('a degree beside 大专', (open) => {
  it('is not for a person to decide before its certificate is there (EDU-3)', async () => {
    const { deps, one, register, sendAndCheck } = await scene(open)
    const college = { level: 'junior_college', diplomaNo: '105581201206000123' }
    await one.type('education', rowIds.education, college)
    register.holdsNothingOf('degree')
    await sendAndCheck()
    expect((await one.standing()).state).toBe('returned')
    expect(await one.missing('education')).toEqual(['slot:degreeCertificate'])
    await one.type('education', rowIds.education, college)
    expect(await one.refusal()).toEqual(['refused', 'section-incomplete'])
    const place = { caseId: one.caseId, section: 'education', rowId: rowIds.education } as const
    await putPicture(deps, one.actor, { ...place, slot: 'degreeCertificate' })
    await sendAndCheck()
    expect(await one.standing()).toMatchObject({
      state: 'waiting',
      claims: { degree: 'differs not-found answered' },
    })
  })
})

describeEachEngine('a name that was corrected after a register knew another', (open) => {
  it('is asked about again, without proofs for what is no longer said', async () => {
    const { deps, one, register, sendAndCheck } = await scene(open, { name: '张三' })
    register.holds('education', { name: '张叁' })
    await sendAndCheck()
    expect((await one.standing()).state).toBe('returned')
    expect(await one.missing('education')).not.toEqual([])
    const correction = await submittedCorrection(deps, one.actor, { newName: '张叁' })
    await deps.store.tx(async (q) => {
      const file = await caseFile(q, deps.store.t, deps.keys, correction)
      if (file) await correctIdentity(deps, q, file)
    })
    expect(await one.missing('education')).toEqual([])
    await one.type('education', rowIds.education)
    await sendAndCheck()
    expect(await one.standing()).toMatchObject({ state: 'waiting', claims: { education: 'agrees' } })
  })
})

describeEachEngine('a register of one’s own that does not answer well', (open) => {
  it('may say a source that no database takes, and the clocks do not stop for it', async () => {
    const { deps, one, register } = await scene(open)
    await one.submit()
    await runDue({
      ...deps,
      registers: {
        look: async (kind, subject) => ({
          ...(await register.registers.look(kind, subject)),
          source: '登记\u0000\uD800\u202E',
        }),
      },
    })
    expect((await one.standing()).state).toBe('waiting')
    expect((await one.claims(1)).map(({ source }) => source)).toEqual(['登记', '登记', '登记', '登记'])
  })
})

describeEachEngine('a submission taken back in the middle of its checks', (open) => {
  it('tells nobody what a register has said of it so far (CHK-4)', async () => {
    const { deps, one, register, outcome } = await scene(open)
    register.holds('degree', { degreeNo: 'other' })
    await one.submit()
    const look = register.registers.look
    await runDue({
      ...deps,
      registers: {
        look: (kind, subject) =>
          kind === 'education' ? Promise.reject(new Error('down')) : look(kind, subject),
      },
    })
    await withdrawCase(deps, one.actor, { caseId: one.caseId })
    deps.clock.advance(hour)
    await runDue(deps)
    expect((await one.standing()).claims).toMatchObject({ degree: 'differs', education: 'unchecked' })
    const { moments } = await outcome()
    expect(moments.map(({ detail = '' }) => detail).join()).not.toContain('不一致')
  })
})

describeEachEngine('numbers that a register knows otherwise', (open) => {
  const subjectOf = (number: string) => ({
    name: '陳大文',
    number,
    school: '中山大学',
    level: 'bachelor_program',
    graduated: '2012-06',
    diplomaNo: '105581201205000123',
    mode: '',
    major: '',
  })

  it.each([
    ['港澳居民来往内地通行证, renewed', 'H1234567801', 'H1234567802'],
    ['港澳居民来往内地通行证, without its count', 'M12345678', 'M1234567803'],
    ['台湾居民来往大陆通行证', '1234567801B', '12345678'],
  ])('%s: the part that stays with the person is looked up (ACC-2)', async (_, held, now) => {
    const deps = testDeps(await open(), { env: { REGISTER_PROVIDER: 'register' } })
    async function* text() {
      yield '姓名,证件号码,学校名称,学历,毕业时间,学历证书编号\n'
      yield `陳大文,${held},中山大学,大学本科,2012-06,105581201205000123\n`
    }
    const file = { kind: 'education', text: text(), partial: false, replace: false } as const
    await importRegister(deps, null, file, () => undefined)
    const registers = registersOf({ registers: { provider: 'register' } }, deps.store, deps.keys, deps.clock)
    const answer = await registers?.look('education', subjectOf(now))
    expect(judgeClaim('education', subjectOf(now), answer?.records ?? null).state).toBe('agrees')
    const other = subjectOf(now.replace('12345678', '12345679'))
    const nobody = await registers?.look('education', other)
    expect(judgeClaim('education', other, nobody?.records ?? null).why).toBe('not-found')
  })

  it('a record of somebody else of the same name confirms nothing (EDU-3)', () => {
    const subject = subjectOf('11010519491231002X')
    const record = { ...subject, number: '110101199003070011' }
    expect(judgeClaim('education', subject, [record])).toMatchObject({ state: 'differs', why: 'not-found' })
    const { number: _, ...unnumbered } = subject
    expect(judgeClaim('education', subject, [unnumbered]).state).toBe('agrees')
  })
})

describeEachEngine('a register whose import has not ended', (open) => {
  it('does not say 查无记录 of the other certificate of somebody who is in it (CHK-4)', async () => {
    const deps = testDeps(await open(), { env: { REGISTER_PROVIDER: 'register' } })
    const number = '11010519491231002X'
    const headings = '姓名,证件号码,学校名称,学历,毕业时间,学历证书编号\n'
    const bachelor = `张三,${number},中山大学,大学本科,2012-06,105581201205000123\n`
    async function* cutOff() {
      yield headings + bachelor.repeat(1001)
      throw new Error('killed')
    }
    async function* some() {
      yield headings + bachelor
    }
    const master = {
      name: '张三',
      number,
      school: '暨南大学',
      level: 'master_program',
      graduated: '2015-06',
      diplomaNo: '105591201502000456',
      mode: '',
      major: '',
    }
    const said = async () => {
      const answer = await deps.registers?.look('education', master)
      const { state, why } = judgeClaim('education', master, answer?.records ?? null)
      return `${state} ${why}`
    }
    const file = { kind: 'education', replace: false } as const
    const bringIn = (text: AsyncIterable<string>, partial: boolean) => {
      deps.clock.advance(1000)
      return importRegister(deps, null, { ...file, text, partial }, () => undefined)
    }
    // On its way, or cut off.
    await expect(bringIn(cutOff(), false)).rejects.toThrow('killed')
    expect(await said()).toBe('unavailable no-data')
    await bringIn(some(), false)
    expect(await said()).toBe('differs not-found')
  })
})
