import { shanghaiDay, shanghaiDayStart } from '../../core/clock'
import type { CoreCtx } from '../../core/context'
import { AppError } from '../../core/errors'
import {
  assertReached,
  type FormerHome,
  formerHomes,
  heldFromOf,
  type History,
  historyFrom,
} from '../households'
import type { BillState } from './entities'
import { isServicePeriod } from './service-period'
import type { Ctx } from '../../platforms/context'

/** What tells whose a bill is. */
export interface Dated {
  readonly period: string
  /** When a charge for a visit was made; a bill of an export needs none. */
  readonly asOf?: number
}
type Stated = Dated & { readonly state: BillState }
export type Owned = Stated & { readonly householdId: string }

/** The month in which a heating season is over everywhere; its bill belongs to whoever lives there then. */
const SEASON_ENDS = '05'

/**
 * The first moment after what a bill is for. A bill belongs to whoever holds the household on the last day of its
 * period, and a charge for a visit to whoever held it when it was made (docs/decisions/0029).
 */
function endOf({ period, asOf }: Dated): number {
  if (isServicePeriod(period)) return (asOf ?? 0) + 1
  if (period.length === 9) return shanghaiDayStart(`${period.slice(5)}-${SEASON_ENDS}-01`)
  const [year = 0, month = 0] = period.split('-').map(Number)
  const next = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`
  return shanghaiDayStart(`${next}-01`)
}

/** Whether a bill belongs to the time from then on. */
export const isSince = (bill: Dated, from: number): boolean => from === 0 || endOf(bill) > from

/** An open bill may be paid by everybody who lives there, also by a tenant who came after it. */
export const seesBill = (history: History, bill: Stated): boolean =>
  isSince(bill, bill.state === 'open' ? history.heldFrom : history.from)

/** Whoever moved out still sees what they owe. */
export const isLeftTo = (homes: readonly FormerHome[], bill: Owned): boolean =>
  bill.state === 'open' &&
  homes.some(
    ({ householdId, from, until }) =>
      householdId === bill.householdId && !isSince(bill, until) && isSince(bill, from),
  )

/** Errors: not_found for a bill that is not theirs to see. */
export async function assertSeesBill(ctx: CoreCtx, residentId: string, bill: Owned): Promise<void> {
  const history = (await historyFrom(ctx, residentId, [bill.householdId])).get(bill.householdId)
  if (history !== undefined && seesBill(history, bill)) return
  if (isLeftTo(await formerHomes(ctx, residentId), bill)) return
  throw new AppError('not_found', { detail: 'bill of another time' })
}

/**
 * Who may pay these bills, by household: null for whoever lives there or did when they were billed, otherwise the code
 * by which it is visited. Errors: not_found.
 */
export async function assertPayable(
  ctx: Ctx,
  residentId: string,
  bills: readonly Owned[],
): Promise<ReadonlyMap<string, string | null>> {
  const ids = bills.map(({ householdId }) => householdId)
  const changes = await heldFromOf(ctx.db.reader, ids)
  const isPast = (bill: Owned): boolean => !isSince(bill, changes.get(bill.householdId) ?? 0)
  const past = bills.filter(isPast)
  const former = past.length === 0 ? [] : await formerHomes(ctx, residentId)
  if (!past.every((bill) => isLeftTo(former, bill)))
    throw new AppError('not_found', { detail: 'bill of another time' })
  const reached = await assertReached(
    ctx,
    residentId,
    bills.filter((bill) => !isPast(bill)).map(({ householdId }) => householdId),
  )
  return new Map(ids.map((id) => [id, reached.get(id) ?? null]))
}

/** The same for whoever asks for all bills at once: those that belong to the time from then on, as SQL over `period`. */
export function sincePeriod(fromMs: number): { sql: string; params: (string | number)[] } {
  const month = shanghaiDay(fromMs).slice(0, 7)
  const year = Number(month.slice(0, 4))
  // A season belongs to whoever lives there when it is over, on the first of May of its second year.
  const season = String(month.slice(5) < SEASON_ENDS ? year : year + 1)
  return {
    sql: `((LENGTH(period) = 7 AND period >= ?)
           OR (LENGTH(period) = 9 AND period NOT LIKE '_______S_' AND SUBSTR(period, 6, 4) >= ?)
           OR (period LIKE '_______S_' AND asOf >= ?))`,
    params: [month, season, fromMs],
  }
}
