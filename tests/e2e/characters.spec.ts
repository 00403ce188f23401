import type { Page } from '@playwright/test'
import { accountByPhone } from '#db/queries/accounts.ts'
import {
  askForCode,
  fillPerson,
  newPerson,
  type Person,
  sendRegistration,
  toRegistration,
} from './support/people.ts'
import { complaints, expect, type Service, test } from './support/seeded.ts'

/** Of the second plane: two halves to a browser, four bytes to a database. */
const lucky = '𠮷'

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const rare = (page: Page) => page.getByRole('button', { name: /^生僻字/ })
const nameField = (page: Page) => page.getByLabel('真实姓名')
const password = (page: Page) => page.getByLabel('密码', { exact: true })

async function halfRegistered(page: Page, person: Person) {
  await toRegistration(page)
  await fillPerson(page, person)
  await password(page).fill(person.password)
}

async function keepsAll(page: Page, person: Person, name: string) {
  await expect(page.getByLabel('证件类型').locator('option:checked')).toHaveText('内地居民身份证')
  await expect(page.getByLabel('证件号码')).toHaveValue(person.idNumber)
  await expect(nameField(page)).toHaveValue(name)
  await expect(page.getByLabel('手机号')).toHaveValue(person.phone)
}

/** To the end of the form as it stands, and whether the account is called so. */
async function registersAs(page: Page, service: Service, person: Person, name: string, masked: string) {
  const code = await askForCode(page, person.phone)
  await keepsAll(page, person, name)
  await sendRegistration(page, code, person.password)
  await expect(page.getByText('注册成功')).toBeVisible()
  await expect(page.getByRole('banner')).toContainText(masked)
  const { store, keys } = service.deps
  expect((await accountByPhone(store.read, store.t, keys, person.phone))?.name).toBe(name)
}

/** The picker as a page of its own: by sound, then by code point; gives back where it stands with results. */
async function byPage(page: Page, person: Person) {
  await rare(page).click()
  await expect(heading(page, '生僻字')).toBeVisible()
  const search = async (text: string) => {
    await page.getByLabel('查找条件').fill(text)
    await page.getByRole('button', { name: '查找' }).click()
    await expect(page.getByLabel('查找条件')).toHaveValue(text)
  }
  await search('yǎn 9画')
  await expect(page.getByRole('button', { name: /^䶮/ })).toContainText('U+4DAE')
  await search('yan')
  await page.getByRole('link', { name: '下一页' }).click()
  await expect(page.getByText('第 2 页')).toBeVisible()
  await search('zzz')
  await expect(page.getByRole('status')).toContainText('没有找到这样的字')
  await search('U+20BB7')
  await expect(page.getByRole('status')).toContainText('找到 1 个字')
  await page.getByRole('button', { name: new RegExp(`^${lucky}`, 'u') }).click()
  await expect(heading(page, '注册')).toBeVisible()
  await expect(nameField(page)).toHaveValue(person.name + lucky)
  await expect(password(page)).toHaveValue('')
}

/** The picker over the page, by keyboard alone: the field and its button are next to each other. */
async function byDialog(page: Page, person: Person) {
  const dialog = page.getByRole('dialog', { name: '生僻字' })
  const status = dialog.getByRole('status')
  const open = async () => {
    await page.keyboard.press('Tab')
    await expect(rare(page)).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(dialog.getByLabel('查找条件')).toBeFocused()
  }
  await nameField(page).focus()
  await open()
  await page.keyboard.type('yan')
  await expect(status).toContainText(/找到 \d+ 个字，已显示 60 个/)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('zzz')
  await expect(status).toContainText('没有找到这样的字')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText('yǎn 9画')
  const dragon = dialog.getByRole('button', { name: /^䶮/ })
  await expect(dragon).toContainText('U+4DAE')
  await page.keyboard.press('Tab')
  const tiles = dialog.getByRole('list').getByRole('button')
  await expect(tiles.first()).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(tiles.nth(1)).toBeFocused()
  // Back to the search, and into the results by the arrow.
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  await expect(dialog.getByLabel('查找条件')).toBeFocused()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('U+20BB7')
  await expect(tiles).toHaveCount(1)
  await page.keyboard.press('ArrowDown')
  await expect(tiles.first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(nameField(page)).toBeFocused()
  await expect(nameField(page)).toHaveValue(person.name + lucky)
  await expect(page.getByText(`已填入“${lucky}”`)).toBeAttached()
  await expect(password(page)).toHaveValue(person.password)
}

test('ACC-4: a character nobody can type is found by sound or code point, and registered with', async ({
  page,
  service,
  scripted,
}) => {
  const person = newPerson('欧阳')
  const heard = complaints(page)
  await halfRegistered(page, person)
  await (scripted ? byDialog : byPage)(page, person)
  await keepsAll(page, person, `欧阳${lucky}`)
  await registersAs(page, service, person, `欧阳${lucky}`, '欧阳*')
  expect(heard).toEqual([])
})

test('ACC-4: the picker can be left without a character, and put one between two', async ({
  page,
  scripted,
}) => {
  const person = newPerson('王明')
  await halfRegistered(page, person)
  await rare(page).click()
  if (scripted) {
    const dialog = page.getByRole('dialog', { name: '生僻字' })
    await dialog.getByLabel('查找条件').fill(lucky)
    await expect(dialog.getByRole('list').getByRole('button')).not.toHaveCount(0)
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(rare(page)).toBeFocused()
    await expect(password(page)).toHaveValue(person.password)
    await keepsAll(page, person, '王明')
    await nameField(page).focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    await rare(page).click()
    await dialog.getByRole('button', { name: new RegExp(`^${lucky}`, 'u') }).click()
    await expect(nameField(page)).toHaveValue(`王${lucky}明`)
    // The caret stands behind what was put in.
    await page.keyboard.insertText('大')
    return expect(nameField(page)).toHaveValue(`王${lucky}大明`)
  }
  await expect(heading(page, '生僻字')).toBeVisible()
  await page.getByRole('link', { name: '返回，不选字' }).click()
  await expect(heading(page, '注册')).toBeVisible()
  await expect(page.locator('#errors')).toHaveCount(0)
  await keepsAll(page, person, '王明')
})

test('ACC-4: 生僻字 as a page for anybody offers characters to copy, and no form to go back to', async ({
  page,
}) => {
  await page.goto(`/characters?page=register&echo=${'x'.repeat(43)}&q=yan`)
  await expect(page.getByText('刚才填写的内容没有保留下来')).toBeVisible()
  await expect(page.getByText('找到以后可以选中并复制这个字。')).toBeVisible()
  await expect(page.getByRole('main').getByRole('list').getByRole('button')).toHaveCount(0)
  await page.getByRole('link', { name: '重新填写' }).click()
  await expect(heading(page, '注册')).toBeVisible()
})

test('names beyond the first plane stand whole on every page', async ({ page, service }) => {
  // Extensions B and G, beside a compound surname.
  const name = `欧阳${lucky}𠀋\u{30EDD}`
  const person = await service.applicant('complete', { name })
  await service.enter(page.context(), person.actor)
  for (const path of ['/collection/basic', '/collection/outcome', `/cases/${person.caseId}/print`]) {
    await page.goto(path)
    await expect(page.getByRole('main').getByText(name, { exact: true }), path).toBeVisible()
    await expect(page.getByRole('banner'), path).toContainText('欧阳***')
    expect(await page.content(), path).not.toContain('\u{FFFD}')
  }
})
