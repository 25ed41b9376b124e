import type { Browser, BrowserContextOptions, FrameLocator, Locator, Page } from 'playwright-core'
import { expectNone } from '../report'
import type { Stack } from '../stack'
import { axeFaults } from './axe'
import { Guard } from './guard'
import { takeShot } from './shots'

export type WalletName = 'wechat' | 'alipay' | 'worker'
/** What residents hold; whatever they do must work in both. */
export const WALLETS = ['wechat', 'alipay'] as const
export const walletTitles = { wechat: 'WeChat', alipay: 'Alipay' } as const

const PATIENCE_MS = 10_000
const SINGLE = { width: 760, height: 920 }

/** One of the two phones of the sandbox's page, in the hand of one person. */
export class Phone {
  readonly frame: FrameLocator
  readonly shell: Locator
  private shots = 0

  constructor(
    readonly name: string,
    readonly page: Page,
    readonly guard: Guard,
    readonly wallet: WalletName,
    readonly personId: string,
  ) {
    this.shell = page.getByTestId(`phone-${wallet}`)
    this.frame = this.shell.getByTestId('frame').contentFrame()
  }

  /** A phone of its own, with nothing on it yet. `name` begins the file names of its screenshots. */
  static async open(
    browser: Browser,
    stack: Stack,
    options: { name: string; wallet: WalletName; person: string; context?: BrowserContextOptions },
  ): Promise<Phone> {
    const { name, wallet } = options
    const personId = await stack.newPerson(options.person)
    const context = await browser.newContext({ viewport: SINGLE, locale: 'zh-CN', ...options.context })
    context.setDefaultTimeout(PATIENCE_MS)
    // The compiler that runs these files keeps function names by a helper, which functions sent to a page lack.
    await context.addInitScript('globalThis.__name = (named) => named')
    const guard = new Guard(context)
    await context.addCookies([
      { name: `${wallet}.sandbox_person`, value: personId, domain: '127.0.0.1', path: '/' },
    ])
    const page = await context.newPage()
    await page.goto(`${stack.sandbox}/phones/${wallet}`)
    return new Phone(name, page, guard, wallet, personId)
  }

  /** The element of the page on top with that id. The pages below stay in the document, before it. */
  el(id: string): Locator {
    return this.frame.locator(`#${id}:visible`).last()
  }

  /** The element of the phone itself, outside the page. */
  own(testId: string): Locator {
    return this.shell.getByTestId(testId)
  }

  says(text: string | RegExp): Locator {
    return this.frame.getByText(text).locator('visible=true').last()
  }

  /** Taps what has exactly this text. */
  async tapText(text: string): Promise<void> {
    await this.frame.getByText(text, { exact: true }).locator('visible=true').last().click()
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.says(text).waitFor()
  }

  async tap(id: string): Promise<void> {
    await this.el(id).click()
  }

  async type(id: string, value: string): Promise<void> {
    await this.el(id).locator('input').fill(value)
  }

  /** Six digits: any are right here. */
  async typePassword(): Promise<void> {
    for (const key of ['1', '3', '5', '7', '9', '0']) await this.own(`pay-key-${key}`).click()
  }

  /** After the wallet's word of success, which goes by a press or by itself; under load either may come first. */
  async leaveSheet(): Promise<void> {
    const done = this.own('pay-done')
    await done.click({ timeout: 1_000 }).catch(() => undefined)
    await done.waitFor({ state: 'detached' })
  }

  /** Starts to note every text that appears in the page, for what must never be said even for a moment. */
  async watchFor(text: string): Promise<() => Promise<boolean>> {
    const body = this.frame.locator('body')
    await body.evaluate((element, wanted) => {
      new MutationObserver(() => {
        if (element.textContent.includes(wanted)) document.documentElement.dataset['seen'] = 'yes'
      }).observe(element, { childList: true, subtree: true, characterData: true })
    }, text)
    return () => body.evaluate(() => document.documentElement.dataset['seen'] === 'yes')
  }

  /** Opens one of our pages by its address, as a link in a message would. */
  async goTo(route: string): Promise<void> {
    await this.frame.locator('body').evaluate((_, hash) => {
      location.hash = hash
    }, `/${route}`)
    const [path = route] = route.split('?')
    await this.frame.locator(`.taro_page[id*="${path}"]:visible`).last().waitFor()
    await this.settle()
  }

  /** A bill in a list on the page on top. */
  row(text: string | RegExp): Locator {
    return this.frame.locator('.row:visible', { hasText: text }).last()
  }

  /** The words of the dialog that explains a failure, which this closes. */
  async readDialog(): Promise<string> {
    const dialog = this.frame.locator('.taro__modal:visible, .taro-modal__content:visible').last()
    await dialog.waitFor()
    const words = await dialog.innerText()
    await this.tapText('知道了')
    await dialog.waitFor({ state: 'hidden' })
    return words
  }

  async shot(step: string): Promise<void> {
    await this.settle()
    this.shots++
    const number = String(this.shots).padStart(2, '0')
    await takeShot(this.page, `${this.name}-${number}-${step}`)
  }

  /** Waits until nothing slides any more; what turns for ever, such as a spinner, does not count. */
  async settle(): Promise<void> {
    for (const root of [this.page.locator('html'), this.frame.locator('html')]) {
      await root.evaluate(async () => {
        const moving = document
          .getAnimations()
          .filter((one) => one.effect?.getTiming().iterations !== Infinity)
        await Promise.allSettled(moving.map((one) => one.finished))
      })
    }
  }

  /** What axe finds grave on the page on top; those below it are hidden from everybody. */
  async axe(): Promise<string[]> {
    await this.settle()
    const inside = this.page.frames().find((frame) => frame.parentFrame() !== null)
    return inside ? axeFaults(inside) : ['the phone shows no page']
  }

  async checkFaults(): Promise<void> {
    expectNone(`faults on the ${this.wallet} phone`, await this.guard.found(this.page))
  }

  async close(): Promise<void> {
    await this.page.context().close()
  }
}
