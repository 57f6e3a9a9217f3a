// One person at one screen: a browser context of his own, and the things he
// does on any page. Waits are for conditions, never for time.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const password = 'baoshan-demo'
const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags })
}

export class Person {
  constructor(page, base, out, name, width, faults) {
    Object.assign(this, { page, base, out, name, width, faults })
  }

  /** Opens a screen of the given width and logs in. */
  static async arrive(browser, { base, out, name, width, faults }) {
    const narrow = width < 860
    const context = await browser.newContext({
      viewport: { width, height: narrow ? 844 : 900 }, isMobile: narrow, hasTouch: narrow,
      locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    page.on('pageerror', (error) => faults.push(`${name}: ${error.message}`))
    page.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(base) && !url.startsWith('data:')) faults.push(`outside request: ${url}`)
    })
    mkdirSync(out, { recursive: true })
    const person = new Person(page, base, out, name, width, faults)
    await person.logIn()
    return person
  }

  async logIn() {
    const { page } = this
    await page.goto(`${this.base}/login`)
    await page.getByLabel('账号', { exact: true }).fill(this.name)
    await page.getByLabel('密码', { exact: true }).fill(password)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByRole('heading', { name: '工作台' }).waitFor()
    await page.getByTestId('demo-mark').waitFor()
  }

  leave() {
    return this.page.context().close()
  }

  /** Saves what he sees, and notes a page wider than the screen. */
  async picture(name) {
    const { page } = this
    await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' }).catch(() => {})
    await page.evaluate(() => document.fonts.ready)
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (beyond > 0) this.faults.push(`${name}-${this.width}: ${beyond}px wider than the screen`)
    await page.screenshot({ path: join(this.out, `${name}-${this.width}.png`) })
  }

  /** Opens a case from his workbench, as the task that waits for him. */
  async openTask(caseId) {
    const { page } = this
    await page.goto(`${this.base}/workbench`)
    await page.locator(`a[href$="/share-requests/${caseId}"]`).first().click()
    await page.getByTestId('case-page').waitFor()
  }

  async openCase(caseId) {
    await this.page.goto(`${this.base}/share-requests/${caseId}`)
    await this.page.getByTestId('case-page').waitFor()
  }

  /** Takes up a verb of the case; what happens next must be readable before he decides. */
  async takeUp(verb) {
    const { page } = this
    await page.getByTestId('verb-bar').or(page.getByTestId(`verb-${verb}`)).first().waitFor()
    const button = page.getByTestId(`verb-${verb}`).first()
    if (!(await button.isVisible())) await page.getByTestId('verb-more').click()
    await button.click()
    const next = page.getByTestId('decision-drawer').getByTestId('what-next')
    await next.waitFor()
    if (!/依据/.test(await next.innerText())) throw new Error(`${verb}: no article before the button`)
  }

  async choose(option) {
    await this.page.getByRole('radio', { name: option }).check()
  }

  /** Chooses people by name in the field of the open drawer. */
  async pick(...names) {
    const { page } = this
    const field = page.getByTestId('candidates').or(page.getByTestId('signers'))
    await field.click()
    for (const name of names) await page.locator('.ant-select-item-option', { hasText: name }).first().click()
  }

  /** Presses the button and reads the receipt. */
  async decide() {
    const { page } = this
    await page.getByTestId('decide').click()
    const receipt = page.getByTestId('receipt')
    await receipt.waitFor()
    if (!/[0-9a-f]{32,}/i.test(await receipt.innerText())) throw new Error('the receipt has no hash')
    await page.getByRole('button', { name: '完成' }).click()
    await receipt.waitFor({ state: 'detached' })
  }

  async seesStatus(words) {
    await this.page.getByTestId('case-status').filter({ hasText: words }).first().waitFor()
  }
}
