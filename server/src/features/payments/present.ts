import { companyOf } from '../../core/config/companies'
import type { Ctx } from '../../platforms/context'
import { householdsByIds } from '../households'
import type { PaymentRow } from './entities'
import { type PaymentView, paymentState } from './schema'
import { billsOfPayments } from './store'

const EXPLANATIONS: Readonly<Record<string, string>> = {
  preparing: '正在确认，请稍等。钱不会丢，也不会重复扣。',
  waiting: '还没有收到付款。如果您已经付了，我们正在向支付平台确认。',
  closed: '订单已关闭，没有扣钱；需要的话请重新缴费。',
  refunding: '钱已收到，但账单已经缴清，正在原路退回，一般当天到账。',
  refunded: '钱已原路退回，请在微信或支付宝账单里查看。',
  credited: '钱已收到，但账单已经缴清，已存为户内余额，下次出账自动抵扣。',
}

/** Payments as residents see them; all that a page needs is read in three queries, however many there are. */
export async function presentPayments(ctx: Ctx, payments: readonly PaymentRow[]): Promise<PaymentView[]> {
  const items = await billsOfPayments(
    ctx.db.reader,
    payments.map((payment) => payment.id),
  )
  const householdIds = [...new Set(items.map((item) => item.householdId))]
  const households = await householdsByIds(ctx.db.reader, householdIds)
  return payments.map((payment) => {
    const own = items.filter((item) => item.paymentId === payment.id)
    const company = companyOf(ctx, own[0]?.companyId ?? '')
    return {
      id: payment.id,
      orderNo: payment.orderNo,
      channel: payment.channel,
      state: paymentState.parse(payment.state),
      amountFen: payment.amountFen,
      payeeName: company.payeeName,
      createdAt: payment.createdAt,
      expiresAt: payment.expiresAt,
      paidAt: payment.paidAt,
      tradeNo: payment.tradeNo,
      bills: own.map((item) => ({
        billId: item.billId,
        title: item.title,
        period: item.period,
        companyName: companyOf(ctx, item.companyId).name,
        shortAddress: households.get(item.householdId)?.shortAddress ?? '',
        accountNoMasked: households.get(item.householdId)?.accountNoMasked ?? '',
        amountFen: item.amountFen,
      })),
      explanation: EXPLANATIONS[payment.state] ?? null,
      hotline: company.hotline,
    }
  })
}

export async function presentPayment(ctx: Ctx, payment: PaymentRow): Promise<PaymentView> {
  const [view] = await presentPayments(ctx, [payment])
  if (!view) throw new Error(`The payment ${payment.id} could not be presented.`)
  return view
}
