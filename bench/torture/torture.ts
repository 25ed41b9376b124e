import type { Services } from '../../scripts/services'
import { say } from '../lib/result'
import { openBooks } from './books'
import { type City, startCity, type TortureEngine } from './city'
import { controlOf } from './control'
import { type Books, checkInvariants, type Invariant } from './invariants'
import { startKiller } from './killer'
import { pause } from './portal-client'
import { seeded } from './random'
import { lowerBills, settleIn } from './residents'
import { payAll, planPayments } from './storm'
import { startWeather } from './weather'

export interface TortureOptions {
  readonly engine: TortureEngine
  readonly services: Services | null
  readonly payments: number
  readonly seed: number
  readonly killEveryMs: number
}

const LANES = 32
const SPELL_MS = 1_500
/** Callbacks that are repeated after minutes come after seconds. */
const STORM_SPEED = 20
const DRAIN_TIMEOUT_MS = 240_000

/** Payments while the portal is killed and the world misbehaves; afterwards the books are compared. */
export async function torture(options: TortureOptions): Promise<Invariant[]> {
  const random = seeded(options.seed)
  const started = Date.now()
  const city = await startCity(options)
  const tell = (text: string): void =>
    say(`[${options.engine} ${((Date.now() - started) / 1000).toFixed(0).padStart(3)} s] ${text}`)
  try {
    const control = controlOf(city.sandboxUrl)
    const residents = await settleIn(city, random, options.payments)
    const bills = residents.reduce((sum, { bills: mine }) => sum + mine.length, 0)
    tell(`${residents.length} residents have bound their households and see ${bills} bills`)
    const intents = planPayments(residents, random, options.payments)
    await control.speed(STORM_SPEED)
    const weather = startWeather(control, seeded(options.seed + 1), SPELL_MS)
    const killer = startKiller(city.nodes, seeded(options.seed + 2), options.killEveryMs, async () => {
      await lowerBills(city, options.payments)
      tell('a later export has lowered half of the heating bills, also those being paid')
    })
    const step = Math.max(1, Math.floor(options.payments / 8))
    const endings = await payAll(city, intents, LANES, (done) => {
      if (done % step === 0) tell(`${done} of ${intents.length} payments tried, ${killer.kills()} kills`)
    })
    await killer.stop()
    await weather.stop()
    tell(`the storm is over after ${killer.kills()} kills -9; the residents saw: ${inWords(endings)}`)
    tell(`faults: ${inWords(weather.switchedOn)} spells`)
    return await calmAndCheck(city, options, tell)
  } finally {
    await city.stop()
  }
}

function inWords(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, n]) => `${name} ${n}`)
    .join(', ')
}

async function calmAndCheck(
  city: City,
  options: TortureOptions,
  tell: (text: string) => void,
): Promise<Invariant[]> {
  const control = controlOf(city.sandboxUrl)
  await control.speed(500)
  const books = await openBooks(city, options.services?.mariadbPort ?? 0)
  try {
    const began = Date.now()
    let waiting = await unfinished(books, await control.money())
    while (Object.values(waiting).some((n) => n > 0) && Date.now() - began < DRAIN_TIMEOUT_MS) {
      await pause(500)
      const before = JSON.stringify(waiting)
      waiting = await unfinished(books, await control.money())
      if (JSON.stringify(waiting) !== before) tell(`still to do: ${JSON.stringify(waiting)}`)
    }
    tell(
      `drained ${((Date.now() - began) / 1000).toFixed(1)} s after the last fault: ${JSON.stringify(waiting)}`,
    )
    const left = await leftUndone(books, waiting)
    if (left.violations.length > 0) city.tellLogs('refunds\\.|schedules\\.|jobs\\.')
    await Promise.all(city.nodes.map((node) => node.stop()))
    const receipts = [...(await control.receipts('heating')), ...(await control.receipts('gas'))]
    return [...(await checkInvariants(books, { money: await control.money(), receipts })), left]
  } finally {
    await books.close()
  }
}

/** Under a clear sky everything that was begun comes to its end within the limit, without anybody's hand. */
async function leftUndone(books: Books, waiting: Readonly<Record<string, number>>): Promise<Invariant> {
  const refunds = await books.query<object>(
    `SELECT r.refundNo, r.state, r.attempts, r.nextAttemptAt - ${Date.now()} AS dueInMs, ${Date.now()} - r.createdAt AS ageMs,
       r.amountFen, r.reason, p.channel, p.state AS paymentState, p.amountFen AS paidFen,
       (SELECT MAX(e.detail) FROM payment_exception e WHERE e.paymentId = p.id) AS exception
     FROM refund r JOIN payment p ON p.id = r.paymentId WHERE r.state NOT IN ('succeeded','impossible') LIMIT 20`,
  )
  return {
    id: 'drained',
    holds: `what was begun has ended ${DRAIN_TIMEOUT_MS / 1000} s after the last fault`,
    numbers: waiting,
    violations: [
      ...Object.entries(waiting).flatMap(([name, n]) => (n > 0 ? [`${n} ${name} still wait`] : [])),
      ...refunds.map((row) => `refund: ${JSON.stringify(row)}`),
    ],
  }
}

/** What the sweeps still have to do: paid there and not here, on its way back, or not told to the utility. */
async function unfinished(
  books: Books,
  money: readonly { channel: string; outTradeNo: string }[],
): Promise<Record<string, number>> {
  const settled = await books.query<{ orderNo: string }>(
    'SELECT orderNo FROM payment WHERE tradeNo IS NOT NULL',
  )
  const known = new Set(settled.map(({ orderNo }) => orderNo))
  const count = async (sql: string): Promise<number> =>
    Number(Object.values((await books.query<Record<string, unknown>>(sql))[0] ?? {})[0])
  return {
    unsettled: money.filter(({ outTradeNo }) => !known.has(outTradeNo)).length,
    // What the platform refuses for good is on the staff's list and waits for nobody here.
    refunds: await count("SELECT COUNT(*) FROM refund WHERE state NOT IN ('succeeded','impossible')"),
    writebacks: await count("SELECT COUNT(*) FROM writeback WHERE state = 'due'"),
  }
}
