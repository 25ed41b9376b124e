import { recordAudit } from '../../core/audit'
import { companyOf } from '../../core/config/companies'
import { DAY_MS, shanghaiDay } from '../../core/clock'
import { inTransaction, isDuplicate, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { InvoiceBuyer } from '../../platforms'
import { type Ctx, residentOf } from '../../platforms/context'
import { shownPeriod } from '../billing'
import { residentAliases } from '../identity'
import { getPayment, lockPaidItems, type PaidItem, paidItems } from '../payments'
import { buyerOf, openBuyer, sealBuyer } from './buyer'
import type { InvoiceRow } from './entities'
import { boundHouseholds } from './list-open'
import { mailAddress, queueMail } from './queue-mail'
import { linesOf, whyNot } from './open-items'
import { presentInvoice } from './present'
import { keepTitle } from './save-title'
import type { InvoiceView, NewTitle } from './schema'
import { heldItems, insertInvoice } from './store'
import { serialOf } from './states'
import { insertTask } from './task-store'
import { titlesOf } from './title-store'

interface Asked {
  readonly items: readonly { readonly paymentId: string; readonly billId: string }[]
  readonly titleId?: string | undefined
  readonly title?: NewTitle | undefined
  readonly remember: boolean
  readonly email?: string | undefined
  readonly toConfirmed: boolean
  readonly shownTotalFen: number
}

/**
 * Asks for one invoice. The payments are locked while their money is counted, so that no refund slips between, and each
 * piece of money holds one place that a second invoice cannot take. Errors: not_found, invoice_taken, invoice_refused
 * with why, invoice_companies, amount_changed, title_incomplete, tax_no_wrong, title_limit, email_missing, rate_limited.
 */
export async function requestInvoice(ctx: Ctx, asked: Asked): Promise<{ invoice: InvoiceView }> {
  const residentId = residentOf(ctx).id
  const residentIds = await residentAliases(ctx.db.reader, residentId)
  const buyer = await buyerAsked(ctx, residentIds, asked)
  const to = await mailAddress(ctx, residentIds, asked)
  const paymentIds = [...new Set(asked.items.map(({ paymentId }) => paymentId))]
  for (const id of paymentIds) await getPayment(ctx, id)
  const bound = await boundHouseholds(ctx, await paidItems(ctx.db.reader, { residentIds, paymentIds }))
  const day = shanghaiDay(ctx.clock.now())
  await ctx.limiter.take(`invoice:${residentId}:${day}`, {
    limit: ctx.config.invoices.requestsPerDay,
    windowMs: DAY_MS,
  })
  try {
    const id = await inTransaction(ctx, async (tx) => {
      const found = await lockPaidItems(tx, { residentIds, paymentIds })
      const items = asked.items.map((one) => pick(found, one))
      await assertFree(tx, ctx, items, { bound, shownTotalFen: asked.shownTotalFen })
      const row = rowOf(ctx, items, buyer)
      await insertInvoice(
        tx,
        row,
        items.map((item) => ({
          invoiceId: row.id,
          paymentId: item.paymentId,
          billId: item.billId,
          householdId: item.householdId,
          accountNo: item.accountNo,
          title: item.title,
          period: item.period,
          amountFen: item.leftFen,
          slot: 1,
        })),
      )
      await insertTask(tx, {
        id: ctx.ids.next(),
        invoiceId: row.id,
        kind: 'issue',
        serial: serialOf('issue', row),
        nextAttemptAt: ctx.clock.now(),
        toSealed: null,
        createdAt: ctx.clock.now(),
      })
      if (to !== null) await queueMail(tx, ctx, { row, to })
      if (asked.remember && asked.title !== undefined) await keepTitle(tx, ctx, { buyer, isDefault: false })
      await recordAudit(tx, ctx, {
        action: 'invoices.request',
        object: `invoice:${row.id}`,
        detail: { totalFen: row.totalFen, items: items.length },
      })
      return row.id
    })
    return { invoice: await presentInvoice(ctx, id) }
  } catch (error) {
    // Somebody else's request for the same money was committed while this one waited for its place.
    if (isDuplicate(error)) throw new AppError('invoice_taken')
    throw error
  }
}

async function buyerAsked(ctx: Ctx, residentIds: readonly string[], asked: Asked): Promise<InvoiceBuyer> {
  if (asked.titleId !== undefined) {
    const row = (await titlesOf(ctx.db.reader, residentIds)).find(({ id }) => id === asked.titleId)
    if (row === undefined) throw new AppError('not_found', { detail: 'no such title' })
    return openBuyer(ctx, row.sealed)
  }
  if (asked.title === undefined) throw new AppError('title_incomplete')
  return buyerOf(asked.title)
}

/** Errors: not_found for a bill that the payment does not have, invoice_refused while the money has not arrived. */
function pick(found: readonly PaidItem[], one: { paymentId: string; billId: string }): PaidItem {
  const ofPayment = found.filter(({ paymentId }) => paymentId === one.paymentId)
  if (ofPayment.length === 0)
    throw new AppError('invoice_refused', { message: '这笔缴费还没有到账，到账后才能开票。' })
  const item = ofPayment.find(({ billId }) => billId === one.billId)
  if (item === undefined) throw new AppError('not_found', { detail: 'the payment has no such bill' })
  return item
}

async function assertFree(
  tx: Tx,
  ctx: Ctx,
  items: readonly PaidItem[],
  asked: { readonly bound: ReadonlySet<string>; readonly shownTotalFen: number },
): Promise<void> {
  if (new Set(items.map(({ companyId }) => companyId)).size !== 1) throw new AppError('invoice_companies')
  const keys = items.map(({ paymentId, billId }) => `${paymentId} ${billId}`)
  if (new Set(keys).size !== keys.length) throw new AppError('invalid_input')
  const held = await heldItems(tx, [...new Set(items.map(({ paymentId }) => paymentId))])
  if (held.some(({ paymentId, billId }) => keys.includes(`${paymentId} ${billId}`)))
    throw new AppError('invoice_taken')
  for (const item of items) {
    const why = whyNot(ctx, item, asked.bound)
    if (why !== null) throw new AppError('invoice_refused', { message: why })
  }
  const totalFen = items.reduce((sum, { leftFen }) => sum + leftFen, 0)
  if (totalFen !== asked.shownTotalFen)
    throw new AppError('amount_changed', { message: '可开票金额刚刚变了，请刷新后核对。' })
}

function rowOf(ctx: Ctx, items: readonly PaidItem[], buyer: InvoiceBuyer): InvoiceRow {
  const companyId = items[0]?.companyId ?? ''
  const seller = ctx.config.invoices.companies[companyId]
  if (seller === undefined) throw new AppError('invoice_refused')
  const { name, taxNo, drawer } = seller
  const lines = linesOf(ctx, items)
  const sum = (part: 'netFen' | 'taxFen' | 'totalFen'): number =>
    lines.reduce((total, line) => total + line[part], 0)
  const now = ctx.clock.now()
  return {
    id: ctx.ids.next(),
    companyId,
    residentId: residentOf(ctx).id,
    state: 'issuing',
    buyerKind: buyer.kind,
    buyerSealed: sealBuyer(ctx, buyer),
    seller: JSON.stringify({ name, taxNo, drawer }),
    taxLines: JSON.stringify(lines),
    netFen: sum('netFen'),
    taxFen: sum('taxFen'),
    totalFen: sum('totalFen'),
    about: aboutOf(ctx, companyId, items),
    remark: remarkOf(items),
    tries: 1,
    invoiceNo: null,
    issuedAt: null,
    redReason: null,
    redNote: null,
    redNo: null,
    redAt: null,
    failure: null,
    fileName: null,
    fileBytes: null,
    fileSha256: null,
    fileCipherSealed: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  }
}

function aboutOf(ctx: Ctx, companyId: string, items: readonly PaidItem[]): string {
  const periods = [...new Set(items.map(({ period }) => shownPeriod(period)))]
  const first = periods[0] ?? ''
  const when = periods.length > 1 ? `${first} 等${items.length}笔` : first
  return `${companyOf(ctx, companyId).name} ${when}`.slice(0, 80)
}

/** What the company's book-keepers look for on an invoice; what does not fit is left out whole. */
function remarkOf(items: readonly PaidItem[]): string {
  const most = 230
  let remark = ''
  for (const { accountNo, period } of items) {
    const next = `${remark === '' ? '' : `${remark}；`}户号 ${accountNo} ${shownPeriod(period)}`
    if (next.length > most) break
    remark = next
  }
  return remark
}
