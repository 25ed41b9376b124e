import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { ROOT } from '../../scripts/sources'
import { GAS_HOME, HEATING_HOME, POWER_HOME } from '../demo-data'
import type { Stack } from '../stack'
import { bindAnother, settleIn } from './acts'
import { Guard } from './guard'
import { Phone } from './phone'

const PICTURE = join(ROOT, 'docs/images/phones.png')
const SIZE = { width: 1440, height: 900 }

/** Takes the picture that opens the README: both phones with bills of the demo on them. */
export async function takePicture(browser: Browser, stack: Stack): Promise<void> {
  const context = await browser.newContext({ viewport: SIZE, locale: 'zh-CN' })
  await context.addInitScript('globalThis.__name = (named) => named')
  const people = { wechat: 'zhangyu', alipay: 'liguilan' } as const
  for (const [wallet, value] of Object.entries(people))
    await context.addCookies([{ name: `${wallet}.sandbox_person`, value, domain: '127.0.0.1', path: '/' }])
  const page = await context.newPage()
  await page.goto(stack.sandbox)
  const wechat = new Phone('picture', page, new Guard(context), 'wechat', people.wechat)
  await settleIn(wechat, HEATING_HOME)
  await bindAnother(wechat, GAS_HOME)
  await bindAnother(wechat, POWER_HOME)
  const alipay = new Phone('picture', page, new Guard(context), 'alipay', people.alipay)
  await settleIn(alipay, GAS_HOME)
  await alipay.row(/\d月/).click()
  await alipay.el('bill-amount').waitFor()
  await alipay.settle()
  await wechat.frame.locator('.taro__toast:visible').waitFor({ state: 'hidden' })
  await page.mouse.move(2, SIZE.height - 2)
  await page.screenshot({ path: PICTURE })
  await context.close()
}
