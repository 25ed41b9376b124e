import { recordAudit } from '../../core/audit'
import { shanghaiDay } from '../../core/clock'
import { inTransaction, isDuplicate } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { type HouseholdSummary, placesOfHouseholds } from '../households'
import { insertCase } from './case-store'
import { NEW_CASE } from './case-states'
import type { CaseRow } from './entities'
import { type LookedStops, lookAtStops } from './look-at-stops'
import { ownHeatedHome } from './plan-stop-refund'
import { presentCase } from './present'
import type { CaseView } from './schema'

/**
 * Asks back what outages longer than the rule took, without a measurement: the sum that was shown is agreed to, and
 * waits for the company's approval. The household's cases are locked, so that a cold home's case which ends in this
 * moment does not give the same hours back. Errors: not_found, move_not_allowed where there is nothing (more) to give
 * back or a figure is missing, amount_changed.
 */
export async function applyStopRefund(
  ctx: Ctx,
  input: { readonly householdId: string; readonly shownAmountFen: number },
): Promise<CaseView> {
  const household = await ownHeatedHome(ctx, input.householdId)
  const place = (await placesOfHouseholds(ctx.db.reader, [household.id])).get(household.id)
  const area = { areaPath: place?.path ?? '', areaName: (place?.fullName.split('/')[1] ?? '').slice(0, 80) }
  try {
    const row = await inTransaction(ctx, async (tx) => {
      const looked = await lookAtStops(tx, ctx, household, tx.forUpdate)
      if (looked === null) throw new AppError('move_not_allowed', { message: NOTHING })
      const made = { ...caseOf(ctx, household, looked, input.shownAmountFen), ...area }
      await insertCase(tx, made)
      await recordAudit(tx, ctx, {
        action: 'heating.applyStopRefund',
        object: `heat-case:${made.id}`,
        detail: { amountFen: made.amountFen, season: made.season },
      })
      return made
    })
    return await presentCase(ctx.db.reader, ctx, row)
  } catch (error) {
    if (isDuplicate(error)) throw new AppError('move_not_allowed', { message: NOTHING })
    throw error
  }
}

const NOTHING = '没有可以退的停热时间，或者已经在办，请刷新后再看。'

function caseOf(
  ctx: Ctx,
  { id: householdId, companyId }: HouseholdSummary,
  { city, refund }: LookedStops,
  shownAmountFen: number,
): Omit<CaseRow, 'areaPath' | 'areaName'> {
  const { amountFen } = refund
  if (amountFen === null)
    throw new AppError('move_not_allowed', { message: '还算不出金额，请打客服电话由供热公司办理。' })
  if (amountFen !== shownAmountFen)
    throw new AppError('amount_changed', { message: '金额刚刚变了，请看新的计算再提交。' })
  const now = ctx.clock.now()
  const id = ctx.ids.next()
  return {
    ...NEW_CASE,
    id,
    kind: 'stop',
    // The last letters of an id are random: enough for one day, and short enough to read aloud.
    number: `TR${shanghaiDay(now).replaceAll('-', '')}-${id.slice(-8)}`,
    companyId,
    householdId,
    residentId: residentOf(ctx).id,
    season: city.seasonName,
    city: city.rules.city,
    state: 'agreed',
    openSlot: 1,
    requestedAt: now,
    amountFen,
    reckonedAt: now,
    refund: JSON.stringify(refund),
    finalAt: now,
    answeredAt: now,
    nextLookAt: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  }
}
