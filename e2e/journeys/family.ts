import type { Browser } from 'playwright-core'
import { until } from '../../scripts/processes'
import type { DemoHousehold } from '../demo-data'
import { expectNone, expectThat } from '../report'
import type { Stack } from '../stack'
import { agree, pay, settleIn, toCashier } from './acts'
import type { Journey } from './journey'
import { Phone, WALLETS, walletTitles } from './phone'
import { lastValue, typeReading } from './readings'

/** The telephone in somebody else's hand: always with the other wallet. */
function openOther(phone: Phone, stack: Stack, browser: Browser, person: string): Promise<Phone> {
  const wallet = phone.wallet === 'wechat' ? 'alipay' : 'wechat'
  return Phone.open(browser, stack, { name: `${phone.name}-other`, wallet, person })
}

/** Walks with a second telephone, which is looked at and put away in any case. */
async function withOther(
  phone: Phone,
  other: Phone,
  walk: (phone: Phone, other: Phone) => Promise<void>,
): Promise<void> {
  try {
    await walk(phone, other)
    await other.checkFaults()
  } catch (error) {
    await other.shot('FAILED')
    throw error
  } finally {
    await other.close()
  }
}

/** The token of the link on the page on top, as the picture of it says. */
async function tokenOn(phone: Phone): Promise<string> {
  await phone.el('hand-on').waitFor()
  const hash = await phone.frame.locator('body').evaluate(() => location.hash)
  const token = new URLSearchParams(hash.split('?')[1]).get('token')
  if (token === null) throw new Error(`no token in ${hash}`)
  return token
}

/** Says yes to the question whose title this is. */
async function sayYes(phone: Phone, title: string): Promise<void> {
  await phone.frame.locator('.taro-modal__title:visible', { hasText: title }).last().waitFor()
  const button = phone.frame.locator('.taro-model__confirm:visible').last()
  await button.click()
  await button.waitFor({ state: 'hidden' })
}

/** What the portal answers this telephone beside its page. */
async function ask(phone: Phone, stack: Stack, path: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${stack.portal}/api/${path}`, {
    headers: { authorization: phone.guard.authorization ?? '' },
  })
  return { status: answer.status, text: await answer.text() }
}

async function homeIdOf(phone: Phone, stack: Stack): Promise<string> {
  const { text } = await ask(phone, stack, 'households.list')
  const [home] = (JSON.parse(text) as { households: { id: string }[] }).households
  if (!home) throw new Error(`no household: ${text}`)
  return home.id
}

/** Opens the family of the only household, as people find it: under 我的. */
async function openMembers(phone: Phone): Promise<void> {
  await phone.goTo('pages/me/index')
  await phone.frame.locator('.row:visible', { hasText: '0' }).first().click()
  await phone.tap('to-members')
  await phone.el('members').waitFor()
}

/** Who bound by the last digits only said that they own it; the code to the number on file proves it. */
async function proveOwner(phone: Phone, stack: Stack, home: DemoHousehold): Promise<void> {
  await phone.el('prove-owner').scrollIntoViewIfNeeded()
  await phone.shot('owner-unproven')
  await phone.tap('send-code')
  let code: string | undefined
  await until(
    async () => {
      const [sms] = await stack.control<{ params: Record<string, string> }[]>(`/sms?phone=${home.phone}`)
      code = Object.values(sms?.params ?? {}).find((value) => /^\d{6}$/.test(value))
      return code !== undefined
    },
    { timeoutMs: 10_000, everyMs: 50, timedOut: () => 'no code came to the number on file' },
  )
  await phone.type('owner-code', code ?? '')
  await phone.tap('prove')
  await phone.el('make-invite').waitFor()
}

/** A link is masked before anybody signs in, joins one person, and then nobody any more. */
async function inviteKin(owner: Phone, kin: Phone, stack: Stack): Promise<void> {
  const home = stack.takeHousehold('gas')
  await settleIn(owner, home)
  await openMembers(owner)
  await proveOwner(owner, stack, home)
  await owner.tap('make-invite')
  const token = await tokenOn(owner)
  await owner.shot('invitation')

  await kin.goTo(`family/join/index?token=${token}`)
  const face = await kin.el('invite').innerText()
  expectNone(
    'told to whoever only has the link',
    [home.accountNo, home.phone].filter((secret) => face.includes(secret)),
  )
  expectThat(face.includes('家人') && face.includes('*'), `the invitation says “${face}”`)
  await kin.shot('invited')
  await kin.tap('read-privacy')
  await kin.el('recipients').filter({ hasText: '供水公司' }).waitFor()
  await kin.shot('privacy')
  await kin.tap('agree-privacy')
  await kin.tap('join')
  await kin.el('members').locator('.row', { hasText: '家人' }).waitFor()
  await kin.shot('joined')
  expectThat((await kin.frame.locator('#make-invite:visible').count()) === 0, 'family may invite others')
  await kin.goTo('pages/home/index')
  const owed = (await kin.el('owed-total').innerText()).replace(/[¥,\s]/g, '')
  expectThat(
    owed === (home.owedFen / 100).toFixed(2),
    `the family sees ${owed}, owed are ${home.owedFen} fen`,
  )
  await kin.goTo(`family/join/index?token=${token}`)
  await kin.sees('这个邀请用不了了')
  await kin.shot('used')

  await owner.tap('handed-on')
  const row = owner.el('members').locator('.row', { hasText: '家人' })
  await row.waitFor()
  await owner.shot('family')
  expectNone('axe on the family', await owner.axe())
  await row.click()
  await owner.tap('remove-member')
  await sayYes(owner, '移出')
  await row.waitFor({ state: 'detached' })
  const householdId = await homeIdOf(owner, stack)
  const { status, text } = await ask(kin, stack, `bills.list?householdId=${householdId}`)
  expectThat(status === 404, `whoever was removed is answered ${status}: ${text}`)
  // What is on file may be wrong, and whoever lives there says so where they look at it.
  await owner.tap('to-correct')
  await owner.sees('更正地址')
  await owner.shot('correct')
}

/** The child asks, the parent reads and agrees in their own wallet. */
async function consent(parent: Phone, child: Phone): Promise<void> {
  await agree(child)
  await child.goTo('family/proxies/index')
  await child.tap('ask-proxy')
  await child.el('agent-name').locator('input').fill('李小明')
  await child.tapText('儿子')
  await child.shot('ask')
  await child.tap('ask-link')
  const token = await tokenOn(child)
  await child.shot('asked')

  await parent.goTo(`family/answer/index?token=${token}`)
  await parent.el('who-asks').filter({ hasText: '李小明（儿子）想替您办事' }).waitFor()
  await parent.el('consent-text').waitFor()
  await parent.shot('consent')
  expectNone('axe on the consent', await parent.axe())
  await parent.tap('agree')
  await parent.sees('代办中')
}

/** The child pays; the parent sees what was done, ends it, and from then on nothing goes any more. */
async function actForParent(parent: Phone, child: Phone, stack: Stack): Promise<void> {
  const home = stack.takeHousehold('gas')
  await settleIn(parent, home)
  const householdId = await homeIdOf(parent, stack)
  await consent(parent, child)
  const before = await ask(child, stack, `bills.list?householdId=${householdId}`)
  expectThat(before.status === 200, `whoever acts is answered ${before.status}: ${before.text}`)

  await child.goTo('pages/home/index')
  await toCashier(child)
  await pay(child)
  await child.goTo('meter/report/index')
  await typeReading(child, (await lastValue(child)) + 20)
  await child.tap('submit-reading')
  await child.el('reading-result').waitFor()
  await child.shot('reading')

  await parent.goTo('pages/home/index')
  await parent.goTo('family/proxies/index')
  const act = `缴了 ${(home.owedFen / 100).toFixed(2)} 元`
  await parent.sees(new RegExp(`儿子.*${act}`))
  await parent.sees(/儿子.*报了表读数/)
  await parent.shot('acted')
  expectNone('axe on what was done', await parent.axe())
  await parent.frame.locator('[id^=end-]:visible').last().click()
  await sayYes(parent, '停止代办')
  await parent.sees('已停止')
  // What was done stays to be read.
  await parent.sees(new RegExp(act))
  await parent.shot('ended')

  for (const path of ['bills.list', 'family.readHome', 'papers.readReport'] as const) {
    const query = path === 'papers.readReport' ? '&months=12' : ''
    const after = await ask(child, stack, `${path}?householdId=${householdId}${query}`)
    expectThat(after.status === 404, `${path} answers whoever acted ${after.status}: ${after.text}`)
  }
  await child.goTo('pages/home/index')
  await child.el('bind-first').waitFor()
  await child.goTo('family/proxies/index')
  await child.sees('已停止')
  await child.shot('no-more')
}

export const familyJourneys: readonly Journey[] = WALLETS.flatMap((wallet): Journey[] => [
  {
    name: `family: ${walletTitles[wallet]} invites, the other wallet joins by the link, and is shown the door again`,
    wallet,
    walk: async (phone, stack, browser) =>
      withOther(phone, await openOther(phone, stack, browser, '程家人'), (owner, kin) =>
        inviteKin(owner, kin, stack),
      ),
  },
  {
    name: `family: a parent in ${walletTitles[wallet]} lets a child act, sees what was paid, and ends it`,
    wallet,
    walk: async (phone, stack, browser) =>
      withOther(phone, await openOther(phone, stack, browser, '李小明'), (parent, child) =>
        actForParent(parent, child, stack),
      ),
  },
])
