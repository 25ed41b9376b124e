import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import type { ServiceType } from '../catalogue'
import { knotsAbove, neighbourhoodOf } from '../households'
import { suggestOutage } from '../notices'
import type { RequestRow } from './entities'
import { countWithoutSupply } from './outage-store'

/**
 * Where supply is gone, when a request says that there is none: what feeds the household (换热站, 调压站, 台区), or its
 * building where that is not known. Null for every other request, and for one whose place nobody shall know.
 */
export async function outagePlaceOf(
  tx: Tx,
  type: Pick<ServiceType, 'noSupply'>,
  input: { readonly householdId: string | null; readonly anonymous: boolean },
): Promise<string | null> {
  const { householdId, anonymous } = input
  if (!type.noSupply || householdId === null || anonymous) return null
  const supplyId = (await knotsAbove(tx, [householdId])).get(householdId)?.supplyId ?? null
  if (supplyId !== null) return supplyId
  // The building comes before everything that is below it.
  return (await neighbourhoodOf(tx, householdId))?.areaIds[0] ?? null
}

/**
 * Looks whether this request is one of several of its place. The company's counter of request numbers is locked by
 * now, so that of several that come together the last one sees them all.
 */
export async function watchForOutage(
  tx: Tx,
  ctx: Ctx,
  request: Pick<RequestRow, 'companyId' | 'outagePlaceId'>,
): Promise<void> {
  const { companyId, outagePlaceId } = request
  if (outagePlaceId === null) return
  await suggestOutage(tx, ctx, {
    companyId,
    areaId: outagePlaceId,
    countSince: (since) => countWithoutSupply(tx, outagePlaceId, since),
  })
}
