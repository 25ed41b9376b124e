import { type Ctx, staffOf } from '../../platforms/context'
import { catalogueVersion, serviceTypeOf } from '../catalogue'
import { offersOfWorker, requestsByIds, type RequestRow } from '../requests'
import { leadOffersOf } from './store'

export interface Offer {
  readonly requestId: string
  readonly number: string
  readonly version: number
  readonly typeName: string
  readonly areaName: string | null
  readonly answerBy: number | null
  readonly workerName: string | null
  readonly asLead: boolean
}

/**
 * What waits for my answer: orders that I must take in time, and orders of my team that nobody took or that were given
 * back, until I set out, or pass them on.
 */
export async function listOffers(ctx: Ctx): Promise<{ offers: Offer[] }> {
  const { reader } = ctx.db
  const me = staffOf(ctx)
  const [own, fallen] = await Promise.all([offersOfWorker(reader, me.id), leadOffersOf(reader, me.id)])
  const rows = await requestsByIds(
    reader,
    fallen.map(({ requestId }) => requestId),
  )
  const asLead = fallen.flatMap((offer): { row: RequestRow; workerName: string | null }[] => {
    const row = rows.get(offer.requestId)
    // It may have gone on by a way that knows nothing of this list: cancelled, merged, given to somebody else.
    const waits = row?.state === 'dispatched' && row.assigneeId === me.id
    return waits && row ? [{ row, workerName: offer.workerName }] : []
  })
  const offers: Offer[] = []
  // One after the other: a catalogue is kept in the process once it was read, so a name is no query per offer.
  for (const row of own.filter(({ id }) => !asLead.some((offer) => offer.row.id === id)))
    offers.push(await present(ctx, row, { workerName: null, asLead: false }))
  for (const { row, workerName } of asLead) offers.push(await present(ctx, row, { workerName, asLead: true }))
  return { offers }
}

async function present(
  ctx: Ctx,
  row: RequestRow,
  how: { workerName: string | null; asLead: boolean },
): Promise<Offer> {
  const { body } = await catalogueVersion(ctx, row.companyId, row.catalogueVersion)
  return {
    requestId: row.id,
    number: row.number,
    version: row.version,
    typeName: serviceTypeOf(body, row.typeId)?.name ?? row.typeId,
    areaName: row.areaName === '' ? null : row.areaName,
    answerBy: row.answerBy,
    ...how,
  }
}
