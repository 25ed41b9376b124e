import { until } from '../../scripts/processes'
import { Agent } from '../mini/agent'
import { Printer } from '../printed'
import { Publisher } from '../publisher'
import type { Stack } from '../stack'
import { bindAnother, pay, settleIn } from './acts'
import { outage } from './notices'
import { openOutlet } from './outlets'
import type { Phone } from './phone'

/** What one resident has of each thing that a page shows, by the names of its ids. */
export interface Everything {
  readonly heating: string
  readonly gas: string
  readonly billId: string
  readonly paymentId: string
  readonly noticeId: string
  readonly requestId: string
  readonly resolvedId: string
  readonly linkToken: string
  readonly articleId: string
  readonly codeToken: string
  readonly readingId: string
  readonly caseId: string
  readonly orderId: string
  readonly proofCode: string
  /** Of one's own wish to act for somebody. */
  readonly proxyToken: string
  readonly invoiceId: string
  readonly outletId: string
  readonly ticketId: string
}

interface Answer {
  readonly [name: string]: unknown
}
type Named = readonly { readonly id: string }[]

/** The resident with this phone, at the portal's own API and in the session that the page has. */
class Resident {
  private acts = 0

  constructor(
    private readonly phone: Phone,
    private readonly stack: Stack,
  ) {}

  async read(name: string, input: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.ask(`${name}?${new URLSearchParams(input)}`, {})
  }

  async write(name: string, input: object): Promise<Answer> {
    this.acts += 1
    const clientId = `e2e-everything-${this.phone.personId}-${this.acts}`.slice(-32).padStart(32, '-')
    return this.ask(name, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ clientId, ...input }),
    })
  }

  private async ask(path: string, init: RequestInit): Promise<Answer> {
    const { authorization } = this.phone.guard
    if (authorization === null) throw new Error('nobody is signed in on this phone')
    const answer = await fetch(`${this.stack.portal}/api/${path}`, {
      ...init,
      headers: { ...init.headers, authorization },
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`)
    return JSON.parse(text) as Answer
  }

  /** A request about this home; gives its id. */
  async request(householdId: string, typeId: string, words: string, rest: object): Promise<string> {
    const { version } = await this.read('catalogue.read', { companyId: 'heating' })
    const { request } = await this.write('requests.submit', {
      companyId: 'heating',
      typeId,
      catalogueVersion: version,
      householdId,
      words,
      contactPhone: '13812345678',
      contactName: '程微',
      answers: {},
      ...rest,
    })
    return (request as { id: string }).id
  }

  /** Keeps the first free time for a visit. */
  async holdVisit(householdId: string, typeId: string): Promise<string> {
    const about = { typeId, householdId }
    const { slots } = (await this.read('slots.list', { companyId: 'heating', ...about })) as unknown as {
      slots: readonly { slotId: string; free: number }[]
    }
    const { holdId } = await this.write('slots.hold', {
      ...about,
      slotId: slots.find(({ free }) => free > 0)?.slotId,
    })
    return String(holdId)
  }
}

/** An order that is a worker's, and the code by which the phone of this resident becomes theirs. */
async function workOn(stack: Stack, resident: Resident, requestId: string): Promise<void> {
  const [dispatcher, worker] = [new Agent(stack, 'liqiang'), new Agent(stack, 'sun')]
  await Promise.all([dispatcher.signIn(), worker.signIn()])
  const { me } = (await worker.ask('GET', 'staff.me')) as { me: { id: string; teamId: string } }
  const { request } = (await dispatcher.ask('GET', `desk.get?requestId=${requestId}`)) as {
    request: { version: number }
  }
  const clientId = (what: string): string => `e2e-everything-${what}-${requestId.slice(-6)}`.padEnd(32, '-')
  await dispatcher.ask('POST', 'dispatch.assign', {
    clientId: clientId('assign'),
    requestId,
    version: request.version,
    teamId: me.teamId,
    staffId: me.id,
  })
  const { code } = await worker.ask('POST', 'staff.makeBindCode', {
    clientId: clientId('code'),
    staffId: me.id,
  })
  await resident.write('staff.bindWallet', { code })
}

/** The heating company's portal takes new visits up every few seconds. */
async function caseOf(resident: Resident): Promise<string> {
  let found: string | undefined
  await until(
    async () => {
      const { homes } = (await resident.read('heating.mine')) as { homes: readonly { cases: Named }[] }
      found = homes.flatMap(({ cases }) => cases)[0]?.id
      return found !== undefined
    },
    { timeoutMs: 20_000, everyMs: 200, timedOut: () => 'no case was opened' },
  )
  return found ?? ''
}

async function billsOf(resident: Resident, householdId: string): Promise<string> {
  const { items } = (await resident.read('bills.list', { householdId })) as unknown as { items: Named }
  const [newest] = items
  if (!newest) throw new Error(`household ${householdId} has no bill`)
  return newest.id
}

async function readMeter(resident: Resident, householdId: string): Promise<string> {
  const { meter } = (await resident.read('readings.meter', { householdId })) as {
    meter: { last: { value: string } }
  }
  const { reading } = await resident.write('readings.submit', {
    householdId,
    value: String(Number.parseInt(meter.last.value, 10) + 20),
  })
  return (reading as { id: string }).id
}

/** Requests in several states: one to measure, one that is a worker's, one that is done, and a caller's. */
async function requestsOf(
  stack: Stack,
  resident: Resident,
  heating: string,
): Promise<Pick<Everything, 'requestId' | 'resolvedId' | 'linkToken'>> {
  await resident.request(heating, 'temperature-visit', '客厅一直只有十六七度，请来测温', {
    holdId: await resident.holdVisit(heating, 'temperature-visit'),
  })
  const [requestId, resolvedId] = [
    await resident.request(heating, 'not-hot', '客厅和卧室都不热，家里有老人', {
      answers: { part: ['全部不热'] },
    }),
    await resident.request(heating, 'leak', '卫生间的阀门在滴水', {
      answers: { amount: '滴水', shut: '已经关了' },
      dangerSeen: true,
    }),
  ]
  const agent = new Agent(stack, 'wangxiao')
  await agent.signIn()
  await agent.move(requestId, 'accept')
  await agent.move(resolvedId, 'accept')
  await agent.move(resolvedId, 'resolve', '电话里指导住户关了阀门，已经不滴了。')
  const call = {
    companyId: 'heating',
    typeId: 'not-hot',
    words: '电话里说老人怕冷',
    addressText: '东门 3-1-201',
  }
  const linkToken = await agent.takeCall(call)
  await workOn(stack, resident, requestId)
  return { requestId, resolvedId, linkToken }
}

/** Papers about a payment: its proof and an invoice, and a place where somebody could be asked about it. */
async function papersOf(
  resident: Resident,
  paymentId: string,
  householdId: string,
  outletId: string,
): Promise<Pick<Everything, 'proofCode' | 'proxyToken' | 'invoiceId' | 'ticketId'>> {
  const { proof } = (await resident.write('papers.makeProof', { paymentId, householdId })) as unknown as {
    proof: { code: string }
  }
  const { items } = (await resident.read('invoices.listOpen', { paymentId })) as unknown as {
    items: readonly { paymentId: string; billId: string; amountFen: number }[]
  }
  const { invoice } = (await resident.write('invoices.request', {
    items: items.map(({ billId }) => ({ paymentId, billId })),
    title: { kind: 'person', name: '程微' },
    remember: true,
    shownTotalFen: items.reduce((sum, { amountFen }) => sum + amountFen, 0),
  })) as unknown as { invoice: { id: string } }
  const { ticket } = (await resident.write('outlets.takeTicket', { outletId })) as unknown as {
    ticket: { id: string }
  }
  const proxy = await resident.write('family.askProxy', { relation: 'son', agentName: '程微', months: 3 })
  return {
    proofCode: proof.code,
    proxyToken: String(proxy['token']),
    invoiceId: invoice.id,
    ticketId: ticket.id,
  }
}

/**
 * Settles a resident in who has something for every page: two homes, an outage, a bill paid and one open, requests in
 * several states, a case of a cold home, a reading, a code, and an order to work on.
 */
export async function settleWithEverything(phone: Phone, stack: Stack): Promise<Everything> {
  const outletId = await openOutlet(stack)
  const [home, gasHome] = [stack.takeHousehold('heating'), stack.takeHousehold('gas')]
  const noticeId = await outage(await Publisher.signedIn(stack), home)
  const code = await (await Printer.signedIn(stack)).print('gas', gasHome.accountNo)
  await settleIn(phone, home)
  await bindAnother(phone, gasHome)
  const resident = new Resident(phone, stack)
  const { households } = (await resident.read('households.list')) as unknown as {
    households: readonly { id: string; kind: string }[]
  }
  const idOf = (kind: string): string => households.find((one) => one.kind === kind)?.id ?? ''
  const [heating, gas] = [idOf('heating'), idOf('gas')]
  const { requestId, resolvedId, linkToken } = await requestsOf(stack, resident, heating)
  await phone.goTo('field/today/index')
  await phone.tap('take-offer')
  await phone.frame.locator('#offer:visible').waitFor({ state: 'hidden' })
  await phone.goTo(`pages/bill/index?billId=${await billsOf(resident, gas)}`)
  await phone.tap('pay-bill')
  await phone.el('pay-now').waitFor()
  await pay(phone)
  const { items: payments } = (await resident.read('payments.list')) as unknown as { items: Named }
  const { items: topics } = (await resident.read('knowledge.topics', {
    companyId: 'heating',
  })) as unknown as {
    items: readonly { articleId: string }[]
  }
  const paymentId = payments[0]?.id ?? ''
  return {
    heating,
    gas,
    ...(await papersOf(resident, paymentId, gas, outletId)),
    outletId,
    billId: await billsOf(resident, heating),
    paymentId,
    noticeId,
    requestId,
    resolvedId,
    linkToken,
    articleId: topics[0]?.articleId ?? '',
    codeToken: code.link.split('/').at(-1) ?? '',
    readingId: await readMeter(resident, gas),
    caseId: await caseOf(resident),
    orderId: requestId,
  }
}
