import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import type { Actor } from './actor'
import { addStep } from './add-step'
import type { Answers } from './answers'
import { contactOf } from './contact'
import { createRequest } from './create-request'
import type { RequestRow } from './entities'

/**
 * Opens another request for what is left of one that is over: same place, same people, same terms. Both timelines name
 * each other.
 */
export async function followUpRequest(
  tx: Tx,
  ctx: Ctx,
  of: { readonly request: RequestRow; readonly by: Actor; readonly words: string },
): Promise<RequestRow> {
  const { request } = of
  const contact = contactOf(ctx, request)
  const { row } = await createRequest(tx, ctx, {
    companyId: request.companyId,
    typeId: request.typeId,
    catalogueVersion: request.catalogueVersion,
    channel: request.channel,
    by: of.by,
    residentId: request.residentId,
    householdId: request.householdId,
    // With a household the address is made anew from it, and what was said beside it stays in the first request.
    addressText: request.householdId === null ? contact.address : null,
    place:
      request.latE6 === null || request.lngE6 === null
        ? null
        : { latE6: request.latE6, lngE6: request.lngE6, words: contact.placeWords ?? '' },
    words: `${of.words}（接${request.number}）`,
    answers: JSON.parse(request.answers) as Answers,
    fileIds: [],
    contactName: contact.name,
    contactPhone: contact.phone,
    onBehalfOf: contact.onBehalfOf,
    anonymous: request.anonymous === 1,
    holdId: null,
    followsUpId: request.id,
    wordsFlagged: false,
    withLink: false,
  })
  await addStep(tx, ctx, {
    request,
    kind: 'follow-up',
    title: `没解决完的部分另开了${row.number}`,
    by: of.by,
    facts: { followUpId: row.id },
  })
  return row
}
