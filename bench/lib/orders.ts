import { createCipheriv, createPrivateKey, randomBytes, sign } from 'node:crypto'
import type { Pool } from 'mysql2/promise'
import { monotonicFactory } from 'ulid'
import { requestText } from './load'

const ulid = monotonicFactory()

/** An order that waits for its money, with all the rows that settling it reads. */
export interface Order {
  readonly orderNo: string
  readonly amountFen: number
  readonly openid: string
}

/** The WeChat merchant whose callbacks are made up here, in public-key mode. */
export interface Signer {
  readonly mchid: string
  readonly appId: string
  readonly apiV3Key: string
  readonly publicKeyId: string
  readonly privateKeyPem: string
}

type Row = Record<string, string | number | null>

const CHUNK = 500

/** Adds rows by multi-row INSERTs. */
export async function insertRows(pool: Pool, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  for (let at = 0; at < rows.length; at += CHUNK) {
    const values = rows.slice(at, at + CHUNK).map((row) => columns.map((name) => row[name] ?? null))
    await pool.query(`INSERT INTO ${table} (${columns.join(',')}) VALUES ?`, [values])
  }
}

/** Writes `count` orders into every pool alike, each of one bill of its own, held and waiting. */
export async function insertOrders(pools: readonly Pool[], signer: Signer, count: number): Promise<Order[]> {
  const made = Array.from({ length: count }, (_, index) => rowsOfOrder(signer, index))
  for (const pool of pools) {
    for (const table of ['resident', 'household', 'bill', 'payment', 'payment_bill'] as const) {
      await insertRows(
        pool,
        table,
        made.map((rows) => rows[table]),
      )
    }
  }
  return made.map(({ order }) => order)
}

function rowsOfOrder(signer: Signer, index: number) {
  const now = Date.now()
  const [residentId, householdId, billId, paymentId] = [ulid(), ulid(), ulid(), ulid()]
  const orderNo = `YH${paymentId}`
  const amountFen = 10_000 + (index % 50_000)
  const accountNo = `0021${String(now).slice(-4)}${randomBytes(6).toString('hex')}`.slice(0, 20)
  const common = { companyId: 'heating', householdId, accountNo }
  return {
    order: { orderNo, amountFen, openid: `o${randomBytes(13).toString('hex')}` },
    resident: { id: residentId, elderMode: 0, createdAt: now },
    household: {
      id: householdId,
      companyId: 'heating',
      accountNo,
      ownerSealed: 'k.x',
      factsIndex: '0'.repeat(64),
      community: '松海园',
      addressText: '松海园41号楼6单元404',
      shortAddress: '松海园 41-6-404',
      placeId: ulid(),
      createdAt: now,
      updatedAt: now,
    },
    bill: {
      id: billId,
      ...common,
      kind: 'heating',
      period: '2026-2027',
      title: '2026-2027采暖季热费',
      amountFen,
      lateFeeFen: 0,
      paidFen: 0,
      state: 'open',
      comparedFen: String(amountFen),
      detail: '{}',
      asOf: now,
      sourceName: '开热公司收费系统',
      version: 1,
      heldByPaymentId: paymentId,
      heldByResidentId: residentId,
      heldAt: now,
      createdAt: now,
      updatedAt: now,
    },
    payment: paymentRow(signer, { paymentId, residentId, orderNo, amountFen, now }),
    payment_bill: {
      paymentId,
      billId,
      ...common,
      title: '2026-2027采暖季热费',
      period: '2026-2027',
      amountFen,
      allocatedFen: 0,
    },
  }
}

/** An order whose cashier is open. */
function paymentRow(
  signer: Signer,
  made: { paymentId: string; residentId: string; orderNo: string; amountFen: number; now: number },
): Row {
  return {
    id: made.paymentId,
    orderNo: made.orderNo,
    residentId: made.residentId,
    clientId: randomBytes(16).toString('hex'),
    inputHash: '0'.repeat(64),
    channel: 'wechat',
    product: 'wechat-mini',
    merchantKey: 'heating',
    merchantId: signer.mchid,
    appId: signer.appId,
    amountFen: made.amountFen,
    description: '2026-2027采暖季热费',
    state: 'waiting',
    handle: 'wx-prepay',
    handleExpiresAt: made.now + 7_200_000,
    expiresAt: made.now + 7_200_000,
    createdAt: made.now,
    checks: 0,
    nextCheckAt: made.now + 3_600_000,
  }
}

/** The success notice of an order as WeChat Pay sends it, sealed and signed now. */
export function callbackOf(signer: Signer, order: Order, path: string): string {
  const nonce = randomBytes(6).toString('hex')
  const content = JSON.stringify({
    mchid: signer.mchid,
    appid: signer.appId,
    out_trade_no: order.orderNo,
    transaction_id: `42000${order.orderNo.slice(-23)}`,
    trade_type: 'JSAPI',
    trade_state: 'SUCCESS',
    trade_state_desc: '支付成功',
    bank_type: 'OTHERS',
    attach: '',
    success_time: new Date(Date.now() + 8 * 3_600_000).toISOString().replace(/\.\d+Z/, '+08:00'),
    payer: { openid: order.openid },
    amount: {
      total: order.amountFen,
      payer_total: order.amountFen,
      currency: 'CNY',
      payer_currency: 'CNY',
    },
  })
  const cipher = createCipheriv('aes-256-gcm', signer.apiV3Key, nonce)
  cipher.setAAD(Buffer.from('transaction'))
  const sealed = Buffer.concat([cipher.update(content, 'utf8'), cipher.final(), cipher.getAuthTag()])
  const body = JSON.stringify({
    id: ulid(),
    create_time: '2026-11-22T10:00:00+08:00',
    resource_type: 'encrypt-resource',
    event_type: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    resource: {
      original_type: 'transaction',
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: sealed.toString('base64'),
      associated_data: 'transaction',
      nonce,
    },
  })
  return signedRequest(signer, path, body)
}

const keys = new Map<string, ReturnType<typeof createPrivateKey>>()

/** A POST with WeChat Pay's signature headers over exactly these bytes. */
export function signedRequest(signer: Signer, path: string, body: string): string {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = randomBytes(16).toString('hex')
  const key = keys.get(signer.privateKeyPem) ?? createPrivateKey(signer.privateKeyPem)
  keys.set(signer.privateKeyPem, key)
  const signature = sign('RSA-SHA256', Buffer.from(`${timestamp}\n${nonce}\n${body}\n`), key)
  return requestText(
    'POST',
    path,
    {
      'content-type': 'application/json',
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-serial': signer.publicKeyId,
      'wechatpay-signature': signature.toString('base64'),
      'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
    },
    body,
  )
}
