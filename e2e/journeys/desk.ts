import type { Browser, Cookie, Locator, Page } from 'playwright-core'
import { expectNone } from '../report'
import type { DemoAccount } from '../../scripts/staff-seed'
import type { Stack } from '../stack'
import { axeFaults } from './axe'
import { Guard } from './guard'
import { freshCode } from './totp'
import { takeShot } from './shots'

const PATIENCE_MS = 10_000
const HOUR_MS = 3_600_000
/** Ant Design's classes on dialogs, popovers, menus and drawers while they open or close. */
const OPENING = '[class*="ant-zoom-"], [class*="ant-slide-"], [class*="-panel-motion-"]'

/** `2026-11-25 08:00` in Shanghai, so many hours from now, as the date field wants it. */
const wallClock = (hours: number): string =>
  new Date(Date.now() + (hours + 8) * HOUR_MS).toISOString().slice(0, 16).replace('T', ' ')

/** The staff console in one person's browser. */
export class Desk {
  private static readonly opened = new Set<Desk>()
  /** Who has signed in at a portal stays signed in there: the next desk of theirs is another window of the same day. */
  private static readonly sessions = new WeakMap<Stack, Map<string, Cookie[]>>()
  private static hasLookedAtSignIn = false
  private shots = 0

  private constructor(
    readonly name: string,
    readonly page: Page,
    readonly guard: Guard,
  ) {}

  /** Those that the journey in this browser has open, so that a failure can be looked at on each. */
  static openedIn(browser: Browser): Desk[] {
    return [...Desk.opened].filter(({ page }) => page.context().browser() === browser)
  }

  /** Opens the console and signs this person in, with the second factor where they have one. */
  static async open(
    browser: Browser,
    stack: Stack,
    loginName: string,
    options: { width?: number; colorScheme?: 'dark' | 'light' } = {},
  ): Promise<Desk> {
    const person = stack.staff.get(loginName)
    if (!person) throw new Error(`nobody in the demo is called ${loginName}`)
    const viewport = { width: options.width ?? 1440, height: 900 }
    const context = await browser.newContext({
      viewport,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      ...(options.colorScheme ? { colorScheme: options.colorScheme } : {}),
    })
    context.setDefaultTimeout(PATIENCE_MS)
    await context.addInitScript('globalThis.__name = (named) => named')
    const guard = new Guard(context)
    const page = await context.newPage()
    const desk = new Desk(`desk-${loginName}`, page, guard)
    Desk.opened.add(desk)
    // Before the sign-in the page asks who it is, and is told that it is nobody.
    guard.expectFailures()
    const sessions = Desk.sessions.get(stack) ?? new Map<string, Cookie[]>()
    Desk.sessions.set(stack, sessions)
    const known = sessions.get(loginName)
    if (known) await context.addCookies(known)
    await page.goto(`${stack.portal}/console/`)
    if (!known) await desk.signIn(person)
    await page.getByRole('navigation').first().waitFor()
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    sessions.set(loginName, await context.cookies())
    return desk
  }

  private async signIn(person: DemoAccount): Promise<void> {
    const { page } = this
    await page.getByLabel('登录名').fill(person.loginName)
    if (!Desk.hasLookedAtSignIn) expectNone('looks of the sign-in', await this.lookFaults())
    Desk.hasLookedAtSignIn = true
    await page.getByLabel('密码').fill(person.password)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    if (person.totpSecret === null) return
    await page.getByLabel('动态码').fill(await freshCode(person.totpSecret, new URL(page.url()).origin))
    await page.getByRole('button', { name: '确认' }).click()
  }

  /** Goes to a page of the console by its address. */
  async goTo(path: string): Promise<void> {
    await this.page.goto(new URL(`/console${path}`, this.page.url()).href)
    await this.page.getByRole('heading', { level: 1 }).first().waitFor()
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
  }

  /** Clicks a button in a dialog that has stopped growing. */
  async clickInDialog(name: string | RegExp): Promise<void> {
    const exact = typeof name === 'string' ? { exact: true } : {}
    await this.clickStill(this.page.getByRole('dialog').getByRole('button', { name, ...exact }))
  }

  /** Clicks what stands in something that opens: while it still grows it may take the press and not the release. */
  async clickStill(target: Locator): Promise<void> {
    await target.waitFor()
    await this.page.locator(OPENING).first().waitFor({ state: 'detached' })
    await target.click()
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).locator('visible=true').first().waitFor()
  }

  /** A moment so many hours from now, typed into the field of that name. */
  async fillTime(label: string, hours: number): Promise<void> {
    const field = this.page.getByLabel(label)
    await field.click()
    await field.fill(wallClock(hours))
    await field.press('Enter')
    await this.page.locator('.ant-picker-dropdown:visible').waitFor({ state: 'hidden' })
  }

  /** Opens the request with this number from the list. */
  async openRequest(number: string): Promise<void> {
    await this.page.getByRole('link', { name: number }).first().click()
    await this.page.getByRole('heading', { level: 1, name: new RegExp(number) }).waitFor()
  }

  async shot(step: string): Promise<void> {
    this.shots++
    const number = String(this.shots).padStart(2, '0')
    await takeShot(this.page, `${this.name}-${number}-${step}`, { animations: 'disabled' })
  }

  /** Waits until nothing loads and nothing slides any more. */
  async settle(): Promise<void> {
    await this.page.locator('.ant-skeleton, .waiting').first().waitFor({ state: 'detached' })
    await this.page.locator('html').evaluate(async () => {
      const moving = document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity)
      await Promise.allSettled(moving.map((one) => one.finished))
    })
  }

  /** What axe finds grave, and whether the page must be pushed sideways. */
  async lookFaults(): Promise<string[]> {
    return [...(await axeFaults(this.page)), ...(await this.tooWide())]
  }

  tooWide(): Promise<string[]> {
    return this.page
      .locator('html')
      .evaluate((root) => (root.scrollWidth > root.clientWidth ? [`${root.scrollWidth} px wide`] : []))
  }

  async checkFaults(): Promise<void> {
    expectNone(`faults on ${this.name}`, await this.guard.found(this.page))
  }

  async close(): Promise<void> {
    Desk.opened.delete(this)
    await this.page.context().close()
  }
}
