import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { createConnection } from 'mysql2/promise'
import { until } from '../../scripts/processes'
import { putLoadOn, requestText } from '../lib/load'
import { type Bed, payOrder, startOrder } from './fault-bed'
import { callPortal, pause } from './portal-client'

/** What needs a real process to go wrong. Each answers what it saw, and throws when the promise was broken. */
export interface FaultCase {
  readonly name: string
  readonly run: (bed: Bed) => Promise<string>
}

function check(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise)
}

async function count(bed: Bed, sql: string): Promise<number> {
  const [row] = await bed.books.query<Record<string, unknown>>(sql)
  return Number(Object.values(row ?? { none: 0 })[0])
}

const postingsOf = (bed: Bed, paymentId: string): Promise<number> =>
  count(
    bed,
    `SELECT COUNT(*) FROM ledger_entry WHERE paymentId = '${paymentId}' AND account LIKE 'channel:%'`,
  )

async function effectsOf(bed: Bed, orderNo: string): Promise<number> {
  const receipts = [...(await bed.control.receipts('heating')), ...(await bed.control.receipts('gas'))]
  return receipts.filter(({ serial }) => serial.startsWith(`${orderNo}-`)).length
}

const untilWrittenBack = (bed: Bed, orderNo: string): Promise<void> =>
  until(
    async () =>
      (await count(
        bed,
        `SELECT COUNT(*) FROM writeback WHERE serial LIKE '${orderNo}-%' AND state = 'done'`,
      )) > 0,
    { timeoutMs: 60_000, everyMs: 100, timedOut: () => `${orderNo} was not written back within a minute` },
  )

/** Lets the platform's retries, minutes apart, come now. */
const retriesCome = (bed: Bed): Promise<unknown> => bed.control.advance(10 * 60_000)

async function killAfterCommit(bed: Bed): Promise<string> {
  const order = await startOrder(bed)
  bed.city.front.swallowAnswers(true)
  await payOrder(bed, order)
  await bed.untilState(order.paymentId, 'paid', 15_000)
  await bed.node.kill9()
  bed.city.front.swallowAnswers(false)
  await bed.node.start()
  await retriesCome(bed)
  await until(async () => (await bed.control.pendingCallbacks()) === 0, {
    timeoutMs: 20_000,
    everyMs: 100,
    timedOut: () => 'the repeated callback was not accepted',
  })
  const postings = await postingsOf(bed, order.paymentId)
  check(postings === 1, `${postings} postings`)
  return 'committed, killed before the answer; the repeat was accepted, one posting'
}

async function killInsideTransaction(bed: Bed): Promise<string> {
  const order = await startOrder(bed)
  const stranger = await createConnection({
    host: '127.0.0.1',
    port: bed.mariadbPort,
    user: 'root',
    database: bed.city.databaseName,
  })
  await stranger.query('START TRANSACTION')
  await stranger.query('SELECT * FROM payment WHERE id = ? FOR UPDATE', [order.paymentId])
  await payOrder(bed, order)
  await until(
    async () =>
      (await count(bed, "SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'")) >
      0,
    // InnoDB refreshes this table only when it was left alone for a tenth of a second.
    { timeoutMs: 10_000, everyMs: 150, timedOut: () => 'the settlement never waited for the lock' },
  )
  await bed.node.kill9()
  await stranger.query('ROLLBACK')
  await stranger.end()
  check((await bed.stateOf(order.paymentId)) !== 'paid', 'half a settlement was kept')
  const kept = await count(bed, `SELECT COUNT(*) FROM payment_notice WHERE orderNo = '${order.orderNo}'`)
  check(kept === 0, 'evidence without its decision was kept')
  await bed.node.start()
  await retriesCome(bed)
  await bed.untilState(order.paymentId, 'paid', 60_000)
  check((await postingsOf(bed, order.paymentId)) === 1, 'not one posting')
  return 'killed inside the settlement: nothing was kept, the repeat settled it once'
}

async function killBeforeWriteback(bed: Bed): Promise<string> {
  for (const company of ['heating', 'gas']) await bed.control.utilityDown(company, true)
  const order = await bed.pay()
  await bed.untilState(order.paymentId, 'paid', 15_000)
  await bed.node.kill9()
  for (const company of ['heating', 'gas']) await bed.control.utilityDown(company, false)
  await bed.control.setFault({ name: 'utility.accepted-then-cut', times: 1 })
  await bed.node.start()
  await until(async () => (await effectsOf(bed, order.orderNo)) > 0, {
    timeoutMs: 60_000,
    everyMs: 20,
    timedOut: () => 'the billing system never got the receipt',
  })
  await bed.node.kill9()
  await bed.node.start()
  await untilWrittenBack(bed, order.orderNo)
  check((await effectsOf(bed, order.orderNo)) === 1, 'not one effect')
  return 'killed before the write-back, and again after it was accepted and cut: one effect'
}

async function databaseDown(bed: Bed): Promise<string> {
  const order = await startOrder(bed)
  bed.database.cut(true)
  await payOrder(bed, order)
  const downSeconds = 30
  const answers: { status: number; tookMs: number }[] = []
  const began = Date.now()
  while (Date.now() - began < downSeconds * 1000) {
    if (Date.now() - began > (downSeconds * 1000) / 2) {
      bed.database.cut(false)
      bed.database.stall(true)
    }
    const { resident } = order
    const [answer] = await Promise.all([
      callPortal(bed.city.portalUrl, 'payments.check', { paymentId: order.paymentId }, resident.token),
      bed.control.advance(60_000),
    ])
    answers.push(answer)
    await pause(300)
  }
  const tries = await bed.control.get<{ tries: { key: string; status: number }[] }>('/callbacks')
  const ofOrder = tries.tries.slice(-answers.length - 20).filter(({ status }) => status === 200)
  check(
    (await bed.stateOf(order.paymentId)) !== 'paid',
    `paid without a database (${ofOrder.length} answers 200)`,
  )
  bed.database.stall(false)
  bed.database.cut(true)
  bed.database.cut(false)
  const slowest = Math.max(...answers.map(({ tookMs }) => tookMs))
  check(
    answers.every(({ status }) => status >= 500),
    `answered ${answers.map(({ status }) => status).join(' ')}`,
  )
  check(slowest < 5_000, `an answer took ${slowest.toFixed(0)} ms`)
  await retriesCome(bed)
  await bed.untilState(order.paymentId, 'paid', 60_000)
  check((await postingsOf(bed, order.paymentId)) === 1, 'not one posting')
  return `${answers.length} requests in ${downSeconds} s without a database, all 5xx, the slowest ${slowest.toFixed(0)} ms; settled afterwards`
}

async function redisLost(bed: Bed): Promise<string> {
  const first = await startOrder(bed)
  await new Promise<void>((resolve, reject) => {
    const socket = connect(bed.redisPort, '127.0.0.1', () => socket.write('FLUSHALL\r\n'))
    socket.once('data', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
  })
  await payOrder(bed, first)
  await bed.untilState(first.paymentId, 'paid', 15_000)
  bed.redis.cut(true)
  const second = await bed.pay()
  await bed.untilState(second.paymentId, 'paid', 15_000)
  bed.redis.cut(false)
  check((await postingsOf(bed, first.paymentId)) === 1, 'not one posting after FLUSHALL')
  check((await postingsOf(bed, second.paymentId)) === 1, 'not one posting without Redis')
  return 'paid after FLUSHALL and with Redis away, one posting each'
}

async function slowBody(bed: Bed): Promise<string> {
  const before = await count(bed, 'SELECT COUNT(*) FROM payment_notice')
  const began = Date.now()
  const answered = await new Promise<string>((resolve) => {
    let text = ''
    const socket = connect(bed.node.port, '127.0.0.1', () =>
      socket.write(
        'POST /callbacks/wechat/heating HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"id":',
      ),
    )
    socket.on('data', (chunk) => {
      text += chunk.toString()
    })
    socket.on('error', () => resolve(text))
    socket.on('close', () => resolve(text))
    socket.setTimeout(20_000, () => socket.destroy())
  })
  const tookMs = Date.now() - began
  check(!answered.includes(' 200 '), 'half a body was accepted')
  check(tookMs <= 12_500, `the connection stayed for ${tookMs} ms`)
  check((await count(bed, 'SELECT COUNT(*) FROM payment_notice')) === before, 'a row was written')
  return `cut after ${(tookMs / 1000).toFixed(1)} s with ${answered.slice(9, 12) || 'no answer'}, no row`
}

/** Writes of the portal's own schedules go on meanwhile; a flood that wrote would make thousands. */
const IDLE_WRITES_MAX = 400

async function forgedFlood(bed: Bed): Promise<string> {
  const forged = 2_000
  const body = JSON.stringify({ id: 'x', event_type: 'TRANSACTION.SUCCESS', resource: {} })
  const requests = Array.from({ length: forged }, () =>
    requestText(
      'POST',
      '/callbacks/wechat/heating',
      {
        'content-type': 'application/json',
        'wechatpay-timestamp': String(Math.floor(Date.now() / 1000)),
        'wechatpay-nonce': randomBytes(8).toString('hex'),
        'wechatpay-serial': publicKeyIdOf(bed),
        'wechatpay-signature': randomBytes(256).toString('base64'),
      },
      body,
    ),
  )
  const orders = await Promise.all([startOrder(bed), startOrder(bed), startOrder(bed)])
  const rowsBefore = await count(bed, 'SELECT COUNT(*) FROM payment_notice')
  const writesBefore = await writes(bed)
  const flood = putLoadOn({ port: bed.node.port, connections: 20, requests, count: forged })
  const tookMs: number[] = []
  for (const order of orders) {
    const began = Date.now()
    await payOrder(bed, order)
    await bed.untilState(order.paymentId, 'paid', 10_000)
    tookMs.push(Date.now() - began)
  }
  const { statuses } = await flood
  const rows = (await count(bed, 'SELECT COUNT(*) FROM payment_notice')) - rowsBefore
  const written = (await writes(bed)) - writesBefore
  check(statuses['401'] === forged, `answers ${JSON.stringify(statuses)}`)
  check(rows === orders.length, `${rows} rows of evidence for ${orders.length} real callbacks`)
  check(written < IDLE_WRITES_MAX, `${written} writes`)
  const middle = tookMs.sort((a, b) => a - b)[1] ?? 0
  check(middle < 1_000, `real callbacks took ${tookMs.join(', ')} ms`)
  return `${forged} forged, all 401, ${rows} rows (the real ones, settled in ${tookMs.join(', ')} ms)`
}

function publicKeyIdOf(bed: Bed): string {
  const merchant = bed.city.secrets.platforms.sandbox.merchants.find(({ mchid }) => mchid === '1900000101')
  return merchant?.publicKeyId ?? ''
}

async function writes(bed: Bed): Promise<number> {
  const rows = await bed.books.query<{ Value: string }>(
    "SHOW GLOBAL STATUS WHERE Variable_name IN ('Com_insert','Com_update')",
  )
  return rows.reduce((sum, { Value }) => sum + Number(Value), 0)
}

async function noCallback(bed: Bed): Promise<string> {
  const lie = await payOrder(bed, await startOrder(bed), 'ok-but-unpaid')
  await bed.control.setFault({ name: 'callback.never', probability: 1 })
  const order = await bed.pay()
  const began = Date.now()
  await bed.untilState(order.paymentId, 'paid', 120_000)
  const tookMs = Date.now() - began
  await bed.control.clearFault('callback.never')
  await callPortal(bed.city.portalUrl, 'payments.check', { paymentId: lie.paymentId }, lie.resident.token)
  check((await bed.stateOf(lie.paymentId)) === 'waiting', "the wallet's word alone moved an order")
  const [row] = await bed.books.query<{ source: string }>(
    `SELECT source FROM payment_notice WHERE orderNo = '${order.orderNo}' AND outcome = 'posted'`,
  )
  check(row?.source === 'sweep', `posted by ${row?.source ?? 'nothing'}`)
  return `the sweep found the money after ${(tookMs / 1000).toFixed(1)} s; a wallet that lies moved nothing`
}

async function billingDown(bed: Bed): Promise<string> {
  const companies = ['heating', 'gas']
  for (const company of companies) await bed.control.utilityDown(company, true)
  const paid = [await bed.pay(), await bed.pay(), await bed.pay()]
  for (const { paymentId } of paid) await bed.untilState(paymentId, 'paid', 15_000)
  const due = await count(bed, "SELECT COUNT(*) FROM writeback WHERE state = 'due'")
  check(due >= paid.length, `${due} write-backs wait`)
  await bed.control.setFault({ name: 'utility.twice', times: 1 })
  for (const company of companies) await bed.control.utilityDown(company, false)
  for (const { orderNo } of paid) await untilWrittenBack(bed, orderNo)
  const effects = await Promise.all(paid.map(({ orderNo }) => effectsOf(bed, orderNo)))
  check(
    effects.every((n) => n === 1),
    `effects ${effects.join(', ')}`,
  )
  for (const company of companies) {
    const order = await bed.books.query<{ serial: string }>(
      `SELECT serial FROM writeback WHERE companyId = '${company}' ORDER BY id`,
    )
    const there = (await bed.control.receipts(company)).map(({ serial }) => serial)
    check(order.map(({ serial }) => serial).join() === there.join(), `${company} got them in another order`)
  }
  return `${paid.length} payments accepted meanwhile, then drained in order, one effect each`
}

export const faultCases: readonly FaultCase[] = [
  { name: 'F31 kill -9 after commit, before reply', run: killAfterCommit },
  { name: 'F32 kill -9 inside the settlement', run: killInsideTransaction },
  { name: 'F33 kill -9 before and after the write-back', run: killBeforeWriteback },
  { name: 'F57 no callback ever comes', run: noCallback },
  { name: 'F60 billing system down, answers twice', run: billingDown },
  { name: 'F40 Redis flushed, then away', run: redisLost },
  { name: 'F11 flood of forged callbacks', run: forgedFlood },
  { name: 'F22 body slower than its length', run: slowBody },
  { name: 'F35 database away for 30 s', run: databaseDown },
]
