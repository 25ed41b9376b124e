import { companyOf } from '../../core/config/companies'
import { maskAddress } from '../../core/mask'
import { formatYuan } from '../../core/money'
import type { Ctx } from '../../platforms/context'
import { creditsOfPayments, shownPeriod, titleByCode } from '../billing'
import { boundTo, type HouseholdSummary, householdsByIds } from '../households'
import type { PaymentBillRow, PaymentRow } from './entities'
import { refundsOfPayments } from './refund-store'
import { type ExplanationCode, type PaymentView, paymentState } from './schema'
import { isSettled } from './states'
import { billsOfPayments, disputedAmong } from './store'

const EXPLANATIONS: Readonly<Record<Exclude<ExplanationCode, 'partly'>, string>> = {
  preparing: '正在确认，请稍等。钱不会丢，也不会重复扣。',
  waiting: '还没有收到付款。如果您已经付了，我们正在向支付平台确认。',
  closed: '订单已关闭，没有扣钱；需要的话请重新缴费。',
  refunding: '钱已收到，但账单已经缴清，正在原路退回，一般当天到账。',
  refunded: '钱已原路退回，请在微信或支付宝账单里查看。',
  credited: '钱已收到，但账单已经缴清，已存为户内余额，由公司在下次出账时抵扣。',
  disputed: '收到的付款和订单对不上，正在人工核对，请不要重复付款；着急请打客服电话。',
}

/** Payments as residents see them; all that a page needs is read in a fixed number of queries, however many there are. */
export async function presentPayments(ctx: Ctx, payments: readonly PaymentRow[]): Promise<PaymentView[]> {
  const { reader } = ctx.db
  const ids = payments.map((payment) => payment.id)
  const settled = payments.filter((payment) => isSettled(payment.state)).map((payment) => payment.id)
  const [items, refunds, credits, disputed] = await Promise.all([
    billsOfPayments(reader, ids),
    refundsOfPayments(reader, settled),
    creditsOfPayments(reader, settled),
    disputedAmong(
      reader,
      ids.filter((id) => !settled.includes(id)),
    ),
  ])
  const households = await householdsByIds(reader, [...new Set(items.map((item) => item.householdId))])
  const isMasked = await maskedItems(ctx, payments, items)
  return payments.map((payment) => {
    const own = items.filter((item) => item.paymentId === payment.id)
    const came = isSettled(payment.state)
    const refund = refunds.get(payment.id) ?? { fen: 0, ruledFen: 0, allBack: true }
    const company = companyOf(ctx, own[0]?.companyId ?? '')
    const view = {
      keptFen: came ? own.reduce((sum, item) => sum + item.allocatedFen, 0) : null,
      returnedFen: refund.fen,
      creditedFen: credits.get(payment.id) ?? 0,
    }
    return {
      ...rowInWords(payment),
      ...view,
      payeeName: company.payeeName,
      bills: own.map((item) =>
        billInWords(ctx, item, households.get(item.householdId), { came, masked: isMasked(item) }),
      ),
      ...explain(disputed.has(payment.id) ? 'disputed' : paymentState.parse(payment.state), {
        ...view,
        ruledFen: refund.ruledFen,
        allBack: refund.allBack,
      }),
      hotline: company.hotline,
    }
  })
}

function rowInWords(payment: PaymentRow) {
  const { id, orderNo, channel, amountFen, createdAt, expiresAt, paidAt, tradeNo } = payment
  const state = paymentState.parse(payment.state)
  return { id, orderNo, channel, state, amountFen, createdAt, expiresAt, paidAt, tradeNo }
}

/** Whoever paid by a household's code sees of it what the code's page shows, until they have bound it. */
async function maskedItems(
  ctx: Ctx,
  payments: readonly PaymentRow[],
  items: readonly PaymentBillRow[],
): Promise<(item: PaymentBillRow) => boolean> {
  const byCode = new Set(payments.filter(({ codeId }) => codeId !== null).map(({ id }) => id))
  const asked = items.filter(({ paymentId }) => byCode.has(paymentId)).map(({ householdId }) => householdId)
  const bound = ctx.resident ? await boundTo(ctx.db.reader, ctx.resident.id, asked) : new Set<string>()
  return ({ paymentId, householdId }) => byCode.has(paymentId) && !bound.has(householdId)
}

function billInWords(
  ctx: Ctx,
  item: PaymentBillRow,
  household: HouseholdSummary | undefined,
  { came, masked }: { readonly came: boolean; readonly masked: boolean },
) {
  return {
    billId: item.billId,
    householdId: item.householdId,
    title: masked ? titleByCode(item) : item.title,
    period: shownPeriod(item.period),
    companyName: companyOf(ctx, item.companyId).name,
    shortAddress: masked ? maskAddress(household?.address ?? '') : (household?.shortAddress ?? ''),
    accountNoMasked: household?.accountNoMasked ?? '',
    amountFen: item.amountFen,
    paidFen: came ? item.allocatedFen : null,
  }
}

/** A payment of which a part could not be used says so, although its state is simply "paid". */
function explain(
  state: PaymentView['state'] | 'disputed',
  rest: { returnedFen: number; creditedFen: number; ruledFen: number; allBack: boolean },
): Pick<PaymentView, 'explanation' | 'explanationCode'> {
  if (state !== 'paid') return { explanation: EXPLANATIONS[state], explanationCode: state }
  const tooMuchFen = rest.returnedFen - rest.ruledFen
  const how = rest.allBack ? '已原路退回' : '正在原路退回'
  const parts = [
    ...(tooMuchFen > 0 ? [`多付的 ${formatYuan(tooMuchFen)} 元${how}`] : []),
    ...(rest.ruledFen > 0 ? [`按规定退的 ${formatYuan(rest.ruledFen)} 元${how}`] : []),
    ...(rest.creditedFen > 0
      ? [`多付的 ${formatYuan(rest.creditedFen)} 元已存为户内余额，由公司在下次出账时抵扣`]
      : []),
  ]
  return parts.length === 0
    ? { explanation: null, explanationCode: null }
    : { explanation: `${parts.join('；')}。`, explanationCode: 'partly' }
}

export async function presentPayment(ctx: Ctx, payment: PaymentRow): Promise<PaymentView> {
  const [view] = await presentPayments(ctx, [payment])
  if (!view) throw new Error(`The payment ${payment.id} could not be presented.`)
  return view
}
