// Takes share requests through the whole procedure in Chromium, at 1440 and at
// 390, against a running server with the demonstration data, or against
// bin/datagov, which it then starts and stops itself:
//
//   node web/browser/share-request.mjs [BASE_URL [OUT_DIR]]
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

async function signOff(id, width) {
  await as('civil-head', width, async (head) => {
    await head.picture('workbench-head')
    await head.openTask(id)
    await head.takeUp('sign_off')
    await head.choose(/同意报送/)
    await head.picture('sign-off')
    await head.decide()
    await head.seesStatus('形式审查')
  })
}

async function checkForm(id) {
  await as('commission', wide, async (officer) => {
    await officer.picture('workbench')
    await officer.openTask(id)
    await officer.takeUp('form_check')
    await officer.choose(/材料齐全/)
    await officer.decide()
    await officer.seesStatus('会同审核')
    await officer.picture('case')
    await officer.page.getByTestId('clock-chip').first().click()
    await officer.page.getByTestId('clock-panel').waitFor()
    await officer.picture('clock')
  })
}

async function draftAgreement(name, id, width) {
  await as(name, width, async (clerk) => {
    await clerk.openTask(id)
    await clerk.takeUp('draft_opinion')
    await clerk.choose(/^附条件同意/)
    await clerk.page.getByLabel('条件 1', { exact: true }).fill('只返回核验结果，不返回明细')
    await clerk.page.getByLabel('理由', { exact: true }).fill('确属履职需要，核验结果即可满足。')
    await clerk.picture(`opinion-${name}`)
    await clerk.decide()
  })
}

async function sign(name, id, width) {
  await as(name, width, async (head) => {
    await head.openTask(id)
    await head.takeUp('sign_opinion')
    await head.choose(/同意签发/)
    await head.decide()
    await head.picture(`signed-${name}`)
  })
}

/** A refusal stays where it is until it has a reason and a complete ground. */
async function refuse(id, width) {
  await as('health', width, async (clerk) => {
    const { page } = clerk
    let sent = 0
    page.on('request', (r) => { if (r.method() === 'POST' && r.url().endsWith('/opinions')) sent++ })
    await clerk.openTask(id)
    await clerk.takeUp('draft_opinion')
    await clerk.choose(/^不同意/)
    await page.getByLabel('不同意的理由').fill('申请的用途超出履职所必需的范围。')
    await page.getByTestId('decide').click()
    await page.getByText('不同意的，须附完整的法律、法规、规章依据，否则不能送出').waitFor()
    await clerk.picture('refusal-without-ground')
    if (sent > 0) throw new Error('a refusal without a ground was sent')
    await page.getByRole('combobox', { name: '依据：效力层级' }).click()
    await page.locator('.ant-select-item-option-disabled', { hasText: '规范性文件' }).waitFor()
    await page.locator('.ant-select-item-option', { hasText: /^法律$/ }).click()
    await page.getByRole('combobox', { name: '依据：名称' }).fill('个人信息保护法')
    await page.locator('.ant-select-item-option', { hasText: '个人信息保护法' }).first().click()
    await page.getByLabel('依据：条款').fill('第十三条第一款')
    await page.getByLabel('依据：原文').fill('符合下列情形之一的，个人信息处理者方可处理个人信息：')
    await page.getByTestId('ground-preview').waitFor()
    await page.getByTestId('ground-preview').scrollIntoViewIfNeeded()
    await clerk.picture('refusal-with-ground')
    await clerk.decide()
    if (sent !== 1) throw new Error(`the refusal was sent ${sent} times`)
  })
}

async function grantedStory() {
  step('civil submits at 1440')
  const id = await as('civil', wide, (clerk) => submit(clerk, '收养登记时核验被收养人的身份和亲子关系，逐件查询。'))
  step(`civil-head signs off ${id} at 390`)
  await signOff(id, narrow)
  step('commission checks the form')
  await checkForm(id)
  step('health drafts, health-head signs at 390')
  await draftAgreement('health', id, wide)
  await sign('health-head', id, narrow)
  step('commission drafts, commission-head signs')
  await draftAgreement('commission', id, wide)
  await sign('commission-head', id, wide)
  step('civil sees the grant at both widths')
  for (const width of [wide, narrow]) {
    await as('civil', width, async (clerk) => {
      await clerk.picture('workbench-civil')
      await clerk.openCase(id)
      await clerk.seesStatus('已授权')
      await clerk.picture('case-granted')
      await clerk.page.goto(`${base}/grants`)
      await clerk.page.locator(`a[href$="/share-requests/${id}"]`).first().waitFor()
      await clerk.picture('grants')
    })
  }
}

async function refusalStory() {
  step('civil submits another at 390')
  const id = await as('civil', narrow, (clerk) => submit(clerk, '调解婚姻纠纷时了解当事人的情况，逐件查询。'))
  await signOff(id, wide)
  await checkForm(id)
  step('health cannot send a refusal without a ground, and can with one')
  await refuse(id, narrow)
}

try {
  await grantedStory()
  await refusalStory()
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
