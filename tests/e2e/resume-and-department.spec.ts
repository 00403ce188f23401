import { saveEntry } from '#lib/commands/save-entry.ts'
import { asPosted, filledForm, sampleContext, sampleRow } from '#lib/readers/sample.ts'
import { expect, type Service, test } from './support/seeded.ts'
import { choose, chooseDepartment, next } from './support/wizard.ts'

test('the finder proposes, says why, asks for what is missing, and the person decides', async ({
  page,
  service,
}) => {
  const { actor } = await service.applicant('verified')
  await service.enter(page.context(), actor)
  await page.goto('/collection')
  await page.getByRole('button', { name: '开始信息采集' }).click()
  const selects = page.getByRole('group', { name: '会计管理部门' }).locator('select')
  const ask = () => page.getByRole('button', { name: '按我的情况推荐' }).click()

  await ask()
  await expect(page.locator('#errors')).toContainText('请选择当前情况')
  await choose(page, '当前情况', '在校学生')
  await page.getByLabel('户籍所在地').selectOption({ label: '长沙市' })
  await ask()
  await expect(page.locator('#errors')).toContainText('请选择学籍所在地，才能推荐')
  await page.getByLabel('工作单位或学校所在地').selectOption({ label: '广州市' })
  await ask()
  await expect(page.locator('#proposal')).toContainText('您在校就读，应选择学籍所在地的会计管理部门')
  await expect(page.locator('#proposal')).toBeFocused()
  await expect(page.getByLabel('户籍所在地')).toHaveValue('430100')
  await expect(page.getByLabel('工作单位或学校所在地')).toHaveValue('440100')
  await expect(selects.nth(0)).toHaveValue('440000')
  await expect(selects.nth(1)).toHaveValue('440100')
  await expect(selects.nth(2)).toHaveValue('')

  await choose(page, '当前情况', '其他（未工作也不在校）')
  await ask()
  await expect(page.locator('#proposal')).toContainText('这里按户籍所在地推荐')
  await expect(selects.nth(1)).toHaveValue('430100')
  // The proposal binds nobody.
  await chooseDepartment(page, ['广东省', '广州市', '天河区'])
  await next(page, '采集须知')
  await page.goto('/collection/department')
  await expect(page.getByText('已选择：广东省广州市天河区')).toBeVisible()
})

/** Thirty posts in two jobs, with names as long as they may be. */
async function thirtyPosts(service: Service, person: Awaited<ReturnType<Service['applicant']>>) {
  const job = sampleRow('employment', 'row002')
  const [post] = job.children ?? []
  if (!post) throw new Error('the sample has no post')
  for (const [index, rowId] of ['long01', 'long02'].entries()) {
    const start = 1995 + index * 15
    const values = {
      ...job.values,
      start: `${start}-01`,
      end: `${start + 14}-12`,
      employer: '𠀀'.repeat(100),
    }
    for (let rev = 0; rev < 15; rev++) {
      const held = (await service.rows(person.caseId, 'employment')).find(({ id }) => id === rowId)
      const children = (held?.children ?? []).map((child, position) => ({
        ...child,
        values: { ...post.values, start: `${start + position}-01`, end: `${start + position}-12` },
      }))
      await saveEntry(service.deps, person.actor, {
        caseId: person.caseId,
        section: 'employment',
        rowId,
        rev: held?.rev ?? 0,
        form: asPosted(filledForm('employment', { id: rowId, rev, values, children }, sampleContext())),
        addChild: rev < 14,
      })
    }
  }
}

test('会计专业工作简历表 is filled in from one’s own rows and goes on over pages', async ({
  page,
  service,
}) => {
  const person = await service.applicant('complete', { name: '欧阳䶮' })
  await service.enter(page.context(), person.actor)
  await page.goto('/collection/employment')
  await page.getByRole('main').getByRole('link', { name: '预填的简历表' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '会计专业工作简历表' })).toBeVisible()
  for (const there of ['欧阳䶮', person.login, '大学本科（学士）', '广州示例科技有限公司'])
    await expect(page.getByRole('main')).toContainText(there)
  await expect(page).toHaveURL(/\/collection\/resume$/)

  await thirtyPosts(service, person)
  await page.goto('/templates')
  await page.getByRole('link', { name: '预填的简历表' }).click()
  await expect(page.getByRole('row', { name: /𠀀/ })).toHaveCount(30)
  const paper = await page.pdf({ preferCSSPageSize: true })
  const pages = paper.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []
  expect(pages.length).toBeGreaterThan(2)
})
