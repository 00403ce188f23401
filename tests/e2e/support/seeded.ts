/** People at any point of the main job, made beside the running server by the commands everybody uses: no test shares one. */
import { createHash, randomInt } from 'node:crypto'
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { makeAppKeys } from '#db/crypto.ts'
import { accountContext } from '#db/queries/accounts.ts'
import { caseFile } from '#db/queries/case-file.ts'
import { eventsOfCase, latestCase } from '#db/queries/cases.ts'
import type { DemoApplicant, DemoState } from '#db/seed/demo-people.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import { type Deps, openDeps } from '#lib/deps.ts'
import type { Applicant, Claimant, Staff } from '#lib/domain/actor.ts'
import { readEnv } from '#lib/env.ts'
import { newFactorSecret, newSecret } from '#lib/ids.ts'
import { asPosted, filledForm, sampleContext, sampleRow } from '#lib/readers/sample.ts'
import type { SectionId } from '#lib/sections/all.ts'
import type { Row, Values } from '#lib/sections/define.ts'
import { ensureApplicant, numberOf, passwordOf } from '#ops/demo/accounts.ts'
import { bringTo } from '#ops/demo/progress.ts'
import { makeApplicant, makeClaimant, makeStaff, newMainlandNumber, newPhone } from '#tests/support/deps.ts'

const hour = 3_600_000
const tianhe = '440106'

export interface SeededApplicant {
  readonly actor: Applicant
  readonly login: string
  readonly phone: string
  readonly name: string
  readonly password: string
  /** Their newest case; '' before they have one. */
  readonly caseId: string
  readonly number: string
}

/** `complete`: everything filled in and taken back before anybody looked at it. */
export type SeededState = DemoState | 'complete'

export class Service {
  readonly deps: Deps
  readonly url: string
  constructor(deps: Deps, url: string) {
    this.deps = deps
    this.url = url
  }

  /** Somebody new whose case is this far; `rows` is the sample person whose answers they give. */
  async applicant(
    state: SeededState,
    {
      rows = 'employed',
      departmentId = tianhe,
      name = `欧阳试${String.fromCodePoint(0x4e00 + randomInt(5_000))}`,
    }: Partial<Pick<DemoApplicant, 'rows' | 'departmentId' | 'name'>> = {},
  ): Promise<SeededApplicant> {
    const birth = rows === 'employed' ? '19900512' : '20041102'
    const person: DemoApplicant = {
      state: state === 'complete' ? 'submitted' : state,
      name,
      numberHead: newMainlandNumber(birth).slice(0, 17),
      phone: newPhone(),
      rows,
      departmentId,
    }
    const actor = await ensureApplicant(this.deps, person)
    await bringTo(this.deps, actor, person)
    const kind = state === 'identity' ? 'identity' : 'collection'
    const found = await latestCase(this.deps.store.read, this.deps.store.t, actor.id, kind)
    if (state === 'complete' && found) await withdrawCase(this.deps, actor, { caseId: found.id })
    const login = numberOf(person)
    return {
      actor,
      login,
      phone: person.phone,
      name: person.name,
      password: passwordOf(this.deps, login),
      caseId: found?.id ?? '',
      number: found?.number ?? '',
    }
  }

  /** Somebody whose return is mended and submitted again. */
  async mended(): Promise<SeededApplicant> {
    const person = await this.applicant('returned')
    const { caseId, actor } = person
    const change = async (section: SectionId, rowId: string, values: Values) => {
      const row = sampleRow(section, rowId)
      const form = asPosted(
        filledForm(section, { ...row, values: { ...row.values, ...values } }, sampleContext()),
      )
      await saveEntry(this.deps, actor, { caseId, section, rowId, rev: row.rev, form })
    }
    await change('basic', 'main', { address: '广东省广州市天河区新示例路 7 号' })
    await change('education', 'row002', { diplomaNo: '100001201205000124' })
    await submitCase(this.deps, actor, { caseId, declared: true })
    return person
  }

  /** Somebody who registered with a number that another account holds. */
  async claimant(): Promise<Claimant> {
    const { number } = await makeApplicant(this.deps)
    return (await makeClaimant(this.deps, { number })).actor
  }

  /** As after the first step of an appeal for a lost phone. */
  async losePhone({ id }: { readonly id: string }): Promise<void> {
    const { store, keys } = this.deps
    const nextPhoneSealed = keys.seal(newPhone(), accountContext(id, 'next-phone'))
    await store.tx((q) =>
      q.update(store.t.account).set({ nextPhoneSealed }).where(eq(store.t.account.id, id)),
    )
  }

  async reviewer(departmentId = tianhe): Promise<Staff> {
    return (await makeStaff(this.deps, { role: 'reviewer', departmentId })).actor
  }

  /** A reviewer who signs in by the form: an authenticator's code works once, so nobody shares theirs. */
  async reviewerAtTheDoor(departmentId = tianhe) {
    const password = 'correct horse 电池'
    const way = { password, totpSecret: newFactorSecret() }
    const { login } = await makeStaff(this.deps, { role: 'reviewer', departmentId, ...way })
    return { login, ...way }
  }

  claim(reviewer: Staff, caseId: string): Promise<void> {
    return claimCase(this.deps, reviewer, { caseId }).then(() => undefined)
  }

  /** Signs a browser in without the form, which main-job.spec.ts goes through; the session lasts so many hours. */
  async enter(context: BrowserContext, { id }: { readonly id: string }, hours = 8): Promise<void> {
    const { store, clock } = this.deps
    const token = newSecret()
    const at = clock.now()
    await store.tx((q) =>
      q.insert(store.t.session).values({
        id: createHash('sha256').update(token).digest('hex'),
        accountId: id,
        createdAt: at,
        lastSeenAt: at,
        endsAt: new Date(at.getTime() + hours * hour),
        address: '127.0.0.1',
        agent: 'browser test',
      }),
    )
    await context.addCookies([{ name: 'sid', value: token, url: this.url }])
  }

  /** Ends every session of this person, as an operator or another device does. */
  async endSessions({ id }: { readonly id: string }): Promise<void> {
    const { store, clock } = this.deps
    await store.tx((q) =>
      q.update(store.t.session).set({ endedAt: clock.now() }).where(eq(store.t.session.accountId, id)),
    )
  }

  /** Ids of the pictures a case holds now. */
  async files(caseId: string): Promise<string[]> {
    const { read, t } = this.deps.store
    const held = await read
      .select({ id: t.attachment.fileId })
      .from(t.attachment)
      .where(eq(t.attachment.caseId, caseId))
    return held.map(({ id }) => id)
  }

  /** The rows of a section as they are stored. */
  async rows(caseId: string, section: SectionId): Promise<readonly Row[]> {
    const { store, keys } = this.deps
    const file = await caseFile(store.read, store.t, keys, caseId)
    return file?.proposals.get(section)?.rows ?? []
  }

  /** Kinds of what happened to a case, oldest first. */
  async events(caseId: string): Promise<string[]> {
    const { read, t } = this.deps.store
    return (await eventsOfCase(read, t, caseId)).map(({ kind }) => kind)
  }

  rounds(caseId: string) {
    const { read, t } = this.deps.store
    return read.select().from(t.caseRound).where(eq(t.caseRound.caseId, caseId))
  }
}

/**
 * `service`: the data of the server under test, opened once per worker beside it. `scripted`: whether this project runs
 * script. `other`: a browser of somebody else.
 */
export const test = base.extend<{ scripted: boolean; other: Page }, { service: Service }>({
  scripted: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled ?? true),
  other: async ({ browser, baseURL, scripted }, use) => {
    const context = await browser.newContext({
      ...(baseURL === undefined ? {} : { baseURL }),
      javaScriptEnabled: scripted,
    })
    await use(await context.newPage())
    await context.close()
  },
  service: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of a fixture's needs from this pattern
    async ({}, use) => {
      const env = { DATA_DIR: process.env.PLAYWRIGHT_DATA_DIR, DEMO: '1' }
      const deps = await openDeps(readEnv(env, makeAppKeys))
      await use(new Service(deps, process.env.PLAYWRIGHT_BASE_URL ?? ''))
      await deps.store.close()
    },
    { scope: 'worker' },
  ],
})

/** What the browser itself complains of: script errors and whatever the content policy stopped. */
export function complaints(page: Page): string[] {
  const heard: string[] = []
  page.on('pageerror', (error) => heard.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(`${page.url()}: ${message.text()}`)
  })
  return heard
}

export { expect }
