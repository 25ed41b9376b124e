import { temporaryServices } from '../../scripts/services'
import { until } from '../../scripts/processes'
import { openBooks } from './books'
import { type City, type PortalNode, startCity } from './city'
import { type Control, controlOf } from './control'
import type { Books } from './invariants'
import { callPortal } from './portal-client'
import { seeded } from './random'
import { type BillToPay, type Resident, settleIn } from './residents'
import { startTcpProxy, type TcpProxy } from './tcp-proxy'

/** One portal on MariaDB and Redis, each behind a network that can be broken, with residents who have bills. */
export interface Bed {
  readonly city: City
  readonly node: PortalNode
  readonly control: Control
  readonly books: Books
  readonly database: TcpProxy
  readonly redis: TcpProxy
  readonly redisPort: number
  readonly mariadbPort: number
  /** A WeChat resident with a bill nobody has touched yet. */
  nextBill(): { resident: Resident; bill: BillToPay }
  /** Starts an order and pays it at the sandbox; answers the order. */
  pay(): Promise<Paid>
  stateOf(paymentId: string): Promise<string>
  untilState(paymentId: string, state: string, timeoutMs: number): Promise<void>
  stop(): Promise<void>
}

export interface Paid {
  readonly paymentId: string
  readonly orderNo: string
  readonly resident: Resident
}

export interface Order extends Paid {
  readonly params: { readonly package: string }
}

export async function makeBed(): Promise<Bed> {
  const services = await temporaryServices()
  const database = await startTcpProxy([services.mariadbPort])
  const redis = await startTcpProxy([services.redisPort])
  const city = await startCity({
    engine: 'mariadb',
    services,
    seed: 1,
    nodes: 1,
    mariadbPort: database.port,
    redisPort: redis.port,
  })
  const [node] = city.nodes
  if (!node) throw new Error('a city without a portal')
  const residents = await settleIn(city, seeded(1), 96)
  const books = await openBooks(city, services.mariadbPort)
  const unpaid = unpaidBills(residents)
  const bed: Bed = {
    city,
    node,
    books,
    database,
    redis,
    control: controlOf(city.sandboxUrl),
    redisPort: services.redisPort,
    mariadbPort: services.mariadbPort,
    nextBill: () => {
      const next = unpaid.pop()
      if (!next) throw new Error('no bills are left')
      return next
    },
    pay: async () => payOrder(bed, await startOrder(bed)),
    stateOf: async (paymentId) => {
      const [row] = await books.query<{
        state: string
      }>(`SELECT state FROM payment WHERE id = '${paymentId.replace(/\W/g, '')}'`)
      return row?.state ?? 'none'
    },
    untilState: (paymentId, state, timeoutMs) =>
      until(async () => (await bed.stateOf(paymentId)) === state, {
        timeoutMs,
        everyMs: 20,
        timedOut: () => `the order did not become ${state} within ${timeoutMs} ms`,
      }),
    stop: async () => {
      await books.close()
      await city.stop()
      await Promise.all([database.close(), redis.close()])
      await services.stop()
    },
  }
  return bed
}

function unpaidBills(residents: readonly Resident[]): { resident: Resident; bill: BillToPay }[] {
  const seen = new Set<string>()
  return residents
    .filter(({ channel }) => channel === 'wechat-mini')
    .flatMap((resident) => resident.bills.map((bill) => ({ resident, bill })))
    .filter(({ bill }) => !seen.has(bill.id) && seen.add(bill.id))
}

export async function startOrder(bed: Bed): Promise<Order> {
  const { resident, bill } = bed.nextBill()
  const answer = await callPortal(
    bed.city.portalUrl,
    'payments.start',
    {
      clientId: `fault-${bill.id}`,
      billIds: [bill.id],
      product: 'wechat-mini',
      shownTotalFen: bill.owedFen,
    },
    resident.token,
  )
  if (answer.status !== 200) throw new Error(`the order was refused: ${JSON.stringify(answer.body)}`)
  const payment = answer.body['payment'] as { id: string; orderNo: string }
  const cashier = answer.body['cashier'] as { params: { package: string } }
  return { paymentId: payment.id, orderNo: payment.orderNo, resident, params: cashier.params }
}

export async function payOrder(bed: Bed, order: Order, outcome = 'paid'): Promise<Order> {
  await bed.control.post('/wechat/pay', {
    params: order.params,
    prepayId: order.params.package.replace('prepay_id=', ''),
    personId: order.resident.personId,
    outcome,
  })
  return order
}
