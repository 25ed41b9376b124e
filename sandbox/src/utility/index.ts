import { createHmac, timingSafeEqual } from 'node:crypto'
import { Router, type RouterContext } from '@koa/router'
import type { Kernel } from '../kernel/kernel'
import { type MeterReading, readMeterReading, sameReading, standing, type StoredReading } from './reading'
import { readReceipt, sameReceipt, type Receipt, type StoredReceipt } from './receipt'

/**
 * A utility's own billing system, as the portal's write-back meets it.
 *
 * POST /utility/:companyId/receipts with x-yihu-timestamp (epoch seconds or milliseconds, at most 5 minutes off) and
 * x-yihu-signature = hex HMAC-SHA256(secret, timestamp + "\n" + "POST" + "\n" + path + "\n" + raw body), path as the
 * caller sees it. One effect per serial: the same content again is {code:"OK", duplicate:true}, other content is
 * 409 SERIAL_CONFLICT. 422 UNKNOWN_BILL, 401 bad signature or stale, 503 while it is down.
 * POST /utility/:companyId/readings, signed alike, takes what households read on their meters: one that counts per
 * meter and month, another only where it `replaces` that one by its serial (else 409 READING_EXISTS), 422
 * UNKNOWN_METER for a meter it does not have.
 * GET the same paths with ?after=<position> lists what it has, in order of arrival, signed the same way (empty body).
 */
export function utilityRoutes(kernel: Kernel): Router {
  kernel.faults.declare('utility.twice', '收费系统：第一次入账就答“已经有了”（duplicate:true）')
  kernel.faults.declare('utility.accepted-then-cut', '收费系统：已入账但连接断开')
  kernel.faults.declare('utility.unknown-bill', '收费系统：说没有这张账单')
  kernel.faults.declare('utility.unknown-meter', '收费系统：说没有这只表')
  const router = new Router()
  router.post('/:companyId/readings', (ctx) => acceptReading(kernel, ctx))
  router.get('/:companyId/readings', (ctx) => listReadings(kernel, ctx))
  router.post('/:companyId/receipts', (ctx) => accept(kernel, ctx))
  router.get('/:companyId/receipts', (ctx) => list(kernel, ctx))
  return router
}

interface CompanyState {
  down: boolean
  /** Bills it says it has never heard of. */
  unknownBills: string[]
  /** Meters it says it does not have. */
  unknownMeters: string[]
}

const WINDOW_MS = 5 * 60_000

function states(kernel: Kernel) {
  return kernel.store.table<CompanyState>('utility.states')
}

function stateOf(kernel: Kernel, companyId: string): CompanyState {
  return states(kernel).get(companyId) ?? { down: false, unknownBills: [], unknownMeters: [] }
}

function receipts(kernel: Kernel, companyId: string) {
  return kernel.store.table<StoredReceipt>(`utility.receipts.${companyId}`)
}

function readings(kernel: Kernel, companyId: string) {
  return kernel.store.table<StoredReading>(`utility.readings.${companyId}`)
}

function companyOf(kernel: Kernel, ctx: RouterContext): { companyId: string; secret: string } | undefined {
  return kernel.config.utility.find((one) => one.companyId === ctx.params['companyId'])
}

function rawText(ctx: RouterContext): string {
  const raw: unknown = ctx.state['rawBody']
  return Buffer.isBuffer(raw) ? raw.toString('utf8') : ''
}

function answer(ctx: RouterContext, status: number, code: string, extra: object = {}): void {
  ctx.status = status
  ctx.body = { code, ...extra }
}

function isFresh(kernel: Kernel, timestamp: string): boolean {
  if (!/^(\d{10}|\d{13})$/.test(timestamp)) return false
  const atMs = timestamp.length === 10 ? Number(timestamp) * 1_000 : Number(timestamp)
  const nowMs = kernel.clock.now()
  // A sandbox whose time was moved still hears a caller whose clock is true.
  return [nowMs, nowMs - kernel.clock.leadMs()].some((one) => Math.abs(atMs - one) <= WINDOW_MS)
}

function isSigned(ctx: RouterContext, secret: string): boolean {
  const path = ctx.originalUrl.split('?')[0] ?? ''
  const text = [ctx.get('x-yihu-timestamp'), ctx.method, path, rawText(ctx)].join('\n')
  const expected = Buffer.from(createHmac('sha256', secret).update(text).digest('hex'))
  const given = Buffer.from(ctx.get('x-yihu-signature'))
  return expected.length === given.length && timingSafeEqual(expected, given)
}

/** Everything that comes before the content; true when the request may go on. */
function admitted(kernel: Kernel, ctx: RouterContext): boolean {
  const company = companyOf(kernel, ctx)
  if (!company) answer(ctx, 404, 'UNKNOWN_COMPANY')
  else if (stateOf(kernel, company.companyId).down) answer(ctx, 503, 'DOWN')
  else if (!isFresh(kernel, ctx.get('x-yihu-timestamp'))) answer(ctx, 401, 'STALE_TIMESTAMP')
  else if (!isSigned(ctx, company.secret)) answer(ctx, 401, 'BAD_SIGNATURE')
  else return true
  return false
}

function record(kernel: Kernel, companyId: string, receipt: Receipt): StoredReceipt {
  const table = receipts(kernel, companyId)
  const stored = { ...receipt, position: table.all().length + 1, receivedAtMs: kernel.clock.now() }
  table.put(receipt.serial, stored)
  kernel.log('utility.receipt', { companyId, serial: receipt.serial, amountFen: receipt.amountFen })
  return stored
}

function accept(kernel: Kernel, ctx: RouterContext): void {
  if (!admitted(kernel, ctx)) return
  const companyId = String(ctx.params['companyId'])
  const receipt = readReceipt(rawText(ctx))
  if (typeof receipt === 'string') {
    answer(ctx, 400, 'BAD_RECEIPT', { message: receipt })
    return
  }
  const unknown = stateOf(kernel, companyId).unknownBills.includes(receipt.billKey)
  const known = receipts(kernel, companyId).get(receipt.serial)
  if (known) {
    if (sameReceipt(known, receipt)) answer(ctx, 200, 'OK', { duplicate: true, position: known.position })
    else answer(ctx, 409, 'SERIAL_CONFLICT')
    return
  }
  if (unknown || kernel.faults.take('utility.unknown-bill')) {
    answer(ctx, 422, 'UNKNOWN_BILL')
    return
  }
  const { position } = record(kernel, companyId, receipt)
  if (kernel.faults.take('utility.accepted-then-cut')) {
    // The effect is there; the portal does not hear of it and must ask again with the same serial.
    ctx.respond = false
    ctx.req.socket.destroy()
    return
  }
  answer(ctx, 200, 'OK', { duplicate: kernel.faults.take('utility.twice') !== undefined, position })
}

function acceptReading(kernel: Kernel, ctx: RouterContext): void {
  if (!admitted(kernel, ctx)) return
  const companyId = String(ctx.params['companyId'])
  const reading = readMeterReading(rawText(ctx))
  if (typeof reading === 'string') {
    answer(ctx, 400, 'BAD_READING', { message: reading })
    return
  }
  const table = readings(kernel, companyId)
  const known = table.get(reading.serial)
  if (known) {
    if (sameReading(known, reading)) answer(ctx, 200, 'OK', { duplicate: true, position: known.position })
    else answer(ctx, 409, 'SERIAL_CONFLICT')
    return
  }
  const refusal = refuseReading(kernel, companyId, reading)
  if (refusal !== null) {
    answer(ctx, refusal === 'UNKNOWN_METER' ? 422 : 409, refusal)
    return
  }
  const position = table.all().length + 1
  table.put(reading.serial, { ...reading, position, receivedAtMs: kernel.clock.now() })
  kernel.log('utility.reading', { companyId, serial: reading.serial, value: reading.value })
  if (kernel.faults.take('utility.accepted-then-cut')) {
    ctx.respond = false
    ctx.req.socket.destroy()
    return
  }
  answer(ctx, 200, 'OK', { duplicate: kernel.faults.take('utility.twice') !== undefined, position })
}

/** Why this reading is not taken; one month of one meter has one reading that counts. */
function refuseReading(kernel: Kernel, companyId: string, reading: MeterReading): string | null {
  const isUnknown = stateOf(kernel, companyId).unknownMeters.includes(reading.meterNo)
  if (isUnknown || kernel.faults.take('utility.unknown-meter')) return 'UNKNOWN_METER'
  const counts = standing(readings(kernel, companyId).all(), reading)
  return (counts?.serial ?? null) === reading.replaces ? null : 'READING_EXISTS'
}

function readingsInOrder(kernel: Kernel, companyId: string, after: number): StoredReading[] {
  return readings(kernel, companyId)
    .all()
    .filter((one) => one.position > after)
    .sort((a, b) => a.position - b.position)
}

function listReadings(kernel: Kernel, ctx: RouterContext): void {
  if (!admitted(kernel, ctx)) return
  const after = Number(ctx.query['after'] ?? 0)
  const rows = readingsInOrder(kernel, String(ctx.params['companyId']), Number.isFinite(after) ? after : 0)
  answer(ctx, 200, 'OK', { readings: rows.slice(0, 500) })
}

function inOrder(kernel: Kernel, companyId: string, after: number): StoredReceipt[] {
  return receipts(kernel, companyId)
    .all()
    .filter((one) => one.position > after)
    .sort((a, b) => a.position - b.position)
}

function list(kernel: Kernel, ctx: RouterContext): void {
  if (!admitted(kernel, ctx)) return
  const after = Number(ctx.query['after'] ?? 0)
  const rows = inOrder(kernel, String(ctx.params['companyId']), Number.isFinite(after) ? after : 0)
  answer(ctx, 200, 'OK', { receipts: rows.slice(0, 500) })
}

function controlBody(ctx: RouterContext): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(rawText(ctx))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function change(kernel: Kernel, ctx: RouterContext, part: Partial<CompanyState>): void {
  const company = companyOf(kernel, ctx)
  if (!company) {
    answer(ctx, 404, 'UNKNOWN_COMPANY')
    return
  }
  const state = { ...stateOf(kernel, company.companyId), ...part }
  states(kernel).put(company.companyId, state)
  ctx.body = state
}

/** What people and tests may see and switch: receipts and readings in order, down or up, bills it denies. Mounted under /control. */
export function utilityControl(kernel: Kernel): Router {
  const router = new Router()
  router.get('/utility/:companyId', (ctx) => {
    const company = companyOf(kernel, ctx)
    if (!company) answer(ctx, 404, 'UNKNOWN_COMPANY')
    else {
      const { companyId } = company
      ctx.body = {
        companyId,
        ...stateOf(kernel, companyId),
        receipts: inOrder(kernel, companyId, 0),
        readings: readingsInOrder(kernel, companyId, 0),
      }
    }
  })
  router.post('/utility/:companyId/down', (ctx) =>
    change(kernel, ctx, { down: controlBody(ctx)['down'] === true }),
  )
  router.post('/utility/:companyId/unknown-meters', (ctx) => {
    const given = controlBody(ctx)['meterNos']
    change(kernel, ctx, { unknownMeters: Array.isArray(given) ? given.map(String) : [] })
  })
  router.post('/utility/:companyId/unknown-bills', (ctx) => {
    const given = controlBody(ctx)['billKeys']
    change(kernel, ctx, { unknownBills: Array.isArray(given) ? given.map(String) : [] })
  })
  return router
}
