/** What the office does with many cases, and between offices: 批量通过, 转办, 撤销 with open cases, and a form in other hands. */
import { and, eq } from 'drizzle-orm'
import { makeStaff } from '#tests/support/deps.ts'
import { expect, type SeededApplicant, type Service, test } from './support/seeded.ts'
import { choose, chooseDepartment } from './support/wizard.ts'

/** Districts that no other test sends anything to. */
const conghua = '440117'
const zengcheng = '440118'

const staff = async (service: Service, role: 'reviewer' | 'manager', departmentId: string) =>
  (await makeStaff(service.deps, { role, departmentId })).actor

/** One for each project: what is passed together is passed for everybody. */
const together = (scripted: boolean) => (scripted ? '440113' : '440115')

const state = async ({ deps: { store } }: Service, caseId: string) => {
  const { serviceCase } = store.t
  const [row] = await store.read.select().from(serviceCase).where(eq(serviceCase.id, caseId))
  return row
}

/** As if registers had confirmed everything. */
async function confirmed(service: Service, { caseId }: SeededApplicant): Promise<void> {
  const { store } = service.deps
  const { claimCheck } = store.t
  await expect.poll(async () => (await state(service, caseId))?.state).toBe('waiting')
  await store.tx((q) =>
    q
      .update(claimCheck)
      .set({ state: 'agrees', why: '', source: '2026-11-20' })
      .where(and(eq(claimCheck.caseId, caseId), eq(claimCheck.round, 1))),
  )
}

test('批量通过: what machines agree with is passed together, but for what is held back', async ({
  page,
  service,
  scripted,
}) => {
  const departmentId = together(scripted)
  const people = [
    await service.applicant('submitted', { departmentId }),
    await service.applicant('submitted', { departmentId }),
    await service.applicant('submitted', { departmentId }),
  ]
  for (const person of people.slice(0, 2)) await confirmed(service, person)
  const doubtful = people[2]
  if (!doubtful) throw new Error('three were made')
  await service.enter(page.context(), await staff(service, 'reviewer', departmentId))
  await page.goto('/review?checks=agree')
  await expect(page.getByRole('link', { name: doubtful.number })).toHaveCount(0)
  await page.getByRole('button', { name: '勾选本页全部' }).click()
  for (const { number } of people.slice(0, 2))
    await expect(page.getByRole('checkbox', { name: `选择 ${number}` })).toBeChecked()
  await page.getByRole('button', { name: '批量通过' }).click()
  await expect(page.getByText(/已通过 \d 件。/)).toBeVisible()
  // Whoever goes back finds nothing ticked that they did not tick there.
  await page.goBack()
  await expect(
    page.getByRole('button', { name: '批量通过' }).or(page.getByText('没有机器核验全部一致的')),
  ).toBeVisible()
  await page.reload()
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0)
  for (const { caseId } of people.slice(0, 2)) {
    const row = await state(service, caseId)
    expect(row?.state === 'approved' || row?.secondLookAt != null).toBe(true)
  }
  expect(await state(service, doubtful.caseId)).toMatchObject({ state: 'waiting', secondLookAt: null })
})

test('转办: the right office goes on with it, the old one finds nothing, and the applicant knows', async ({
  page,
  other,
  service,
}) => {
  const person = await service.applicant('submitted', { departmentId: conghua })
  const reviewer = await staff(service, 'reviewer', conghua)
  await expect.poll(async () => (await state(service, person.caseId))?.state).toBe('waiting')
  await service.enter(page.context(), reviewer)
  await page.goto(`/review/${person.caseId}`)
  await page.getByRole('button', { name: '领取', exact: true }).click()
  await page.getByRole('link', { name: '转办', exact: true }).click()
  // Nothing chosen yet: told at the controls, with nothing lost.
  await page.getByRole('button', { name: '确认转办' }).click()
  await expect(page.locator('#errors')).toBeVisible()
  await chooseDepartment(page, ['广东省', '广州市', '增城区'])
  await choose(page, '转办原因', '同一地方由另一个部门管理')
  await page.getByRole('button', { name: '确认转办' }).click()
  await expect(page.getByText('已转办，由接办的部门审核。')).toBeVisible()
  expect((await page.goto(`/review/${person.caseId}`))?.status()).toBe(404)

  await service.enter(other.context(), await staff(service, 'reviewer', zengcheng))
  await other.goto('/review')
  await other.getByRole('link', { name: person.number }).click()
  await other.getByRole('button', { name: '领取', exact: true }).click()
  await expect(other.getByRole('group', { name: /^审核意见/ }).first()).toBeVisible()

  await service.enter(page.context(), person.actor)
  await page.goto('/collection/outcome')
  await expect(page.getByRole('main')).toContainText('增城区')
})

test('撤销: a department’s open cases go on at the one that takes over', async ({
  page,
  other,
  service,
  scripted,
}) => {
  // What is closed stays closed for the other project, which has the same server.
  const [from, into] = scripted ? (['445321', '445302'] as const) : (['445322', '445303'] as const)
  const person = await service.applicant('submitted', { departmentId: from })
  await expect.poll(async () => (await state(service, person.caseId))?.state).toBe('waiting')
  const { read, t } = service.deps.store
  const named = async (id: string) =>
    (await read.select().from(t.department).where(eq(t.department.id, id)))[0]?.name ?? ''
  await service.enter(page.context(), await staff(service, 'manager', '445300'))
  await page.goto(`/departments/${from}/close`)
  await expect(page.getByRole('main')).toContainText('1 份在办申请')
  await chooseDepartment(page, ['广东省', '云浮市', await named(into)])
  await page.getByLabel('我已核对撤销以后的变化，确认撤销').check()
  await page.getByRole('button', { name: '撤销并入所选部门' }).click()
  await expect.poll(async () => (await state(service, person.caseId))?.sentTo).toBe(into)

  await service.enter(other.context(), await staff(service, 'reviewer', into))
  await other.goto('/review')
  await expect(other.getByRole('link', { name: person.number })).toBeVisible()
  await service.enter(page.context(), person.actor)
  await page.goto('/collection/outcome')
  await expect(page.getByRole('main')).toContainText(await named(into))
})

test('a decision that was captured does nothing with somebody else’s cookie', async ({
  page,
  other,
  service,
}) => {
  const person = await service.applicant('submitted')
  const reviewer = await service.reviewer()
  await service.claim(reviewer, person.caseId)
  await service.enter(page.context(), reviewer)
  await page.goto(`/review/${person.caseId}`)
  for (const section of ['会计管理部门', '采集须知', '基本信息', '教育经历', '工作经历', '专业技术资格'])
    await choose(page, `审核意见 · ${section}`, '通过')
  const typed = await page.locator('form:has([name=version]):has(fieldset)').evaluate((form) => {
    const button = [...form.querySelectorAll('button')].find((one) => one.textContent === '审核通过')
    return [...new FormData(form as HTMLFormElement, button)].filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    )
  })
  expect(Object.fromEntries(typed)).toMatchObject({ case: person.caseId })
  const captured = new FormData()
  for (const [name, value] of typed) captured.append(name, value)
  const before = await service.events(person.caseId)
  const send = (context: typeof page) =>
    context.request.post(`/review/${person.caseId}`, {
      multipart: captured,
      headers: { origin: service.url },
      maxRedirects: 0,
    })
  const strangers = [
    await staff(service, 'reviewer', '440104'),
    await staff(service, 'manager', '440300'),
    (await service.applicant('draft')).actor,
    person.actor,
  ]
  for (const stranger of strangers) {
    await other.context().clearCookies()
    await service.enter(other.context(), stranger)
    expect((await send(other)).status()).toBe(404)
  }
  await other.context().clearCookies()
  expect((await send(other)).status()).toBe(303)
  expect(await service.events(person.caseId)).toEqual(before)
  // The same bytes from who holds it are a decision, once.
  expect((await send(page)).status()).toBe(303)
  expect((await state(service, person.caseId))?.state).toBe('approved')
  await send(page)
  expect((await service.rounds(person.caseId)).length).toBe(1)
})
