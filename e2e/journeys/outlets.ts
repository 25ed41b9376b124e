import { Agent } from '../mini/agent'
import { expectThat } from '../report'
import type { Stack } from '../stack'
import { settleIn } from './acts'
import type { Journey } from './journey'
import type { Phone } from './phone'

const ALL_DAY = [{ from: '00:00', to: '24:00' }]
const NAME = '日夜服务厅'
/** Away from every other outlet of the demo, so that who stands here has it nearest. */
const PLACE = { latitude: 38.6, longitude: 121.3 }

interface Outlets {
  readonly outlets: readonly { readonly id: string; readonly name: string }[]
}

/** An outlet whose door is open at whatever hour this is walked, and which gives numbers. */
export async function openOutlet(stack: Stack): Promise<string> {
  const publisher = new Agent(stack, 'linjing')
  await publisher.signIn()
  const { outlets } = (await publisher.ask('GET', 'outletDesk.list')) as unknown as Outlets
  const known = outlets.find(({ name }) => name === NAME)
  if (known) return known.id
  const { outlet } = (await publisher.ask('POST', 'outletDesk.save', {
    clientId: 'e2e-outlet-day-and-night',
    companyId: 'heating',
    outletId: null,
    basedOn: 0,
    facts: {
      name: NAME,
      address: '示范市灯塔路 24 号',
      phone: '041188880024',
      latE6: PLACE.latitude * 1_000_000,
      lngE6: PLACE.longitude * 1_000_000,
      hours: { week: Array.from({ length: 7 }, () => ALL_DAY), holiday: ALL_DAY, exceptions: [] },
      services: ['缴费', '过户'],
      access: { 'low-desk': 'yes', ramp: 'no' },
      note: '',
      hasTickets: true,
      minutesEach: 8,
      state: 'open',
    },
  })) as unknown as { outlet: { id: string } }
  return outlet.id
}

/** The names of the list, from above. */
const named = (phone: Phone): Promise<string[]> =>
  phone.frame.locator('.row[id^="outlet-"]:visible').evaluateAll((rows) => rows.map((row) => row.textContent))

async function find(phone: Phone, outletId: string): Promise<void> {
  await phone.goTo('pages/me/index')
  await phone.tap('to-outlets')
  await phone.el('outlets-map').waitFor()
  expectThat(
    !(await named(phone)).some((row) => row.includes('约 ')),
    'it knows how far before it may know where',
  )
  await phone.tap('outlets-near')
  await phone.sees('已按远近排列')
  const [first = ''] = await named(phone)
  expectThat(first.includes(NAME) && first.includes('约 '), `the nearest is “${first}”`)
  await phone.el('outlets-map').getByText('我', { exact: true }).waitFor()
  await phone.tap('outlets-open-only')
  const open = await named(phone)
  expectThat(open.length > 0 && open.every((row) => row.includes('营业中')), `open now: ${open.join(' | ')}`)
  await phone.shot('outlets-near')
  await phone.tap(`outlet-${outletId}`)
}

/** Its number can be dialled, its address handed to a map, and what it does is written there. */
async function readOutlet(phone: Phone): Promise<void> {
  await phone.sees('打电话 041188880024')
  await phone.sees(/缴费.*过户/)
  await phone.sees('有低位服务台')
  await phone.sees('没有坡道')
  const dialled = await phone.frame.locator('body').evaluate(() => {
    // A browser leaves for the dialler by an address; where it would go is all that is to be known.
    const numbers: string[] = []
    Object.assign(globalThis, { yihuDialled: numbers })
    const { navigation } = globalThis as unknown as { navigation?: EventTarget }
    navigation?.addEventListener('navigate', (event) => {
      const { url } = (event as Event & { destination: { url: string } }).destination
      if (!url.startsWith('tel:')) return
      numbers.push(url)
      event.preventDefault()
    })
    return navigation !== undefined
  })
  expectThat(dialled, 'this browser does not tell where it goes')
  await phone.tap('outlet-call')
  await phone.frame
    .locator('body')
    .evaluate(() => (globalThis as unknown as { yihuDialled: string[] }).yihuDialled.join())
    .then((numbers) => expectThat(numbers.includes('041188880024'), `it dials “${numbers}”`))
  await phone.tap('outlet-navigate')
  await phone.sees(/地址已复制/)
}

/** Whoever took a number before, in a journey that was walked earlier on this portal, is called before. */
async function callUntil(stack: Stack, outletId: string, number: number): Promise<void> {
  const clerk = new Agent(stack, 'wangxiao')
  await clerk.signIn()
  for (let called = 0; called < number; ) {
    const { ticket } = (await clerk.ask('POST', 'outletDesk.callNext', {
      clientId: `e2e-call-${outletId}-after-${called}`,
      outletId,
      counter: '2号窗口',
    })) as unknown as { ticket: { number: number } | null }
    expectThat(ticket !== null, `nobody waits any more, and ${number} was not called`)
    called = ticket?.number ?? number
  }
}

/** A number is taken, called at the counter, and what is given back is gone. */
async function queue(phone: Phone, stack: Stack, outletId: string): Promise<void> {
  await phone.tap('take-ticket')
  await phone.el('ticket-number').waitFor()
  await phone.sees('排队中')
  const mine = await phone.el('ticket-number').innerText()
  await phone.shot('outlets-number')
  await callUntil(stack, outletId, Number(mine.replace(/\D/g, '')))
  await phone.frame.getByText('请到 2号窗口').locator('visible=true').last().waitFor({ timeout: 15_000 })
  await phone.sees('正在叫您')
  await phone.goTo(`outlets/detail/index?id=${outletId}`)
  await phone.sees(`看我的 ${mine.replace(/\D/g, '')} 号`)
}

export const outletJourneys: readonly Journey[] = [
  {
    name: 'outlets: the nearest first, open now, dialled, led to, and a number that is called',
    wallet: 'wechat',
    context: { geolocation: PLACE, permissions: ['geolocation', 'clipboard-write'] },
    walk: async (phone, stack) => {
      const outletId = await openOutlet(stack)
      await settleIn(phone, stack.takeHousehold('heating'))
      await find(phone, outletId)
      await readOutlet(phone)
      await queue(phone, stack, outletId)
    },
  },
]
