/** 继续教育名单 (CRE-1): a department uploads a list, mends what is told, and the person finds the credits. */
import { dayOf } from '#lib/domain/days.ts'
import { trainees } from './support/rosters.ts'
import { expect, test } from './support/seeded.ts'

test('a list with two bad lines is confirmed, and its person has the credits and a message', async ({
  page,
  other,
  service,
}) => {
  const person = await service.applicant('approved')
  // A month of the year that runs, whenever this runs.
  const month = dayOf(new Date()).slice(0, 7)
  await service.enter(page.context(), await service.reviewer())
  await page.goto('/review')
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '继续教育名单' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '继续教育名单' })).toBeVisible()
  await page
    .getByLabel('名单文件（CSV）')
    .setInputFiles(
      trainees(
        `${person.login},${person.name},面授培训,浏览器培训班,2,${month},专业科目`,
        `${person.login},别人,面授培训,浏览器培训班,2,${month},`,
        `${person.login},${person.name},面授培训,浏览器培训班二,99,${month},`,
      ),
    )
  await page.getByRole('button', { name: '上传并核对' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '核对结果' })).toBeVisible()
  const faults = page.getByRole('table', { name: '不能登记的行' })
  await expect(faults.getByRole('row').filter({ hasText: '与这个号码登记的姓名不同' })).toContainText('3')
  await expect(faults.getByRole('row').filter({ hasText: '一次最多填 30' })).toContainText('数量')
  await expect(page.getByRole('main')).not.toContainText(person.login)
  await page.getByRole('button', { name: '确认登记' }).click()
  await expect(page.getByText('已确认。')).toBeVisible()
  const isEntered = async () => {
    await page.goto(new URL(page.url()).pathname)
    return page.getByText('名单共 3 行，登记 1 行').count()
  }
  await expect.poll(isEntered).toBe(1)
  await expect(page.getByRole('button', { name: '确认登记' })).toHaveCount(0)

  await service.enter(other.context(), person.actor)
  await other.goto('/messages')
  await expect(other.getByText('继续教育学分已登记').first()).toBeVisible()
  await other.goto('/education-credits')
  const entry = other.getByRole('row').filter({ hasText: '浏览器培训班' })
  await expect(entry.getByRole('cell', { name: /^20(?!\d)/ })).toBeVisible()
  await expect(entry).toContainText('会计管理部门按学员名单登记')
})
