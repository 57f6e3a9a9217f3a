// The wizard of a share request, as a clerk of 区民政局 goes through it.

/** Finds an entry of 区卫生健康委 that is 授权共享, by searching for it. */
async function findEntry(person) {
  const { page, base } = person
  await page.goto(`${base}/catalog?sharing=authorized`)
  const row = page.getByTestId('entry-row').filter({ hasText: '区卫生健康委' }).first()
  await row.waitFor()
  const title = (await row.getByRole('link').first().innerText()).trim()
  await page.goto(`${base}/catalog`)
  await page.getByRole('textbox', { name: '查找目录条目' }).or(page.getByRole('searchbox', { name: '查找目录条目' })).fill(title)
  await page.getByRole('button', { name: '查找', exact: true }).click()
  await page.waitForURL(/[?&]q=/)
  await person.picture('catalog')
  await page.getByRole('link', { name: title, exact: true }).first().click()
  await page.getByRole('link', { name: '申请共享' }).waitFor()
  await person.picture('entry')
}

/** Through the wizard: one item that needs the joint review. Returns the case's id. */
export async function submit(person, purpose) {
  const { page } = person
  await findEntry(person)
  await page.getByRole('link', { name: '申请共享' }).click()
  const items = page.getByRole('region', { name: '选择数据项' }).getByRole('listitem')
  await items.filter({ hasText: '授权共享' }).first().getByRole('checkbox').check()
  await person.picture('wizard-items')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByLabel('使用用途').fill(purpose)
  await page.getByLabel('履职依据').fill('《中华人民共和国民法典》第一千一百零五条')
  await page.getByLabel('使用系统').fill('收养登记管理系统')
  await page.getByLabel('使用期限至').fill(`${new Date().getFullYear() + 1}-06-30`)
  await page.keyboard.press('Tab')
  await person.picture('wizard-purpose')
  await page.getByRole('button', { name: '查看办理路径' }).click()
  await page.getByTestId('route-preview').getByRole('heading', { name: /会同审核/ }).waitFor()
  await person.picture('wizard-route')
  await page.getByRole('button', { name: '提交申请' }).click()
  await page.waitForURL(/\/share-requests\/[^/?]+/)
  await page.getByTestId('case-page').waitFor()
  await person.seesStatus('负责人审签')
  await person.picture('case-submitted')
  return decodeURIComponent(new URL(page.url()).pathname.split('/').pop())
}
