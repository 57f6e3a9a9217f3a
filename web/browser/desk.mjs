// Takes the verbs of the desk through Chromium, at 1440 and at 390, against a
// running server with the demonstration data, or against bin/datagov, which it
// then starts and stops itself:
//
//   node web/browser/desk.mjs [BASE_URL [OUT_DIR]]
//
// Exits non-zero when a step fails, with a picture of the page it failed on.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launch, Person } from './person.mjs'
import { serve } from './server.mjs'
import { submit } from './wizard.mjs'

const own = process.argv[2] ? undefined : await serve()
const base = (process.argv[2] ?? own.base).replace(/\/$/, '')
const out = process.argv[3] ?? fileURLToPath(new URL('out', import.meta.url))
const [wide, narrow] = [1440, 390]
const [head, deputy] = ['民政负责人', '民政副职负责人']
const faults = []
const browser = await launch().catch(async (error) => {
  await own?.stop()
  throw error
})
let now // who is at the screen, for the picture of a failure

/** One person's visit. */
async function as(name, width, visit) {
  now = await Person.arrive(browser, { base, out, name, width, faults })
  const result = await visit(now)
  await now.leave()
  return result
}

function step(words) {
  console.log(`— ${words}`)
}

const drafted = (purpose) => as('civil', wide, (clerk) => submit(clerk, purpose))

/** 退回: what was changed stands before the decision, also on a phone. */
async function returnedAndSigned() {
  step('civil-head returns at 390')
  const id = await drafted('民政业务中使用。')
  await as('civil-head', narrow, async (person) => {
    await person.openTask(id)
    await person.takeUp('sign_off')
    await person.choose(/退回经办/)
    await person.page.getByLabel('退回原因').fill('用途写得太宽，请限定到具体事项。')
    await person.decide()
  })
  step('civil revises, civil-head reads the difference and signs at 390')
  await as('civil', wide, async (clerk) => {
    await clerk.openTask(id)
    await clerk.takeUp('revision')
    await clerk.page.getByLabel('使用用途').fill('收养登记时核验亲子关系，逐件查询。')
    await clerk.decide()
  })
  await as('civil-head', narrow, async (person) => {
    await person.openTask(id)
    await person.picture('case-revised')
    await person.takeUp('sign_off')
    const drawer = person.page.getByTestId('decision-drawer')
    await drawer.getByTestId('diff').filter({ hasText: '民政业务中使用' }).waitFor()
    await person.picture('sign-off-difference')
    await person.choose(/同意报送/)
    await person.picture('sign-off-narrow')
    await person.decide()
    await person.seesStatus('形式审查')
  })
  return id
}

/** 加签, 减签, 转办, 委派, 催办, 抄送, 关注. */
async function people() {
  const id = await drafted('救助对象核对时核验亲属关系，逐件查询。')
  step('civil-head adds a signer, takes him off again, copies, follows, transfers')
  await as('civil-head', wide, async (person) => {
    const { page } = person
    const waiting = page.getByTestId('waiting')
    await person.openTask(id)
    await person.takeUp('add_signer')
    await person.pick(deputy)
    await page.getByLabel('加签理由').fill('涉及两个处室的业务。')
    await person.picture('add-signer')
    await person.decide()
    await waiting.filter({ hasText: '加签' }).waitFor()
    await person.takeUp('remove_signer')
    await person.pick(deputy)
    await page.getByLabel('减签理由').fill('经沟通不再需要。')
    await person.decide()
    await waiting.getByText('加签').waitFor({ state: 'detached' })
    await person.takeUp('copy')
    await person.pick('卫健经办')
    await person.decide()
    await page.getByTestId('follow').click()
    await page.getByTestId('follow').filter({ hasText: '已关注' }).waitFor()
    await person.takeUp('transfer')
    await person.pick(deputy)
    await page.getByLabel('转办理由').fill('出差，由副职办理。')
    await person.picture('transfer')
    await person.decide()
    await page.goto(`${base}/workbench?box=followed`)
    await page.locator(`a[href$="/share-requests/${id}"]`).first().waitFor()
  })
  step('civil urges, the deputy asks for advice and gets it, then signs')
  await as('civil', wide, async (clerk) => {
    await clerk.openCase(id)
    await clerk.takeUp('urge')
    await clerk.page.getByLabel(/催办的话/).fill('期限将到，请及时审签。')
    await clerk.decide()
    await clerk.page.getByTestId('waiting').filter({ hasText: '已催办' }).waitFor()
  })
  await as('civil-deputy', wide, async (person) => {
    await person.openTask(id)
    await person.takeUp('consult')
    await person.pick(head)
    await person.page.getByLabel('要对方提供意见的问题').fill('逐件查询能否满足需要？')
    await person.decide()
  })
  await as('civil-head', narrow, async (person) => {
    await person.openTask(id)
    await person.takeUp('advise')
    await person.page.getByLabel('您的意见').fill('可以，全年不到二百件。')
    await person.picture('advise')
    await person.decide()
  })
  await as('civil-deputy', wide, async (person) => {
    await person.openTask(id)
    await person.page.getByTestId('waiting').filter({ hasText: '全年不到二百件' }).waitFor()
    await person.picture('case-advised')
    await person.takeUp('sign_off')
    await person.choose(/同意报送/)
    await person.decide()
    await person.seesStatus('形式审查')
  })
  return id
}

/** 批量: each item with its own reason and its own result. */
async function bulk() {
  step('two cases are signed in bulk, by keyboard')
  const ids = [await drafted('婚姻登记时核验，逐件查询。'), await drafted('儿童福利审核时核验，逐件查询。')]
  await as('civil-deputy', wide, async (person) => {
    const { page } = person
    await page.goto(`${base}/workbench`)
    for (const id of ids) {
      const row = page.locator('tr', { has: page.locator(`a[href$="/share-requests/${id}"]`) })
      await row.getByRole('checkbox').check()
    }
    await person.picture('bulk-marked')
    await page.getByTestId('bulk-open').click()
    const items = page.getByTestId('bulk-item')
    await items.first().getByLabel('审签理由').fill('情况属实，同意报送。')
    await page.getByTestId('bulk-send').click()
    await page.getByText('还有 1 件没有写明理由').waitFor()
    await items.nth(1).getByLabel('审签理由').fill('确属履职需要，同意报送。')
    await person.picture('bulk-reasons')
    await page.getByTestId('bulk-send').click()
    await page.getByTestId('bulk-results').filter({ hasText: '办成 2 件，未办成 0 件' }).waitFor()
    await person.picture('bulk-results')
    await page.getByRole('button', { name: '完成' }).click()
  })
}

/** 代理: from–to, a banner while it lasts, both names on record. */
async function proxy() {
  const id = await drafted('养老服务补贴审核时核验，逐件查询。')
  step('civil-head names his proxy')
  await as('civil-head', wide, async (person) => {
    const { page } = person
    await page.goto(`${base}/settings/proxies`)
    await page.getByTestId('name-proxy').click()
    await page.getByTestId('proxy-candidates').click()
    await page.locator('.ant-select-item-option', { hasText: deputy }).first().click()
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    const [from, until] = [page.getByPlaceholder('开始日期'), page.getByPlaceholder('结束日期')]
    await from.fill(today)
    await from.press('Enter')
    await until.fill(today)
    await until.press('Enter')
    await page.getByLabel('事由').fill('参加培训')
    await person.picture('proxy-naming')
    await page.getByTestId('confirm').click()
    await page.getByText('代理中').waitFor()
    await person.picture('proxies')
  })
  step('the proxy signs in his name at 390; both names are on record')
  await as('civil-deputy', narrow, async (person) => {
    const { page } = person
    await page.getByTestId('account').click()
    await page.getByText(`代理 ${head} 办理`).click()
    await page.getByTestId('acting').waitFor()
    await person.picture('acting')
    await person.openTask(id)
    await person.takeUp('sign_off')
    await person.choose(/同意报送/)
    await person.decide()
    await person.seesStatus('形式审查')
    await page.getByTestId('stop-acting').click()
    await page.getByTestId('acting').waitFor({ state: 'detached' })
  })
  await as('civil-head', wide, async (person) => {
    await person.page.goto(`${base}/settings/proxies`)
    await person.page.getByTestId('revoke').first().click()
    await person.page.getByLabel('撤销原因').fill('培训提前结束')
    await person.page.getByTestId('confirm').click()
    await person.page.getByText('已撤销').waitFor()
  })
}

/** 文书: made by the act, read, received, verified by anybody. */
async function papers(id) {
  step('a notice of what is missing becomes a paper; it is received and verified')
  await as('commission', wide, async (officer) => {
    await officer.openTask(id)
    await officer.takeUp('form_check')
    await officer.choose(/需要补正/)
    await officer.page.getByLabel('应补正的内容 1').fill('业务规程或者工作方案')
    await officer.decide()
    await officer.seesStatus('待补正')
  })
  const code = await as('civil', wide, async (clerk) => {
    const { page } = clerk
    await clerk.openCase(id)
    await page.getByTestId('case-papers').getByRole('link', { name: /补正/ }).click()
    await page.getByTestId('paper-sheet').waitFor()
    await clerk.picture('paper')
    await page.getByTestId('receive').click()
    await page.getByText('已签收').first().waitFor()
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('paper-pdf').click()])
    if (!file.suggestedFilename().endsWith('.pdf')) throw new Error(`a paper named ${file.suggestedFilename()}`)
    return (await page.getByTestId('paper-sheet').locator('code').innerText()).trim()
  })
  const context = await browser.newContext({ viewport: { width: narrow, height: 844 }, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(`${base}/verify?code=${encodeURIComponent(code)}`)
  await page.getByTestId('verified').waitFor()
  await page.screenshot({ path: join(out, `verify-${narrow}.png`) })
  await context.close()
}

/** What stands beside the cases: notices, the past, the briefing, the settings. */
async function besides(id) {
  step('notices, a moment of the past, the briefing, the calendar')
  await as('civil-head', wide, async (person) => {
    const { page } = person
    await page.getByTestId('notices').click()
    await page.getByTestId('notice').first().waitFor()
    await person.picture('notices')
    await page.goto(`${base}/share-requests/${id}?version=1`)
    await page.getByTestId('as-of').waitFor()
    if (await page.getByTestId('verb-bar').isVisible()) throw new Error('the past has verbs')
    await person.picture('case-past')
    await page.goto(`${base}/briefing`)
    await page.getByTestId('briefing').waitFor()
    await person.picture('briefing')
    await page.goto(`${base}/settings/calendar`)
    await page.getByTestId('year-calendar').waitFor()
    await person.picture('calendar')
  })
}

try {
  await returnedAndSigned()
  const id = await people()
  await bulk()
  await proxy()
  await papers(id)
  await besides(id)
  if (faults.length > 0) throw new Error(`faults on the way:\n${[...new Set(faults)].join('\n')}`)
  console.log(`passed; pictures in ${out}`)
} catch (error) {
  console.error(error)
  await now?.page.screenshot({ path: join(out, 'failed.png') }).catch(() => {})
  process.exitCode = 1
} finally {
  await browser.close()
  await own?.stop()
}
