import { inTransaction } from '../core/db/database'
import { paymentBillTable, paymentTable, refundTable, writebackTable } from '../features/payments/entities'
import { insertException } from '../features/payments/store'
import type { TestApp } from './harness'

const nobody = {
  inputHash: '',
  merchantId: '',
  appId: '',
  payerIdType: null,
  payerSealed: null,
  codeId: null,
}

/** A posting of a company that was refused, the exception about it, and a refund of an order for its bills. */
export async function buildTroubles(
  app: TestApp,
  companyId: string,
): Promise<{ postingId: string; exceptionId: string; refundId: string }> {
  const { ids, clock } = app.ctx()
  const [postingId, exceptionId, refundId] = [ids.next(), ids.next(), ids.next()]
  const [paymentId, now] = [ids.next(), clock.now()]
  const posting = { id: postingId, serial: postingId, companyId, kind: 'payment' as const, billKey: 'x' }
  const sent = { state: 'refused', attempts: 169, lastCode: 'UNKNOWN_BILL', notBefore: 0, doneAt: now }
  const money = { accountNo: '002100009999', amountFen: 100 }
  const bill = { paymentId, billId: ids.next(), companyId, householdId: ids.next(), ...money }
  const order = { id: paymentId, orderNo: paymentId, residentId: ids.next(), clientId: paymentId }
  const wallet = { channel: 'wechat' as const, product: 'wechat-mini' as const, merchantKey: companyId }
  const open = { handle: null, handleExpiresAt: null, payerAmountFen: null, checks: 0, nextCheckAt: null }
  await inTransaction(app.ctx(), async (tx) => {
    await tx.insert(writebackTable, {
      ...posting,
      ...sent,
      ...money,
      paidAt: now,
      channel: 'wechat',
      tradeNo: 'T',
      createdAt: now,
    })
    await tx.insert(paymentTable, {
      ...order,
      ...wallet,
      ...nobody,
      ...open,
      amountFen: 100,
      description: '',
      state: 'refunding',
      expiresAt: now,
      createdAt: now,
      paidAt: now,
      tradeNo: paymentId,
    })
    await tx.insert(paymentBillTable, { ...bill, title: '', period: '2026', allocatedFen: 0 })
    await tx.insert(refundTable, {
      billId: null,
      id: refundId,
      paymentId,
      refundNo: refundId,
      amountFen: 100,
      reason: '',
      state: 'processing',
      attempts: 3,
      nextAttemptAt: now + 86_400_000,
      platformRefundNo: null,
      createdAt: now,
      endedAt: null,
    })
    await insertException(tx, {
      id: exceptionId,
      paymentId: null,
      noticeRowId: null,
      writebackId: postingId,
      code: 'writeback_refused',
      detail: '',
      createdAt: now,
    })
  })
  return { postingId, exceptionId, refundId }
}
