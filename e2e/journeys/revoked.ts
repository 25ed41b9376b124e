import { readFile } from 'node:fs/promises'
import type { DemoHousehold } from '../demo-data'
import { photograph, type Sheet } from '../printed'
import { expectNone, expectThat } from '../report'
import { Desk } from './desk'
import type { Journey } from './journey'
import { expectGoodLooks } from './measure'
import { WALLETS, walletTitles } from './phone'
import { scan } from './scan-acts'

async function find(desk: Desk, { companyId, accountNo }: DemoHousehold): Promise<void> {
  await desk.goTo(`/codes?companyId=${companyId}&q=${accountNo}`)
  await desk.button(/^详情 ./).waitFor()
}

async function make(desk: Desk, home: DemoHousehold): Promise<void> {
  await find(desk, home)
  await desk.shot('without-a-code')
  await desk.button(/^做码 ./).click()
  await desk.sees('做码 ·')
  await desk.clickInDialog('做码')
  await desk.button(/^打印 ./).waitFor()
}

/** Prints this household's notice. */
async function print(desk: Desk, home: DemoHousehold): Promise<Sheet> {
  const downloads = desk.button(/^下载 /)
  await desk.goTo(`/codes?companyId=${home.companyId}&tab=orders`)
  await desk.settle()
  const printedBefore = await downloads.count()
  await find(desk, home)
  await desk.button(/^打印 ./).click()
  await desk.sees('一户一张')
  await desk.shot('print')
  await desk.clickInDialog('打印')
  await downloads.nth(printedBefore).waitFor({ timeout: 30_000 })
  await desk.shot('printed')
  // The newest order stands first.
  const [file] = await Promise.all([desk.page.waitForEvent('download'), downloads.first().click()])
  return photograph(new Uint8Array(await readFile(await file.path())))
}

async function revoke(desk: Desk, home: DemoHousehold): Promise<void> {
  await find(desk, home)
  await desk.button(/^停用 ./).click()
  await desk.clickStill(desk.page.getByRole('dialog').getByText('换发新码'))
  await desk.shot('revoke')
  await desk.clickInDialog('停用')
  await desk.sees(/已停用，新码/)
  await desk.button(/^详情 ./).click()
  await desk.sees('历次的码')
  await desk.sees(/停用：换发新码/)
  await desk.shot('history')
  expectNone('looks of the codes at the desk', await desk.lookFaults())
}

export const revokedJourneys: readonly Journey[] = WALLETS.map((wallet) => ({
  name: `${walletTitles[wallet]}: a revoked code: made, printed and scanned, taken out of use at the desk; the old one says why, the new one works`,
  wallet,
  walk: async (phone, stack, browser) => {
    const home = stack.takeHousehold('gas')
    const desk = await Desk.open(browser, stack, 'linjing')
    await make(desk, home)
    const old = await print(desk, home)
    await phone.el('read-privacy').waitFor()
    await scan(phone, old)
    await phone.el('code-owed').waitFor()
    await revoke(desk, home)
    await scan(phone, old)
    await phone.el('code-revoked').waitFor()
    const words = await phone.el('code-revoked').innerText()
    expectThat(
      /已在\d{4}年\d{1,2}月\d{1,2}日停用（换发了新码）/.test(words) && words.includes('95777'),
      `the old code says “${words}”`,
    )
    await phone.shot('revoked')
    await expectGoodLooks(phone, 'a revoked code')
    const fresh = await print(desk, home)
    expectThat(fresh.link !== old.link, 'the new code is the old one')
    await scan(phone, fresh)
    await phone.el('code-owed').waitFor()
    await phone.shot('new-code')
    await desk.checkFaults()
    await desk.close()
  },
}))
