import type { Browser } from 'playwright-core'
import type { DemoHousehold } from '../demo-data'
import { expectNone, expectThat } from '../report'
import type { Stack } from '../stack'
import { settleIn } from './acts'
import { Desk } from './desk'
import type { Journey } from './journey'
import { expectGoodLooks } from './measure'
import { type Phone, WALLETS, walletTitles } from './phone'

/** Applies to stop the season's supply: what it costs and means stands before the consent. */
async function applyToStop(phone: Phone): Promise<void> {
  await phone.goTo('heat/home/index')
  await phone.el('heat-measure').waitFor()
  await phone.shot('heat')
  await expectGoodLooks(phone, 'heat at home')
  await phone.tap('heat-stop')
  await phone.el('supply-submit').waitFor()
  await phone.shot('stop')
  await expectGoodLooks(phone, 'stopping the supply')
  // Only after the local deadline a reason is asked for; whichever it is, the form is complete by now.
  const reason = phone.el('supply-reason')
  if (await reason.isVisible()) await reason.locator('textarea').fill('全家到外地过冬')
  await phone.tap('supply-consent')
  await phone.tap('supply-submit')
  await phone.sees('等供热公司答复')
  await phone.shot('applied')
}

/** Somebody at the company answers; where the rules leave the sum open, they say it. */
async function answerSupply(browser: Browser, stack: Stack): Promise<void> {
  const desk = await Desk.open(browser, stack, 'zhaomin')
  await desk.goTo('/heating?tab=supplies')
  await desk.sees('待答复')
  await desk.shot('supplies')
  expectNone('looks of the applications', await desk.lookFaults())
  await desk.button('答复').first().click()
  const dialog = desk.page.getByRole('dialog')
  await dialog.getByLabel('答复住户的话').fill('同意停供，入户阀门已登记关闭。')
  const effect = dialog.getByLabel(/热费影响（元）/)
  if (await effect.isVisible()) await effect.fill('1000.00')
  await desk.shot('answer')
  await desk.clickInDialog('同意')
  await dialog.waitFor({ state: 'detached' })
  await desk.sees('已同意')
  await desk.shot('answered')
  await desk.checkFaults()
  await desk.close()
}

/** Somebody calls and wants no heat this winter: what it costs is read out, and how they agreed is written down. */
async function stopForCaller(browser: Browser, stack: Stack, home: DemoHousehold): Promise<void> {
  const desk = await Desk.open(browser, stack, 'wangxiao')
  const { page } = desk
  await desk.goTo(`/new?companyId=${home.companyId}`)
  await page.getByRole('radiogroup', { name: '先选类别，再选类型' }).getByText('停供（报停）').click()
  await desk.sees('请先选好是哪一户，才能算出费用。')
  const search = page.getByLabel(/^输入户号或地址/)
  await search.fill(home.accountNo)
  await search.press('Enter')
  await desk.button(/^选择 /).click()
  const kinds = page.getByRole('radiogroup', { name: '申请什么' })
  await kinds.getByText('停供（报停）').click()
  const readOut = page.getByRole('region', { name: '请读给来电人听' })
  await readOut.waitFor()
  const heard = await readOut.innerText()
  expectThat(
    /¥[\d,]+\.\d{2}|由公司答复时告知/.test(heard) && /依据：/.test(heard),
    `what is read out is “${heard}”`,
  )
  const apply = desk.button('来电人已同意，提交申请')
  expectThat(await apply.isDisabled(), 'an application goes without anybody’s agreement')
  const reason = page.getByLabel('为什么现在才申请')
  if (await reason.isVisible()) await reason.fill('全家到外地过冬')
  await page.getByLabel('来电人怎么同意的').fill('户主本人，核对了户名和手机尾号，听完费用后说同意')
  await desk.shot('stop-for-caller')
  expectNone('looks of a stop for a caller', await desk.lookFaults())
  await apply.click()
  await desk.sees(/申请已提交，等公司答复/)
  await desk.shot('stop-taken')
  await desk.checkFaults()
  await desk.close()
}

/** Whoever lives there reads that somebody asked for it in their name, in the messages and among their own. */
async function seeCallersStop(phone: Phone): Promise<void> {
  await phone.goTo('pages/messages/index')
  await phone.sees(/客服按来电登记/)
  await phone.shot('told')
  await phone.goTo('heat/home/index')
  await phone.el('supply-by-desk').waitFor()
  await phone.sees('不是您家提出的，请撤回。')
  await phone.sees('等供热公司答复')
  await phone.shot('by-desk')
  await expectGoodLooks(phone, 'a stop that a caller asked for')
}

/** It was not theirs: they take it back, and the desk has nothing to answer any more. */
async function takeBack(phone: Phone, stack: Stack, browser: Browser): Promise<void> {
  await phone.tap('supply-withdraw')
  await phone.tapText('撤回申请')
  await phone.frame.locator('#supply-withdraw:visible').waitFor({ state: 'hidden' })
  await phone.sees('已撤回')
  await phone.shot('withdrawn')
  const desk = await Desk.open(browser, stack, 'zhaomin')
  await desk.goTo('/heating?tab=supplies')
  await desk.sees('已撤回')
  expectThat((await desk.button('答复').count()) === 0, 'what was taken back still waits for an answer')
  await desk.shot('withdrawn')
  await desk.close()
}

const callersStops: readonly Journey[] = WALLETS.map((wallet) => ({
  name: `${walletTitles[wallet]}: a caller’s stop of the supply is taken at the desk with the sum read out, and whoever lives there sees it`,
  wallet,
  walk: async (phone, stack, browser) => {
    const home = stack.takeHousehold('heating')
    await settleIn(phone, home)
    await stopForCaller(browser, stack, home)
    await seeCallersStop(phone)
    if (wallet === 'alipay') return takeBack(phone, stack, browser)
    await answerSupply(browser, stack)
    await phone.own('reload').click()
    await phone.sees('同意停供，入户阀门已登记关闭。')
    await phone.sees('客服按来电登记')
    await phone.shot('callers-answer')
  },
}))

const ownStops: readonly Journey[] = WALLETS.map((wallet) => ({
  name: `${walletTitles[wallet]}: a stop of the supply is applied for with what it costs, answered, and seen`,
  wallet,
  walk: async (phone, stack, browser) => {
    await settleIn(phone, stack.takeHousehold('heating'))
    await applyToStop(phone)
    await answerSupply(browser, stack)
    await phone.own('reload').click()
    await phone.sees('同意停供，入户阀门已登记关闭。')
    await phone.shot('answer')
  },
}))

export const heatingJourneys: readonly Journey[] = [...ownStops, ...callersStops]
