/**
 * Seven kinds of people, each through the pages that are theirs alone, to what their department sees. The rest of their
 * wizard is filled in by commands; main-job.spec.ts goes through all of it by hand.
 */
import type { Page } from '@playwright/test'
import { sampleRow, sampleRows } from '#lib/readers/sample.ts'
import type { SectionId } from '#lib/sections/all.ts'
import type { Row } from '#lib/sections/define.ts'
import { newMainlandNumber } from '#tests/support/deps.ts'
import { drafted, registered, usual } from './support/drafts.ts'
import { expect, type Service, test } from './support/seeded.ts'
import {
  addEducation,
  basicPage,
  choose,
  chooseDepartment,
  next,
  picture,
  sendCollection,
  slot,
  upload,
} from './support/wizard.ts'

const main = (page: Page) => page.getByRole('main')
const errors = (page: Page) => page.locator('#errors')
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })
const save = (page: Page) => page.getByRole('button', { name: '保存', exact: true }).click()

const row = (section: SectionId, id: string, values: Row['values'] = {}): Row => {
  const sample = sampleRow(section, id)
  return { ...sample, values: { ...sample.values, ...values } }
}
/** The browser of this person stands on this page of the wizard. */
async function at(page: Page, service: Service, actor: { id: string }, step: string): Promise<void> {
  await service.enter(page.context(), actor)
  await page.goto(`/collection/${step}`)
}

const record = ({ name, number }: { name: string; number: string }, values: Row['values']) => ({
  name,
  number,
  ...values,
})

/** A reviewer of 天河区 at this case. */
async function asReviewed(page: Page, service: Service, caseId: string): Promise<void> {
  await service.enter(page.context(), await service.reviewer())
  await page.goto(`/review/${caseId}`)
  await expect(main(page)).toContainText('待审核')
}

const college = {
  school: '岭南示例大学',
  level: '大学本科',
  degree: '学士',
  major: '会计学',
  enrolled: '2008-09',
  graduated: '2012-06',
  diplomaNo: '105581201205001234',
  degreeNo: '1055842012001234',
}

test('in service: what 学信网 confirms needs no paper and waits for the department at once', async ({
  page,
  other,
  service,
}) => {
  const person = await drafted(service, usual)
  const held = { school: '岭南示例大学', graduated: '2012-06' }
  await registered(
    service,
    'education',
    record(person, { ...held, level: 'bachelor_program', diplomaNo: '105581201205001234' }),
  )
  await registered(
    service,
    'degree',
    record(person, { school: held.school, degree: 'bachelor', degreeNo: '1055842012001234' }),
  )
  await at(page, service, person.actor, 'education')
  await addEducation(page, college)
  await expect(page.getByRole('row', { name: /岭南示例大学/ })).toContainText('已填好')
  await page.goto('/collection/outcome')
  await sendCollection(page, '待审核')
  await asReviewed(other, service, person.caseId)
  for (const claim of ['学历', '学位'])
    await expect(main(other)).toContainText(new RegExp(`${claim}[^。]{0,6}一致`))
})

test('a student: the highest one obtained beside the current one, and 在读证明 instead of certificates', async ({
  page,
  other,
  service,
}) => {
  const person = await drafted(
    service,
    {
      department: sampleRows('department', 'student'),
      scope: sampleRows('scope', 'student'),
      basic: sampleRows('basic', 'student'),
      education: [],
    },
    { number: newMainlandNumber('20041102') },
  )
  await at(page, service, person.actor, 'education')
  await addEducation(page, {
    school: '岭南示例大学',
    level: '大学本科',
    degree: '无',
    major: '财务管理',
    enrolled: '2023-09',
    graduated: '在读',
  })
  await expect(errors(page).getByRole('link')).toHaveText(['请上传在读证明'])
  await upload(page, '在读证明', await picture.proof())
  await save(page)
  // EDU-4: studying alone is not enough.
  await page.getByRole('button', { name: '保存并下一步' }).click()
  await expect(errors(page)).toContainText('已取得')
  await addEducation(page, {
    school: '鹏城示例中学',
    level: '高中',
    degree: '无',
    enrolled: '2020-09',
    graduated: '2023-06',
  })
  await upload(page, '学历证书', await picture.proof())
  await save(page)
  await next(page, '工作经历')
  await page.goto('/collection/outcome')
  await sendCollection(page, '待审核')
  await asReviewed(other, service, person.caseId)
  for (const there of ['鹏城示例中学', '岭南示例大学', '在读证明'])
    await expect(main(other)).toContainText(there)
})

test('a degree from abroad: 留服认证 is asked for from the start, 学信网 is not', async ({
  page,
  other,
  service,
}) => {
  const person = await drafted(service, usual)
  await at(page, service, person.actor, 'education')
  await addEducation(page, {
    ...college,
    place: '境外（含港澳台）',
    school: 'Example University',
    level: '硕士研究生',
    degree: '硕士',
    diplomaNo: 'No. 2012/ACF 77',
    degreeNo: 'MSc 2012 № 77',
  })
  await expect(errors(page).getByRole('link')).toHaveText([
    '请上传学历证书',
    '请上传教育部留学服务中心认证书',
  ])
  await expect(slot(page, '学信网学历（学位）验证报告')).toHaveCount(0)
  await upload(page, '学历证书', await picture.proof())
  await upload(page, '教育部留学服务中心认证书', await picture.proof())
  await save(page)
  await expect(page.getByRole('row', { name: /Example University/ })).toContainText('已填好')
  await page.goto('/collection/outcome')
  await sendCollection(page, '待审核')
  await asReviewed(other, service, person.caseId)
  await expect(main(other)).toContainText('教育部留学服务中心认证书')
})

/** Returned by the machine; the pages of the row say what is to be done. */
async function returnedByCheck(page: Page, school: string, failure: string): Promise<void> {
  await sendCollection(page, '退回修改')
  await expect(page.getByText('机器核验有不一致的内容，还没有转给会计管理部门')).toBeVisible()
  await expect(main(page)).toContainText(failure)
  await page.goto('/collection/education')
  const row = page.getByRole('row', { name: new RegExp(school) })
  await expect(row).toContainText('核验不一致')
  await row.getByRole('link', { name: /^编辑/ }).click()
  await expect(heading(page, '教育经历 1')).toBeVisible()
  await expect(main(page)).toContainText(failure)
}

/** Sent again with proofs: a person at the department decides, and sees what differed. */
async function sentAgain(page: Page, other: Page, service: Service, caseId: string): Promise<void> {
  await page.goto('/collection/outcome')
  await sendCollection(page, '待审核')
  await expect(page.getByText('第 2 次提交').first()).toBeVisible()
  await asReviewed(other, service, caseId)
  await expect(main(other)).toContainText('不一致')
  await expect(main(other)).toContainText('已补充证明')
}

test('a degree of before 2008: 不一致 comes back by itself, and certificates without 验证报告 answer it', async ({
  page,
  other,
  service,
}) => {
  const education = {
    graduated: '2004-06',
    enrolled: '2000-09',
    diplomaNo: '105581200405001234',
    degreeNo: '1055842004001234',
  }
  const person = await drafted(
    service,
    {
      ...usual,
      education: [row('education', 'row002', education)],
      employment: [row('employment', 'row002', { start: '2016-03' })],
    },
    { number: newMainlandNumber('19820512') },
  )
  const { school = '' } = sampleRow('education', 'row002').values
  await registered(
    service,
    'education',
    record(person, {
      school,
      level: 'bachelor_program',
      graduated: '2004-07',
      diplomaNo: education.diplomaNo,
    }),
  )
  await at(page, service, person.actor, 'outcome')
  await returnedByCheck(page, school, '毕业时间与学信网不一致')
  await expect(slot(page, '学信网学历（学位）验证报告')).toHaveCount(0)
  await upload(page, '学历证书', await picture.proof())
  await save(page)
  await expect(page.getByRole('row', { name: new RegExp(school) })).toContainText('已填好')
  await sentAgain(page, other, service, person.caseId)
})

test('a lost diploma: no record is found, and 学历证明 of the school takes the place of the certificate', async ({
  page,
  other,
  service,
}) => {
  const values = {
    school: '羊城示例专科学校',
    level: 'junior_college',
    degree: 'none',
    enrolled: '2002-09',
    graduated: '2005-06',
    diplomaNo: '105581200506001234',
    degreeNo: '',
  }
  const person = await drafted(service, { ...usual, education: [row('education', 'row002', values)] })
  // The register knows this person by another diploma.
  await registered(
    service,
    'education',
    record(person, {
      school: '羊城示例大学',
      level: 'bachelor_program',
      graduated: '2012-06',
      diplomaNo: '105581201205009999',
    }),
  )
  await at(page, service, person.actor, 'outcome')
  await returnedByCheck(page, values.school, '查无记录')
  await upload(page, '学历证明（毕业证书丢失时）', await picture.proof())
  await save(page)
  await expect(page.getByRole('row', { name: new RegExp(values.school) })).toContainText('已填好')
  await sentAgain(page, other, service, person.caseId)
})

test('not working yet （三）: no job, no qualification and no 简历表 are asked for', async ({
  page,
  other,
  service,
}) => {
  const person = await drafted(service, {
    department: [row('department', 'main', { situation: 'other' })],
    basic: sampleRows('basic'),
    education: sampleRows('education').slice(0, 1),
  })
  await at(page, service, person.actor, 'scope')
  await page.getByLabel(/^（三）/).check()
  await next(page, '基本信息')
  await page.goto('/collection/employment')
  await expect(slot(page, '会计专业工作简历表')).toHaveCount(0)
  await next(page, '专业技术资格')
  await next(page, '审核告知')
  await sendCollection(page, '待审核')
  await asReviewed(other, service, person.caseId)
  await expect(main(other)).toContainText('（三）暂未工作但拟报名初级会计专业技术资格考试的人员')
})

test('港澳居民来往内地通行证: the department by where they live, no 户籍, 民族 or 政治面貌', async ({
  page,
  other,
  service,
}) => {
  const known = { person: { idType: 'hkmo_permit', birth: '1990-03-07', sex: 'male' } } as const
  const number = `H${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`
  const wish = {
    idType: 'hkmo_permit',
    number,
    name: '陳大文',
    sex: 'male',
    birth: '1990-03-07',
    known,
  } as const
  const person = await drafted(
    service,
    {
      scope: [row('scope', 'main', { scope: 'junior_candidate' })],
      education: sampleRows('education').slice(0, 1),
    },
    wish,
  )
  await at(page, service, person.actor, 'department')
  await expect(page.getByLabel('户籍所在地')).toHaveCount(0)
  await choose(page, '当前情况', '其他（未工作也不在校）')
  await page.getByLabel('居住地').selectOption({ label: '广州市' })
  await page.getByRole('button', { name: '按我的情况推荐' }).click()
  await expect(page.locator('#proposal')).toContainText('居住地')
  const selects = page.getByRole('group', { name: '会计管理部门' }).locator('select')
  await expect(selects.nth(1)).toHaveValue('440100')
  await chooseDepartment(page, ['广东省', '广州市', '天河区'])
  await next(page, '采集须知')
  await page.goto('/collection/basic')
  for (const label of ['民族', '政治面貌']) await expect(page.getByLabel(label)).toHaveCount(0)
  await basicPage(page, { isMainland: false })
  await next(page, '教育经历')
  await page.goto('/collection/outcome')
  await sendCollection(page, '待审核')
  await asReviewed(other, service, person.caseId)
  await expect(main(other)).toContainText('港澳居民来往内地通行证')
})
