import type { Browser } from 'playwright-core'
import type { DemoHousehold } from '../demo-data'
import { expectNone, expectThat } from '../report'
import { startStack, type Stack } from '../stack'
import { settleIn } from './acts'
import type { Journey } from './journey'
import { Phone, WALLETS } from './phone'
import { type Copy, Inside, type Known } from './privacy-data'

const STILL = 'about:blank'
const PURPOSES = ['location', 'voice', 'usage-comparison'] as const

interface Person {
  readonly phone: Phone
  readonly home: DemoHousehold
  readonly residentId: string
}

interface WalletAccount {
  readonly id: string
  readonly openids: Readonly<Record<string, string>>
  readonly alipayUserId: string
  readonly alipayOpenIds: Readonly<Record<string, string>>
}

/** Somebody with a household that owes something, signed in on this telephone. */
async function settle(phone: Phone, stack: Stack, inside: Inside): Promise<Person> {
  const home = stack.takeHousehold(phone.wallet === 'alipay' ? 'gas' : 'heating')
  await settleIn(phone, home)
  const { people } = await stack.control<{ people: WalletAccount[] }>('/people')
  const account = people.find(({ id }) => id === phone.personId)
  if (!account) throw new Error(`the sandbox knows nobody called ${phone.personId}`)
  const { openids, alipayOpenIds, alipayUserId } = account
  const subjects = [...Object.values(openids), ...Object.values(alipayOpenIds), alipayUserId]
  return { phone, home, residentId: await inside.residentOf(subjects) }
}

/** Taking a consent back is as many taps as giving it: the row, and one of two equal buttons. */
async function giveAndTakeBack({ phone, residentId }: Person, inside: Inside): Promise<void> {
  await phone.goTo('privacy/home/index')
  for (const purpose of PURPOSES) {
    const row = `consent-${purpose}`
    await phone.tap(row)
    await phone.el('consent-yes').waitFor()
    if (purpose === 'location') await phone.shot('consent')
    await phone.tap('consent-yes')
    await phone.el(row).filter({ hasText: '已同意' }).waitFor()
    await phone.tap(row)
    const [no, yes] = await Promise.all(['consent-no', 'consent-yes'].map((id) => phone.el(id).boundingBox()))
    expectThat(
      no !== undefined &&
        no !== null &&
        Math.abs(no.width - (yes?.width ?? 0)) < 2 &&
        no.height === yes?.height,
      `the two answers are ${no?.width} x ${no?.height} and ${yes?.width} x ${yes?.height}`,
    )
    await phone.tap('consent-no')
    await phone.el(row).filter({ hasText: '没有同意' }).waitFor()
    const answers = await inside.answersTo(residentId, purpose)
    expectThat(answers.join() === 'true,false', `kept of ${purpose}: ${answers.join()}`)
  }
  await phone.shot('withdrawn')
  expectNone('axe on my privacy', await phone.axe())
}

/** Asks for a copy and takes it by the address that the telephone was given. */
async function exportData({ phone }: Person, stack: Stack): Promise<string> {
  await phone.goTo('privacy/home/index')
  await phone.tap('ask-copy')
  await phone.el('copy-json').waitFor()
  await phone.shot('copy')
  const [answer] = await Promise.all([
    phone.page.waitForResponse((one) => one.url().includes('/api/privacy.takeCopy')),
    phone.tap('copy-json'),
  ])
  const { url } = (await answer.json()) as { url: string }
  const file = await fetch(new URL(url, stack.portal))
  expectThat(file.status === 200, `the copy answers ${file.status}`)
  return file.text()
}

async function askToLeave({ phone }: Person): Promise<void> {
  const confirm = phone.frame.locator('.taro-model__confirm:visible').last()
  const ask = async (): Promise<void> => {
    await phone.tap('ask-closure')
    await confirm.click()
    await phone.el('leave-asked').waitFor()
  }
  await phone.goTo('privacy/leave/index')
  await phone.sees(/有没缴的账单不影响注销/)
  await phone.el('leave-stays').waitFor()
  await phone.shot('leave')
  expectNone('axe on the way out', await phone.axe())
  await ask()
  await phone.shot('leaving')
  // It can be taken back for days, by one tap.
  await phone.tap('withdraw-closure')
  await phone.el('ask-closure').waitFor()
  await ask()
}

/** Leaves with a bill unpaid; the account ends, and with it what nobody needs any more. */
async function leave(person: Person, known: Known, of: { stack: Stack; inside: Inside }): Promise<void> {
  const { phone, home, residentId } = person
  const { stack, inside } = of
  expectThat((await inside.owedFen(home.accountNo)) === home.owedFen, 'the household owes nothing')
  await askToLeave(person)
  // Whoever opens the portal again begins anew, so the telephone lies still until it was looked for what is left.
  await phone.page.goto(STILL)
  await inside.passClosureDays(residentId)
  await inside.expectGone(known)
  expectThat((await inside.owedFen(home.accountNo)) === home.owedFen, 'the bill went with the account')

  phone.guard.expectFailures()
  await phone.page.goto(`${stack.sandbox}/phones/${phone.wallet}`)
  await phone.goTo('pages/home/index')
  // Nobody is signed in; by the same wallet one is somebody new, who has no household.
  await phone.tap('sign-in')
  await phone.el('bind-first').waitFor()
  await phone.shot('a-new-account')
  expectThat(
    (await phone.frame.locator('#owed-total:visible').count()) === 0,
    'the old household is still there',
  )
}

async function walk(people: readonly Person[], stack: Stack, inside: Inside): Promise<void> {
  await Promise.all(people.map((person) => giveAndTakeBack(person, inside)))
  const known: Known[] = []
  for (const [index, { residentId }] of people.entries())
    known.push(await inside.seed('AB'.charAt(index), residentId))
  const copies = await Promise.all(people.map((person) => exportData(person, stack)))
  const [first, second] = people
  const [one, other] = known
  if (!first || !second || !one || !other) throw new Error('two people are looked at')
  for (const [text, mine, theirs] of [
    [copies[0] ?? '', one, other],
    [copies[1] ?? '', other, one],
  ] as const) {
    await inside.expectWhole(JSON.parse(text) as Copy, mine)
    inside.expectOwn(text, mine, theirs)
  }
  await leave(first, one, { stack, inside })
  await inside.expectUntouched(other)
  await leave(second, other, { stack, inside })
}

async function inBothPhones(browser: Browser): Promise<void> {
  const stack = await startStack()
  const phones: Phone[] = []
  let inside: Inside | null = null
  try {
    inside = Inside.open(stack)
    const people: Person[] = []
    for (const wallet of WALLETS) {
      const phone = await Phone.open(browser, stack, { name: `privacy-${wallet}`, wallet, person: '林女士' })
      phones.push(phone)
      people.push(await settle(phone, stack, inside))
    }
    await walk(people, stack, inside)
    for (const phone of phones) await phone.checkFaults()
  } catch (error) {
    // A telephone that lies still shows nothing to take a picture of.
    for (const phone of phones) if (phone.page.url() !== STILL) await phone.shot('FAILED')
    const words = error instanceof Error ? error.message : String(error)
    throw new Error(`${words}\nThe portal's last words: ${stack.lastWords()}`, { cause: error })
  } finally {
    for (const phone of phones) await phone.close()
    inside?.close()
    await stack.close()
  }
}

export const privacyJourneys: readonly Journey[] = [
  {
    name: 'privacy in both phones: a consent taken back, a copy with all that is mine and nothing else, and after leaving nothing left',
    wallet: 'wechat',
    walk: (_, __, browser) => inBothPhones(browser),
  },
]
