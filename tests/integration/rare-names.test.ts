import { inArray } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { openAccount } from '#db/queries/accounts.ts'
import { roundContext, roundsOf } from '#db/queries/cases.ts'
import { captchaDigits, issueCaptcha } from '#lib/auth/captcha-token.ts'
import { register } from '#lib/commands/register.ts'
import { requestSmsCode } from '#lib/commands/request-sms-code.ts'
import { signIn } from '#lib/commands/sign-in.ts'
import { deliverOutbox } from '#lib/jobs/outbox.ts'
import type { Snapshot } from '#lib/readers/snapshot.ts'
import { nameKey } from '#lib/schemas/name.ts'
import { maskedName } from '#lib/text/surnames.ts'
import { findCharacters } from '#lib/views/characters.ts'
import { submittedIdentity } from '#tests/support/cases.ts'
import { newMainlandNumber, newPhone, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

/** Ext B with a selector of its form, Ext G, Ext E, and a character of level 3. */
const surname = '\u{20BB7}\u{E0101}'
const name = `${surname}\u{30EDD}\u{2CB4A}\u4DAE`
const browser = 'b'.repeat(43)
const address = '192.0.2.7'
const password = 'correct horse 42'

const answered = (deps: TestDeps) => {
  const captchaToken = issueCaptcha(deps)
  return { captchaToken, captcha: captchaDigits(deps, captchaToken)?.digits ?? '' }
}

/** Registers by the commands behind the form, with the name as the form sends it. */
async function registered(deps: TestDeps) {
  const [phone, idNumber] = [newPhone(), newMainlandNumber()]
  const typed = { phone, ...answered(deps) }
  await requestSmsCode(deps, null, { typed, purpose: 'register', browser, address })
  await deliverOutbox(deps, 100)
  const code = deps.sent.findLast((message) => message.phone === phone)?.code ?? ''
  const person = { idType: 'mainland_id', idNumber, name, phone, code, password, passwordAgain: password }
  await register(deps, null, { typed: person, browser })
  return { phone, idNumber }
}

describeEachEngine('a name beyond the BMP (ACC-4)', (open) => {
  it('stays byte for byte from registration over sign-in and search to what is printed', async () => {
    const deps = testDeps(await open())
    await seedDepartments(deps)
    const { idNumber } = await registered(deps)

    const entered = await signIn(deps, null, {
      typed: { ...answered(deps), login: idNumber, password },
      address,
      agent: 'test',
    })
    expect(entered.kind).toBe('applicant')

    const { store, keys } = deps
    const { t } = store
    // Looked up as people type it: without the selector, with white space around.
    const byName = (typed: string) =>
      store.read
        .select()
        .from(t.account)
        .where(inArray(t.account.nameIndex, [...keys.blinds('name', nameKey(typed))]))
    const plain = name.replace('\u{E0101}', '')
    const [row] = await byName(` ${plain} `)
    expect(await byName(name)).toEqual([row])
    expect(await byName(plain.replace('\u{20BB7}', '吉'))).toEqual([])
    if (!row) throw new Error('nobody of this name')
    const account = openAccount(keys, row)
    expect(Buffer.from(account.name)).toEqual(Buffer.from(name))

    expect(maskedName(account.name)).toBe(`${surname}***`)

    const actor = { kind: 'applicant', id: account.id, sessionId: 'test-session' } as const
    const caseId = await submittedIdentity(deps, actor, '440100')
    const [round] = await roundsOf(store.read, t, caseId)
    const snapshot: Snapshot = JSON.parse(keys.unseal(round?.snapshotSealed ?? '', roundContext(caseId, 1)))
    const printed = snapshot.sections
      .flatMap(({ rows }) => rows)
      .flatMap(({ answers }) => answers)
      .find(({ key }) => key === 'name')?.shown
    expect(Buffer.from(printed ?? '')).toEqual(Buffer.from(name))
  })

  it('can be put together from what the picker finds', () => {
    const picked = ['U+20BB7', 'U+30EDD', '金字旁 杜', '龙天'].map(
      (typed) => findCharacters(typed, '').characters[0]?.character,
    )
    expect(picked.join('')).toBe('\u{20BB7}\u{30EDD}\u{2CB4A}\u4DAE')
  })
})
