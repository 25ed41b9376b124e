import { inTransaction } from '../core/db/database'
import { sealBuyer } from '../features/invoices/buyer'
import { titleTable } from '../features/invoices/entities'
import { insertInvoice } from '../features/invoices/store'
import { paymentBillTable, paymentTable } from '../features/payments/entities'
import type { TestApp } from './harness'

interface PaidFor {
  readonly residentId: string
  readonly companyId?: string
  readonly household: { readonly id: string; readonly accountNo: string }
  readonly period?: string
  readonly amountFen?: number
  readonly codeId?: string
  readonly billId?: string
}

/** Money that arrived, for tests that do not ask how. */
export async function buildPaid(app: TestApp, of: PaidFor): Promise<{ paymentId: string; billId: string }> {
  const { ids, clock } = app.ctx()
  const [paymentId, billId, now] = [ids.next(), of.billId ?? ids.next(), clock.now()]
  const companyId = of.companyId ?? 'heating'
  const amountFen = of.amountFen ?? 363408
  await inTransaction(app.ctx(), async (tx) => {
    await tx.insert(paymentTable, {
      id: paymentId,
      orderNo: `YH${ids.token(12)}`,
      residentId: of.residentId,
      clientId: ids.token(16),
      inputHash: '',
      channel: 'wechat',
      product: 'wechat-mini',
      merchantKey: companyId,
      merchantId: '1900000101',
      appId: 'wx0000000000000001',
      payerIdType: null,
      payerSealed: null,
      amountFen,
      description: '供热',
      state: 'paid',
      handle: null,
      handleExpiresAt: null,
      expiresAt: now,
      createdAt: now,
      paidAt: now,
      tradeNo: ids.token(14),
      payerAmountFen: amountFen,
      checks: 0,
      nextCheckAt: null,
      codeId: of.codeId ?? null,
    })
    await tx.insert(paymentBillTable, {
      paymentId,
      billId,
      companyId,
      householdId: of.household.id,
      accountNo: of.household.accountNo,
      title: '供热 2026-2027',
      period: of.period ?? '2026-2027',
      amountFen,
      allocatedFen: amountFen,
    })
  })
  return { paymentId, billId }
}

let numbers = 0

/** An invoice that was refused, or one that is issued, and a title that is kept. */
export async function buildInvoice(
  app: TestApp,
  of: {
    readonly companyId: string
    readonly residentId: string
    readonly state?: 'failed' | 'issued'
  },
): Promise<{ invoiceId: string; titleId: string }> {
  const ctx = app.ctx()
  const [invoiceId, titleId, now] = [ctx.ids.next(), ctx.ids.next(), ctx.clock.now()]
  const isIssued = of.state === 'issued'
  const empty = { taxNo: null, address: null, phone: null, bank: null, account: null }
  const buyerSealed = sealBuyer(ctx, { kind: 'person', name: '张玉兰', ...empty })
  const { companyId, residentId } = of
  await inTransaction(ctx, async (tx) => {
    await insertInvoice(
      tx,
      {
        id: invoiceId,
        companyId,
        residentId,
        state: of.state ?? 'failed',
        buyerKind: 'person',
        buyerSealed,
        seller: JSON.stringify({ name: '开热公司', taxNo: '91210200MA0YHHEA1B', drawer: '孙会计' }),
        taxLines: '[]',
        netFen: 333402,
        taxFen: 30006,
        totalFen: 363408,
        about: '开热公司 2026-2027',
        remark: '',
        tries: 1,
        invoiceNo: isIssued ? `26214${String(++numbers).padStart(15, '0')}` : null,
        issuedAt: isIssued ? now : null,
        redReason: null,
        redNote: null,
        redNo: null,
        redAt: null,
        failure: isIssued ? null : '额度不足（3001）',
        fileName: isIssued ? ctx.ids.token(16) : null,
        fileBytes: isIssued ? 100 : null,
        fileSha256: isIssued ? ctx.ids.token(32) : null,
        fileCipherSealed: isIssued ? ctx.vault.seal('key') : null,
        version: 1,
        createdAt: now,
        updatedAt: now,
      },
      [],
    )
    await tx.insert(titleTable, {
      id: titleId,
      residentId,
      kind: 'person',
      sealed: buyerSealed,
      mark: ctx.vault.index('test', titleId),
      isDefault: 0,
      usedAt: now,
      createdAt: now,
    })
  })
  return { invoiceId, titleId }
}
