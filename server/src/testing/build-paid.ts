import { inTransaction } from '../core/db/database'
import { paymentBillTable, paymentTable } from '../features/payments/entities'
import { buildBill, buildHousehold } from './factories'
import type { TestApp } from './harness'

/** A household of this resident with a bill that they have paid, as a settled payment leaves it. */
async function buildPaid(
  app: TestApp,
  residentId: string,
): Promise<{ paymentId: string; householdId: string }> {
  const { ids, clock } = app.ctx()
  const household = await buildHousehold(app, { members: [residentId] })
  const amountFen = 120_050
  const bill = await buildBill(app, household, { amountFen, paidFen: amountFen, state: 'paid' })
  const [paymentId, now] = [ids.next(), clock.now()]
  await inTransaction(app.ctx(), async (tx) => {
    await tx.insert(paymentTable, {
      id: paymentId,
      orderNo: `YH${paymentId}`,
      residentId,
      clientId: `client-${paymentId}`,
      inputHash: '',
      channel: 'wechat',
      product: 'wechat-mini',
      merchantKey: 'heating',
      merchantId: '1900000101',
      appId: 'wx',
      payerIdType: null,
      payerSealed: null,
      amountFen,
      description: bill.title,
      state: 'paid',
      handle: null,
      handleExpiresAt: null,
      expiresAt: now,
      createdAt: now,
      paidAt: now,
      tradeNo: `trade-${paymentId}`,
      payerAmountFen: amountFen,
      checks: 0,
      nextCheckAt: null,
      codeId: null,
    })
    const { id: billId, companyId, householdId, accountNo, title, period } = bill
    const item = { paymentId, billId, companyId, householdId, accountNo, title, period }
    await tx.insert(paymentBillTable, { ...item, amountFen, allocatedFen: amountFen })
  })
  return { paymentId, householdId: household.id }
}

/** Inputs of the acts of papers for repeats.test.ts. */
export const paperRepeats = (app: () => TestApp) => ({
  'papers.makeProof': async ({ id }: { readonly id: string }) => ({
    input: await buildPaid(app(), id),
    other: await buildPaid(app(), id),
  }),
})
