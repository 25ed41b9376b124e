import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { formatYuan } from '../../core/money'
import { addServiceBill } from '../billing'
import { boundTo, membersOfHouseholds } from '../households'
import { notifyResident } from '../notifications'
import { addStep, minuteInWords, type RequestRow } from '../requests'
import type { Do } from './doing'

/** More than any visit costs; a slip of the finger is found before the resident reads it. */
const MOST_FEN = 2_000_000

/**
 * Asks the household for parts and work. It becomes a bill that is paid at the normal cashier, and the resident is
 * told; another charge on the same order takes the place of one that nobody paid. Errors: charge_not_possible without
 * a household or above the most, bill_held while the charge is being paid.
 */
export const chargeOnSite: Do<'charge'> = async (tx, ctx, { request, by, at }, { amountFen, what }) => {
  if (request.householdId === null)
    throw new AppError('charge_not_possible', { message: '这一单没有户号，不能现场收费，请让客服处理。' })
  if (amountFen > MOST_FEN)
    throw new AppError('charge_not_possible', {
      message: `单次上门收费最多 ${formatYuan(MOST_FEN)} 元，请核对金额。`,
    })
  const bill = await addServiceBill(tx, ctx, {
    householdId: request.householdId,
    companyId: request.companyId,
    title: what,
    amountFen,
    reason: `request:${request.id}`,
  })
  await addStep(tx, ctx, {
    request,
    kind: 'charge',
    title: `上门费用 ${formatYuan(amountFen)} 元，待缴`,
    words: what,
    by,
    facts: { billId: bill.id, amountFen, reportedAt: at },
  })
  for (const residentId of await whoIsAsked(tx, request))
    await notifyResident(tx, ctx, {
      residentId,
      companyId: request.companyId,
      template: 'request-charge',
      reason: `request:${request.id}:charge:${bill.id}`,
      facts: {
        number: request.number,
        what,
        amount: `￥${formatYuan(amountFen)}`,
        time: minuteInWords(ctx.clock.now()),
      },
      page: `pages/bill/index?billId=${bill.id}`,
    })
}

/** Whoever reported it; where they only held the household's code, those who live there, whose bill it is. */
async function whoIsAsked(
  tx: Tx,
  { residentId, householdId, codeId }: Pick<RequestRow, 'residentId' | 'householdId' | 'codeId'>,
): Promise<string[]> {
  if (residentId === null || householdId === null) return []
  if (codeId === null || (await boundTo(tx, residentId, [householdId])).has(householdId)) return [residentId]
  return (await membersOfHouseholds(tx, [householdId])).map((member) => member.residentId)
}
