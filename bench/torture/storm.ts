import type { City } from './city'
import { type Control, controlOf } from './control'
import { type Answer, callPortal, errorCode, isTransient, pause } from './portal-client'
import type { Random } from './random'
import type { BillToPay, Resident } from './residents'

/** How each resident's attempt to pay ended, in words, and how often. */
export type Endings = Map<string, number>

/** One intended payment: who, what, under which client id. */
interface Intent {
  readonly resident: Resident
  readonly bills: readonly BillToPay[]
  readonly clientId: string
  readonly doubleTap: boolean
  readonly mind: 'pays' | 'cancels' | 'fails' | 'wallet-lies' | 'cancels-while-paying'
}

type Cashier =
  | { readonly kind: 'wechat-jsapi'; readonly params: { readonly package: string } }
  | { readonly kind: 'alipay-trade'; readonly tradeNo: string }
  | { readonly kind: 'alipay-page'; readonly url: string }

interface Started {
  readonly paymentId: string
  readonly cashier: Cashier | null
}

/** Plans every payment before the first one starts, so that the plan depends on the seed alone. */
export function planPayments(residents: readonly Resident[], random: Random, count: number): Intent[] {
  const queues = residents.map((resident) => [...resident.bills])
  const intents: Intent[] = []
  const taken = new Set<string>()
  // Now and then somebody pays what another one is paying at that moment, or has paid already.
  const takeFrom = (queue: BillToPay[], companyId: string | null): BillToPay | undefined => {
    const at = queue.findLastIndex(
      (bill) =>
        (companyId === null || bill.companyId === companyId) && (!taken.has(bill.id) || random.chance(0.1)),
    )
    const [bill] = at < 0 ? [] : queue.splice(at, 1)
    if (bill) taken.add(bill.id)
    return bill
  }
  for (let tries = 0; intents.length < count && tries < count * 20; tries++) {
    const index = random.below(residents.length)
    const resident = residents[index]
    const queue = queues[index] ?? []
    const first = takeFrom(queue, null)
    if (!resident || !first) continue
    const second = random.chance(0.1) ? takeFrom(queue, first.companyId) : undefined
    const roll = random.next()
    intents.push({
      resident,
      bills: second ? [first, second] : [first],
      clientId: `pay-${random.word(20)}`,
      doubleTap: random.chance(0.1),
      mind:
        roll < 0.86
          ? 'pays'
          : roll < 0.89
            ? 'cancels'
            : roll < 0.92
              ? 'fails'
              : roll < 0.95
                ? 'wallet-lies'
                : 'cancels-while-paying',
    })
  }
  return intents
}

/** Runs the payments, so many at a time. */
export async function payAll(
  city: City,
  intents: readonly Intent[],
  lanes: number,
  onDone: (done: number) => void,
): Promise<Endings> {
  const control = controlOf(city.sandboxUrl)
  const endings: Endings = new Map()
  const queue = [...intents]
  let done = 0
  const lane = async (): Promise<void> => {
    for (let intent = queue.shift(); intent; intent = queue.shift()) {
      const ending = await payOnce(city, control, intent)
      endings.set(ending, (endings.get(ending) ?? 0) + 1)
      done += 1
      onDone(done)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return endings
}

const TRIES = 25

async function payOnce(city: City, control: Control, intent: Intent): Promise<string> {
  const started = await start(city, intent)
  if (typeof started === 'string') return started
  const { resident, mind } = intent
  if (started.cashier) {
    const cancelling =
      mind === 'cancels-while-paying' ? act(city, 'payments.cancel', started.paymentId, resident, 3) : null
    await atTheCashier(control, intent, started.cashier)
    await cancelling
  }
  if (mind === 'cancels') await act(city, 'payments.cancel', started.paymentId, resident, 3)
  // The page comes back from the wallet and asks; if it gets no answer the resident puts the phone away.
  const checked = await act(city, 'payments.check', started.paymentId, resident, 3)
  return stateOf(checked)
}

function stateOf(answer: Answer): string {
  const payment = answer.body['payment'] as { state?: string } | undefined
  return payment?.state ?? `unanswered (${errorCode(answer)})`
}

/** The client keeps its id over every try, as the mini-program does; another amount is another act. */
async function start(city: City, intent: Intent): Promise<Started | string> {
  const answer = await startOnce(city, intent)
  if (answer !== 'refused: amount_changed') return answer
  const bills: BillToPay[] = []
  for (const bill of intent.bills) {
    const { body } = await callPortal(
      city.portalUrl,
      `bills.get?billId=${bill.id}`,
      null,
      intent.resident.token,
    )
    bills.push({ ...bill, owedFen: Number(body['owedFen'] ?? bill.owedFen) })
  }
  return startOnce(city, { ...intent, bills, clientId: `${intent.clientId}-again` })
}

async function startOnce(city: City, intent: Intent): Promise<Started | string> {
  const { resident, bills, clientId } = intent
  const input = {
    clientId,
    billIds: bills.map(({ id }) => id),
    product: resident.channel,
    shownTotalFen: bills.reduce((sum, { owedFen }) => sum + owedFen, 0),
  }
  const ask = (): Promise<Answer> => callPortal(city.portalUrl, 'payments.start', input, resident.token)
  let held = 0
  let last = ''
  for (let tries = 0; tries < TRIES; tries++) {
    const answers = intent.doubleTap && tries === 0 ? await Promise.all([ask(), ask()]) : [await ask()]
    const good = answers.find(({ status }) => status === 200)
    if (good) {
      const payment = good.body['payment'] as { id: string }
      return { paymentId: payment.id, cashier: good.body['cashier'] as Cashier | null }
    }
    const [answer] = answers
    if (!answer) continue
    last = errorCode(answer)
    if (errorCode(answer) === 'bill_held') {
      held += 1
      if (held > 2) return 'gave way to the other order'
    } else if (!isTransient(answer)) return `refused: ${errorCode(answer)}`
    await pause(200 + tries * 60)
  }
  return `gave up starting (${last})`
}

async function act(
  city: City,
  operation: string,
  paymentId: string,
  resident: Resident,
  tries: number,
): Promise<Answer> {
  const input = { clientId: `${operation.replace('.', '-')}-${paymentId}`, paymentId }
  let answer = await callPortal(city.portalUrl, operation, input, resident.token)
  for (let again = 1; again < tries && isTransient(answer); again++) {
    await pause(300)
    answer = await callPortal(city.portalUrl, operation, input, resident.token)
  }
  return answer
}

const WECHAT_OUTCOMES = {
  pays: 'paid',
  cancels: 'cancel',
  fails: 'fail',
  'wallet-lies': 'ok-but-unpaid',
  'cancels-while-paying': 'paid',
} as const

async function atTheCashier(control: Control, intent: Intent, cashier: Cashier): Promise<void> {
  const { personId } = intent.resident
  const outcome = WECHAT_OUTCOMES[intent.mind]
  if (cashier.kind === 'wechat-jsapi') {
    const prepayId = cashier.params.package.replace('prepay_id=', '')
    await control.post('/wechat/pay', { params: cashier.params, prepayId, personId, outcome })
  } else if (cashier.kind === 'alipay-trade') {
    await control.post('/alipay/pay', { tradeNo: cashier.tradeNo, personId, outcome })
  }
}
