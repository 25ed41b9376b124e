import { recordAudit } from '../../core/audit'
import { inTransaction, isDuplicate, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { assertMay, placesOfHouseholds } from '../households'
import { judgeWords } from '../requests'
import type { SupplyRow } from './entities'
import { plannedSupply } from './plan-supply'
import { presentSupply } from './present'
import type { SupplyView } from './schema'
import { insertSupply } from './supply-store'

export interface Applied {
  readonly householdId: string
  readonly kind: 'stop' | 'resume'
  readonly fromDay?: string | undefined
  readonly reason?: string | undefined
  readonly shownEffectFen: number | null
}

/**
 * Applies to stop the season's supply, or to have it again. After the deadline it needs a reason, and a person decides
 * whether it is still possible. Errors: those of planning, amount_changed when another sum was shown, invalid_input
 * without a reason, words_refused, supply_open while another application of the season is open.
 */
export async function applySupply(ctx: Ctx, input: Applied): Promise<{ supply: SupplyView }> {
  const { id: residentId } = residentOf(ctx)
  await assertMay(ctx, residentId, input.householdId, 'contract')
  if (input.reason) await judgeWords(ctx, input.reason)
  const row = await supplyRow(ctx, input, {
    residentId,
    filedById: null,
    filedByName: null,
    callerKind: null,
    agreementSealed: null,
  })
  await keepSupply(ctx, row, (tx) =>
    recordAudit(tx, ctx, {
      action: 'heating.applySupply',
      object: `heat-supply:${row.id}`,
      detail: { kind: row.kind, season: row.season, effectFen: row.effectFen },
    }),
  )
  return { supply: presentSupply(ctx, row) }
}

/** Whose application it is: a resident's own, or a caller's that the desk wrote down. */
type Filed = Pick<SupplyRow, 'residentId' | 'filedById' | 'filedByName' | 'callerKind' | 'agreementSealed'>

/** What is to be kept, once everything that was shown is still so. Errors as of `applySupply`. */
export async function supplyRow(ctx: Ctx, input: Applied, filed: Filed): Promise<SupplyRow> {
  const { household, city, plan, fromDay } = await plannedSupply(ctx, input)
  if (plan.effectFen !== input.shownEffectFen)
    throw new AppError('amount_changed', { message: '费用刚刚变了，请看新的计算再提交。' })
  if (plan.isLate && !input.reason)
    throw new AppError('invalid_input', {
      message: '已经过了申请截止日，请写明原因，由供热公司决定。',
      fields: [{ path: 'reason', message: '请写明原因' }],
    })
  const { reader } = ctx.db
  const place = (await placesOfHouseholds(reader, [household.id])).get(household.id)
  const now = ctx.clock.now()
  return {
    id: ctx.ids.next(),
    companyId: household.companyId,
    householdId: household.id,
    areaPath: place?.path ?? '',
    areaName: (place?.fullName.split('/')[1] ?? '').slice(0, 80),
    accountNo: household.accountNo,
    ...filed,
    season: city.seasonName,
    kind: input.kind,
    state: 'open',
    openSlot: 1,
    isLate: plan.isLate ? 1 : 0,
    reasonSealed: input.reason ? ctx.vault.seal(input.reason) : null,
    fromDay,
    plan: JSON.stringify(plan),
    effectFen: plan.effectFen,
    consentedAt: now,
    decidedById: null,
    decidedByName: null,
    decidedAt: null,
    answer: null,
    version: 1,
    createdAt: now,
  }
}

/** Errors: supply_open while another application of the season is open. */
export async function keepSupply(
  ctx: Ctx,
  row: SupplyRow,
  besides: (tx: Tx) => Promise<void>,
): Promise<void> {
  try {
    await inTransaction(ctx, async (tx) => {
      await insertSupply(tx, row)
      await besides(tx)
    })
  } catch (error) {
    if (isDuplicate(error)) throw new AppError('supply_open')
    throw error
  }
}
