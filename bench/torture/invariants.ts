import type { MoneyRow, ReceiptRow } from './control'

/** A database to ask, of either engine. */
export interface Books {
  readonly engine: 'sqlite' | 'mariadb'
  query<Row>(sql: string): Promise<Row[]>
}

/** What the outside world has in its own books. */
export interface OutsideBooks {
  readonly money: readonly MoneyRow[]
  /** Receipts that the billing systems took, over all companies. */
  readonly receipts: readonly ReceiptRow[]
}

export interface Invariant {
  readonly id: string
  readonly holds: string
  readonly numbers: Readonly<Record<string, number>>
  /** Empty when it holds; else the first rows that break it. */
  readonly violations: readonly string[]
}

const SETTLED = "('paid','refunding','refunded','credited')"
const UNIQUE_KEYS = [
  'payment_order_no',
  'payment_client_id',
  'payment_trade_no',
  'notice_id',
  'ledger_posting',
  'refund_no',
  'writeback_serial',
  'bill_key',
  'message_reason',
  'job_dedupe',
]

/** I1–I8 of security.md 4.1 as SQL over our books and a comparison with the platforms' own. */
export async function checkInvariants(books: Books, outside: OutsideBooks): Promise<Invariant[]> {
  return [
    await onePosting(books),
    await ledgerAddsUp(books),
    await billsAddUp(books),
    await evidenceForEverything(books),
    await everyEventEnded(books),
    await legalPaths(books),
    await oneWriteback(books, outside.receipts),
    await moneyAgrees(books, outside.money),
  ]
}

async function rows(books: Books, label: string, sql: string): Promise<string[]> {
  const found = await books.query<Record<string, unknown>>(`${sql} LIMIT 20`)
  return found.map((row) => `${label}: ${JSON.stringify(row)}`)
}

async function count(books: Books, sql: string): Promise<number> {
  const [row] = await books.query<Record<string, unknown>>(sql)
  return Number(Object.values(row ?? { none: 0 })[0] ?? 0)
}

async function onePosting(books: Books): Promise<Invariant> {
  const indexes = await books.query<{ name: string }>(
    books.engine === 'sqlite'
      ? "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE UNIQUE%'"
      : 'SELECT DISTINCT INDEX_NAME AS name FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND NON_UNIQUE = 0',
  )
  const there = new Set(indexes.map(({ name }) => name))
  return {
    id: 'I1',
    holds: 'an order is posted at most once, and the schema forbids a second posting',
    numbers: {
      postings: await count(
        books,
        "SELECT COUNT(*) FROM ledger_entry WHERE kind = 'pay' AND account LIKE 'channel:%'",
      ),
      uniqueKeys: UNIQUE_KEYS.filter((key) => there.has(key)).length,
    },
    violations: [
      ...UNIQUE_KEYS.filter((key) => !there.has(key)).map((key) => `unique key missing: ${key}`),
      ...(await rows(
        books,
        'posted twice',
        "SELECT paymentId, COUNT(*) AS n FROM ledger_entry WHERE kind = 'pay' AND account LIKE 'channel:%' GROUP BY paymentId HAVING COUNT(*) > 1",
      )),
      ...(await rows(
        books,
        'one trade on two orders',
        'SELECT channel, tradeNo FROM payment WHERE tradeNo IS NOT NULL GROUP BY channel, tradeNo HAVING COUNT(*) > 1',
      )),
    ],
  }
}

/** Per order: what the ledger says of the wallet's account, of everything, and what went back. */
const PER_ORDER = `SELECT payment.id, payment.state, payment.amountFen,
    COALESCE(ledger.channelFen, 0) AS channelFen, COALESCE(ledger.allFen, 0) AS allFen,
    COALESCE(back.refundedFen, 0) AS refundedFen
  FROM payment
  LEFT JOIN (SELECT paymentId, SUM(amountFen) AS allFen,
      SUM(CASE WHEN account LIKE 'channel:%' THEN amountFen ELSE 0 END) AS channelFen
    FROM ledger_entry GROUP BY paymentId) ledger ON ledger.paymentId = payment.id
  LEFT JOIN (SELECT paymentId, SUM(amountFen) AS refundedFen FROM refund WHERE state = 'succeeded' GROUP BY paymentId) back
    ON back.paymentId = payment.id`

async function ledgerAddsUp(books: Books): Promise<Invariant> {
  return {
    id: 'I2',
    holds: 'per order: paid − refunded = ledger, all rows sum to zero, refunds ≤ paid, whole fen',
    numbers: {
      settledOrders: await count(books, `SELECT COUNT(*) FROM payment WHERE state IN ${SETTLED}`),
      paidFen: await count(books, `SELECT SUM(amountFen) FROM payment WHERE state IN ${SETTLED}`),
      refundedFen: await count(books, "SELECT SUM(amountFen) FROM refund WHERE state = 'succeeded'"),
      ledgerSumFen: await count(books, 'SELECT SUM(amountFen) FROM ledger_entry'),
    },
    violations: [
      ...(await rows(
        books,
        'settled order',
        `SELECT * FROM (${PER_ORDER}) o WHERE state IN ${SETTLED} AND (amountFen - refundedFen <> channelFen OR refundedFen > amountFen)`,
      )),
      ...(await rows(
        books,
        'unsettled order with ledger',
        `SELECT * FROM (${PER_ORDER}) o WHERE state NOT IN ${SETTLED} AND (channelFen <> 0 OR refundedFen <> 0)`,
      )),
      ...(await rows(books, 'not balanced', `SELECT * FROM (${PER_ORDER}) o WHERE allFen <> 0`)),
      ...(await rows(
        books,
        'not whole fen',
        'SELECT id, amountFen FROM ledger_entry WHERE amountFen <> ROUND(amountFen)',
      )),
    ],
  }
}

async function billsAddUp(books: Books): Promise<Invariant> {
  const perBill = `SELECT bill.id, bill.state, bill.amountFen, bill.paidFen,
      COALESCE(given.allocatedFen, 0) AS allocatedFen, COALESCE(posted.postedFen, 0) AS postedFen
    FROM bill
    LEFT JOIN (SELECT billId, SUM(allocatedFen) AS allocatedFen FROM payment_bill GROUP BY billId) given ON given.billId = bill.id
    LEFT JOIN (SELECT ref, -SUM(amountFen) AS postedFen FROM ledger_entry WHERE account LIKE 'bill:%' GROUP BY ref) posted
      ON posted.ref = bill.id`
  return {
    id: 'I3',
    holds: 'per bill: allocations = paid = ledger, nothing outstanding below zero',
    numbers: {
      bills: await count(books, 'SELECT COUNT(*) FROM bill'),
      paidBills: await count(books, "SELECT COUNT(*) FROM bill WHERE state = 'paid'"),
      allocatedFen: await count(books, 'SELECT SUM(allocatedFen) FROM payment_bill'),
      creditFen: await count(books, 'SELECT SUM(amountFen) FROM household_credit'),
    },
    violations: [
      ...(await rows(
        books,
        'bill',
        `SELECT * FROM (${perBill}) b WHERE allocatedFen <> paidFen OR postedFen <> paidFen OR paidFen > amountFen OR paidFen < 0`,
      )),
      ...(await rows(
        books,
        'bill state',
        `SELECT id, state, amountFen, paidFen FROM bill WHERE (state = 'open' AND paidFen >= amountFen AND amountFen > 0) OR (state = 'paid' AND paidFen < amountFen)`,
      )),
    ],
  }
}

async function evidenceForEverything(books: Books): Promise<Invariant> {
  return {
    id: 'I4',
    holds: 'every settled order has verified evidence, kept as it came',
    numbers: {
      evidence: await count(books, 'SELECT COUNT(*) FROM payment_notice'),
      posted: await count(books, "SELECT COUNT(*) FROM payment_notice WHERE outcome = 'posted'"),
    },
    violations: await rows(
      books,
      'paid without evidence',
      `SELECT payment.id, payment.orderNo, payment.state FROM payment WHERE payment.state IN ${SETTLED} AND NOT EXISTS (
        SELECT 1 FROM payment_notice n WHERE n.orderNo = payment.orderNo AND n.channel = payment.channel
          AND n.outcome = 'posted' AND n.rawSealed <> '')`,
    ),
  }
}

async function everyEventEnded(books: Books): Promise<Invariant> {
  const byOutcome = await books.query<{ outcome: string; n: number }>(
    'SELECT outcome, COUNT(*) AS n FROM payment_notice GROUP BY outcome',
  )
  return {
    id: 'I5',
    holds:
      'every verified event was posted, known already, or put before staff; orphans name no order of ours',
    numbers: Object.fromEntries(byOutcome.map(({ outcome, n }) => [outcome, Number(n)])),
    violations: [
      ...(await rows(
        books,
        'undecided',
        "SELECT id, outcome FROM payment_notice WHERE outcome NOT IN ('posted','duplicate','quarantined','recorded','orphan')",
      )),
      ...(await rows(
        books,
        'orphan of ours',
        "SELECT n.id, n.orderNo FROM payment_notice n JOIN payment p ON p.orderNo = n.orderNo AND p.channel = n.channel WHERE n.outcome = 'orphan'",
      )),
      ...(await rows(
        books,
        'quarantined without exception',
        "SELECT n.id FROM payment_notice n WHERE n.outcome = 'quarantined' AND n.orderNo IS NOT NULL AND n.source = 'callback' AND NOT EXISTS (SELECT 1 FROM payment_exception e WHERE e.noticeRowId = n.id)",
      )),
    ],
  }
}

async function legalPaths(books: Books): Promise<Invariant> {
  const moves = await books.query<{ id: string; action: string; object: string; detail: string | null }>(
    "SELECT id, action, object, detail FROM audit_log WHERE action IN ('payments.settle','payments.close','payments.refund') ORDER BY object, id",
  )
  const violations: string[] = []
  const settledObjects = new Map<string, number>()
  for (const { action, object, detail } of moves) {
    const settled = settledObjects.get(object) ?? 0
    if (action === 'payments.close' && settled > 0) violations.push(`closed after it was settled: ${object}`)
    if (action === 'payments.refund' && settled === 0)
      violations.push(`refunded before it was paid: ${object}`)
    if (action !== 'payments.settle') continue
    settledObjects.set(object, settled + 1)
    if (settled > 0) violations.push(`settled twice: ${object}`)
    const { from, to } = JSON.parse(detail ?? '{}') as { from?: string; to?: string }
    if (!['preparing', 'waiting', 'closed'].includes(from ?? ''))
      violations.push(`${object} from ${from ?? '?'}`)
    if (!['paid', 'refunding', 'credited'].includes(to ?? '')) violations.push(`${object} to ${to ?? '?'}`)
  }
  const states = await books.query<{ state: string; n: number }>(
    'SELECT state, COUNT(*) AS n FROM payment GROUP BY state',
  )
  return {
    id: 'I6',
    holds: 'every order went a legal way; final states stayed final',
    numbers: Object.fromEntries(states.map(({ state, n }) => [state, Number(n)])),
    violations: [
      ...violations.slice(0, 20),
      ...(await rows(
        books,
        'state and facts disagree',
        `SELECT id, state, tradeNo, paidAt FROM payment WHERE (state IN ${SETTLED}) <> (tradeNo IS NOT NULL AND paidAt IS NOT NULL)`,
      )),
    ],
  }
}

async function oneWriteback(books: Books, receipts: readonly ReceiptRow[]): Promise<Invariant> {
  const writebacks = await books.query<{ serial: string; amountFen: number; state: string }>(
    'SELECT serial, amountFen, state FROM writeback',
  )
  const allocations = await count(books, 'SELECT COUNT(*) FROM payment_bill WHERE allocatedFen > 0')
  const bySerial = new Map<string, ReceiptRow[]>()
  for (const receipt of receipts)
    bySerial.set(receipt.serial, [...(bySerial.get(receipt.serial) ?? []), receipt])
  const violations = writebacks.flatMap(({ serial, amountFen, state }) => {
    const effects = bySerial.get(serial) ?? []
    if (state !== 'done') return [`${serial} is ${state}`]
    if (effects.length !== 1) return [`${serial} had ${effects.length} effects`]
    return effects[0]?.amountFen === Number(amountFen) ? [] : [`${serial} has another amount there`]
  })
  const ours = new Set(writebacks.map(({ serial }) => serial))
  for (const { serial } of receipts) if (!ours.has(serial)) violations.push(`${serial} is unknown to us`)
  if (allocations !== writebacks.length)
    violations.push(`${allocations} allocations but ${writebacks.length} write-backs`)
  return {
    id: 'I7',
    holds: 'each posting reached the billing system as exactly one effect',
    numbers: { allocations, writebacks: writebacks.length, effects: receipts.length },
    violations: violations.slice(0, 20),
  }
}

async function moneyAgrees(books: Books, money: readonly MoneyRow[]): Promise<Invariant> {
  const ledger = await books.query<{ channel: string; orderNo: string; fen: number }>(
    `SELECT payment.channel, payment.orderNo, SUM(ledger_entry.amountFen) AS fen FROM ledger_entry
      JOIN payment ON payment.id = ledger_entry.paymentId WHERE ledger_entry.account LIKE 'channel:%'
      GROUP BY payment.channel, payment.orderNo`,
  )
  const ours = new Map(ledger.map(({ channel, orderNo, fen }) => [`${channel}:${orderNo}`, Number(fen)]))
  const violations: string[] = []
  let takenFen = 0
  for (const row of money) {
    const key = `${row.channel}:${row.outTradeNo}`
    const theirs = row.totalFen - row.refundedFen
    takenFen += theirs
    if ((ours.get(key) ?? 0) !== theirs)
      violations.push(`${key}: they hold ${theirs}, we say ${ours.get(key) ?? 0}`)
    ours.delete(key)
  }
  for (const [key, fen] of ours) if (fen !== 0) violations.push(`${key}: we say ${fen}, they know nothing`)
  const ledgerFen = ledger.reduce((sum, { fen }) => sum + Number(fen), 0)
  if (ledgerFen !== takenFen) violations.push(`in total they hold ${takenFen} fen and we say ${ledgerFen}`)
  return {
    id: 'I8',
    holds: "the platforms' books and ours agree, per order and in total",
    numbers: { orders: money.length, takenFen, ledgerFen },
    violations: violations.slice(0, 20),
  }
}
