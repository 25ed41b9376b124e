import { createCipheriv, createDecipheriv, createPublicKey, randomBytes, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import Koa, { type Context } from 'koa'
import { createPool, type PoolConnection, type RowDataPacket } from 'mysql2/promise'
import { monotonicFactory } from 'ulid'

/**
 * The floor of the callback bench, a program of its own: the same cryptography (signature, GCM with its tag,
 * evidence sealed) and one transaction that leaves the same rows, in a bare Koa on prepared statements of mysql2.
 * Nothing is validated, limited, counted or logged, and nobody could keep it in this form.
 */
interface FloorConfig {
  readonly port: number
  readonly mariadbPort: number
  readonly database: string
  readonly poolSize: number
  readonly publicKeyPem: string
  readonly apiV3Key: string
  readonly vaultKey: string
}

interface Trade {
  readonly out_trade_no: string
  readonly transaction_id: string
  readonly success_time: string
  readonly amount: { readonly total: number; readonly payer_total: number }
}

const config = JSON.parse(
  readFileSync(process.argv[2] ?? process.env['FLOOR_CONFIG'] ?? '', 'utf8'),
) as FloorConfig
const publicKey = createPublicKey(config.publicKeyPem)
const vaultKey = Buffer.from(config.vaultKey, 'base64')
const ulid = monotonicFactory()
const pool = createPool({
  host: '127.0.0.1',
  port: config.mariadbPort,
  user: 'root',
  database: config.database,
  connectionLimit: config.poolSize,
  timezone: 'Z',
})
pool.pool.on('connection', (connection) => {
  connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED')
})

function open(raw: Buffer, koa: Context): { id: string; trade: Trade } | null {
  const text = Buffer.concat([
    Buffer.from(`${koa.get('wechatpay-timestamp')}\n${koa.get('wechatpay-nonce')}\n`),
    raw,
    Buffer.from('\n'),
  ])
  if (Math.abs(Date.now() - Number(koa.get('wechatpay-timestamp')) * 1000) > 300_000) return null
  const signature = Buffer.from(koa.get('wechatpay-signature'), 'base64')
  if (!verify('RSA-SHA256', text, publicKey, signature)) return null
  const { id, resource } = JSON.parse(raw.toString('utf8'))
  const sealed = Buffer.from(resource.ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', config.apiV3Key, resource.nonce, { authTagLength: 16 })
  decipher.setAuthTag(sealed.subarray(-16))
  decipher.setAAD(Buffer.from(resource.associated_data))
  const opened = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  return { id, trade: JSON.parse(opened.toString('utf8')) as Trade }
}

function seal(raw: Buffer): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', vaultKey, nonce)
  const body = Buffer.concat([cipher.update(raw), cipher.final()])
  return `demo.${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')}`
}

async function settle(db: PoolConnection, noticeId: string, trade: Trade, raw: Buffer): Promise<void> {
  const now = Date.now()
  const write = (sql: string, values: (string | number | null)[]) => db.execute(sql, values)
  await db.query('START TRANSACTION')
  const [orders] = await db.execute<RowDataPacket[]>(
    'SELECT p.id, p.residentId, i.billId, i.householdId, i.accountNo, i.period FROM payment p JOIN payment_bill i ON i.paymentId = p.id WHERE p.orderNo = ?',
    [trade.out_trade_no],
  )
  const [order] = orders
  if (!order) throw new Error('no such order')
  await db.execute('SELECT amountFen, paidFen FROM bill WHERE id = ? FOR UPDATE', [order['billId']])
  const [locked] = await db.execute<RowDataPacket[]>('SELECT * FROM payment WHERE id = ? FOR UPDATE', [
    order['id'],
  ])
  if (locked[0]?.['amountFen'] !== trade.amount.total || locked[0]?.['state'] !== 'waiting')
    throw new Error('not this')
  const paidAt = Date.parse(trade.success_time)
  await write('INSERT INTO payment_notice VALUES (?,?,?,?,?,?,?,?)', [
    ulid(),
    'wechat',
    noticeId,
    'callback',
    trade.out_trade_no,
    'posted',
    seal(raw),
    now,
  ])
  await write(
    "UPDATE bill SET paidFen = paidFen + ?, state = 'paid', updatedAt = ?, heldByPaymentId = NULL, heldByResidentId = NULL, heldAt = NULL WHERE id = ?",
    [trade.amount.total, now, order['billId']],
  )
  await write('UPDATE payment_bill SET allocatedFen = ? WHERE paymentId = ? AND billId = ?', [
    trade.amount.total,
    order['id'],
    order['billId'],
  ])
  await write(
    "UPDATE payment SET state = 'paid', tradeNo = ?, paidAt = ?, payerAmountFen = ?, nextCheckAt = NULL WHERE id = ?",
    [trade.transaction_id, paidAt, trade.amount.payer_total, order['id']],
  )
  await insertBooks(write, order, trade, paidAt)
  await insertTidings(write, order, trade)
  await db.query('COMMIT')
}

type Write = (sql: string, values: (string | number | null)[]) => Promise<unknown>

async function insertBooks(write: Write, order: RowDataPacket, trade: Trade, paidAt: number) {
  const now = Date.now()
  const amount = trade.amount.total
  await write('INSERT INTO ledger_entry VALUES (?,?,?,?,?,?,?),(?,?,?,?,?,?,?)', [
    ulid(),
    order['id'],
    'pay',
    'channel:wechat:heating',
    trade.transaction_id,
    amount,
    now,
    ulid(),
    order['id'],
    'pay',
    'bill:heating',
    order['billId'],
    -amount,
    now,
  ])
  await write('INSERT INTO writeback VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)', [
    ulid(),
    `${trade.out_trade_no}-1`,
    'heating',
    'payment',
    order['accountNo'],
    `${order['accountNo']}:${order['period']}`,
    amount,
    paidAt,
    'wechat',
    trade.transaction_id,
    'due',
    0,
    null,
    0,
    now,
    null,
  ])
}

async function insertTidings(write: Write, order: RowDataPacket, trade: Trade): Promise<void> {
  const now = Date.now()
  const amount = trade.amount.total
  const messageId = ulid()
  const facts = JSON.stringify({
    household: '松海园 41-6-404',
    amount: `￥${amount}`,
    tradeNo: trade.transaction_id,
  })
  await write(`INSERT INTO message VALUES (${Array.from({ length: 20 }, () => '?').join(',')})`, [
    messageId,
    order['residentId'],
    'payment-success',
    `payment-success:${order['id']}`,
    'heating',
    null,
    null,
    '缴费成功',
    facts,
    `pages/result/index?paymentId=${order['id']}`,
    'wechat',
    1,
    'due',
    now,
    null,
    0,
    null,
    now + 86_400_000,
    now,
    null,
  ])
  await write(
    'INSERT INTO audit_log (id,at,requestId,actor,action,object,ip,detail,outcome,mac) VALUES (?,?,?,?,?,?,?,?,?,?)',
    [
      ulid(),
      now,
      ulid(),
      'system',
      'payments.settle',
      `payment:${order['id']}`,
      '127.0.0.1',
      '{"to":"paid"}',
      'done',
      'f'.repeat(64),
    ],
  )
}

async function rawBody(koa: Context): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of koa.req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const app = new Koa()
app.use(async (koa) => {
  if (koa.method === 'GET') {
    koa.body = 'up'
    return
  }
  const raw = await rawBody(koa)
  const notice = open(raw, koa)
  if (!notice) {
    koa.status = 401
    return
  }
  const connection = await pool.getConnection()
  try {
    await settle(connection, notice.id, notice.trade, raw)
  } catch (error) {
    await connection.query('ROLLBACK')
    throw error
  } finally {
    connection.release()
  }
  koa.type = 'application/json; charset=utf-8'
  koa.body = '{"code":"SUCCESS","message":"成功"}'
})
app.listen(config.port, '127.0.0.1')
