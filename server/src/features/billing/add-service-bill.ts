import { shanghaiDay } from '../../core/clock'
import { companyOf } from '../../core/config/companies'
import type { CoreCtx } from '../../core/context'
import { isDuplicate, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { householdsByIds } from '../households'
import type { BillRow } from './entities'
import type { ServiceFacts } from './import/layouts/types'
import {
  cancelServiceBill,
  insertServiceBill,
  lockOpenServiceBill,
  servicePeriodsOf,
} from './service-bill-store'
import { freeServicePeriods } from './service-period'

export interface ServiceBillInput {
  readonly householdId: string
  readonly companyId: string
  /** What was done, as the worker named it, at most 30 characters. */
  readonly title: string
  readonly amountFen: number
  /** Whose charge it is, such as request:01J…; one of a reason is open at a time. */
  readonly reason: string
}

/**
 * Asks a household for the parts and work of a visit: a bill that is paid at the normal cashier and that no import
 * knows. A charge of the same reason that nobody paid yet is replaced, its row kept as cancelled. The caller holds
 * the lock of whatever `reason` names. Errors: not_found for a household of another company, bill_held while
 * somebody is paying the charge that would be replaced, invalid_input without an amount.
 */
export async function addServiceBill(tx: Tx, ctx: CoreCtx, input: ServiceBillInput): Promise<BillRow> {
  const { householdId, companyId, amountFen, reason } = input
  if (amountFen <= 0) throw new AppError('invalid_input', { message: '收费金额要大于0元。' })
  const household = (await householdsByIds(tx, [householdId])).get(householdId)
  if (household?.companyId !== companyId) throw new AppError('not_found', { detail: 'household of charge' })
  const now = ctx.clock.now()
  const before = await lockOpenServiceBill(tx, reason)
  if (before && !(await cancelServiceBill(tx, before.id, now)))
    throw new AppError('bill_held', { message: '住户正在付上一笔上门费用，请等付完或取消后再改金额。' })
  const day = shanghaiDay(now)
  const month = day.slice(0, 7)
  const key = { companyId, accountNo: household.accountNo, month }
  for (const period of freeServicePeriods(month, await servicePeriodsOf(tx, key))) {
    const bill = billRow(ctx, input, { accountNo: household.accountNo, period, day })
    try {
      await insertServiceBill(tx, bill, reason)
      return bill
    } catch (error) {
      // Another visit to the same household took the key; a failed INSERT leaves the transaction whole.
      if (!isDuplicate(error)) throw error
    }
  }
  throw new AppError('invalid_input', { message: '这户本月的上门收费笔数太多了，请联系客服处理。' })
}

function billRow(
  ctx: CoreCtx,
  { householdId, companyId, title, amountFen }: ServiceBillInput,
  { accountNo, period, day }: { accountNo: string; period: string; day: string },
): BillRow {
  const now = ctx.clock.now()
  const company = companyOf(ctx, companyId)
  const facts: ServiceFacts = { basis: 'service', what: title, amountFen, chargedOn: day }
  return {
    id: ctx.ids.next(),
    companyId,
    householdId,
    accountNo,
    kind: company.kind,
    period,
    title: `上门服务：${title}`.slice(0, 40),
    amountFen,
    lateFeeFen: 0,
    paidFen: 0,
    state: 'open',
    dueOn: null,
    readBy: null,
    comparedFen: String(amountFen),
    detail: JSON.stringify(facts),
    asOf: now,
    sourceName: `${company.name}上门服务`,
    version: 1,
    heldByPaymentId: null,
    heldByResidentId: null,
    heldAt: null,
    createdAt: now,
    updatedAt: now,
  }
}
