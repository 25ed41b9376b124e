import { recordAudit } from '../../core/audit'
import { DAY_MS } from '../../core/clock'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { type Catalogue, currentCatalogue } from '../catalogue'
import { assertBound } from '../households'
import { type AffectingNotice, changeFeedback, keepFeedback, noticesAffecting } from '../notices'
import { residentActor } from './actor'
import { createRequest } from './create-request'
import type { RequestRow } from './entities'
import { knownContact } from './known-contact'
import { moveRequest } from './move-request'
import { myIds } from './own-request'
import { endedWith } from './outage-store'
import { mayReopen } from './resident-may'
import { lockRequest, requestsByIds } from './store'

/** Later than this it is a new thing, which the form is for. */
const ASKED_DAYS = 7
const URGENT = 2
const NOT_BACK = '停供通知说已恢复，家里还没有恢复'

type Answered = { readonly id: string; readonly number: string } | null

/**
 * 恢复了吗？ Yes is kept. No opens my request of this outage again at once, or makes an urgent one where there is none;
 * said twice, or by two of the family, it is one request. Errors: not_found for a notice that does not cover this
 * household of mine, or that was restored too long ago.
 */
export async function answerRestored(
  ctx: Ctx,
  input: { readonly noticeId: string; readonly householdId: string; readonly answer: 'yes' | 'no' },
): Promise<Answered> {
  const { id: residentId } = residentOf(ctx)
  const { noticeId, householdId, answer } = input
  await assertBound(ctx, residentId, [householdId])
  const notice = await restoredOver(ctx, noticeId, householdId)
  const catalogue = await currentCatalogue(ctx, notice.companyId)
  const residentIds = await myIds(ctx)
  const contact = await knownContact(ctx, { residentIds, householdId })
  return inTransaction(ctx, async (tx) => {
    const said = { noticeId, householdId, residentId, answer, requestId: null, at: ctx.clock.now() }
    const before = await keepFeedback(tx, said)
    if (before?.answer === answer) return numberOf(tx, before.requestId)
    const request =
      answer === 'yes'
        ? null
        : await openAgain(tx, ctx, { notice, householdId, residentIds, catalogue, contact })
    const requestId = request?.id ?? before?.requestId ?? null
    await changeFeedback(tx, { ...said, requestId })
    await recordAudit(tx, ctx, {
      action: 'requests.answerRestored',
      object: `notice:${noticeId}`,
      detail: { answer, requestId },
    })
    return request && { id: request.id, number: request.number }
  })
}

async function restoredOver(ctx: Ctx, noticeId: string, householdId: string): Promise<AffectingNotice> {
  const since = ctx.clock.now() - ASKED_DAYS * DAY_MS
  const covering = await noticesAffecting(ctx.db.reader, [householdId], since)
  const notice = covering.find(({ id, state }) => id === noticeId && state === 'restored')
  if (!notice) throw new AppError('not_found', { message: '这次停供已经过去，如果还没有恢复，请直接报修。' })
  return notice
}

async function numberOf(tx: Tx, requestId: string | null): Promise<Answered> {
  if (requestId === null) return null
  const row = (await requestsByIds(tx, [requestId])).get(requestId)
  return row ? { id: row.id, number: row.number } : null
}

interface NotBack {
  readonly notice: AffectingNotice
  readonly householdId: string
  readonly residentIds: readonly string[]
  readonly catalogue: Catalogue
  readonly contact: { readonly name: string | null; readonly phone: string | null }
}

async function openAgain(tx: Tx, ctx: Ctx, of: NotBack): Promise<RequestRow> {
  const by = residentActor(residentOf(ctx).id)
  const facts = { noticeId: of.notice.id }
  const ended = await endedWith(tx, { ...of, noticeId: of.notice.id })
  if (ended) {
    const request = await lockRequest(tx, ended.id)
    // The schedule that closes what was merged has not come to it yet: it goes on where it was.
    if (request.state === 'merged')
      return moveRequest(tx, ctx, {
        request,
        move: 'split',
        by: { ...by, kind: 'system' },
        reason: NOT_BACK,
        facts,
      })
    if (mayReopen(request, ctx.clock.now()))
      return moveRequest(tx, ctx, { request, move: 'reopen', by, words: NOT_BACK, facts })
  }
  return makeUrgent(tx, ctx, of)
}

async function makeUrgent(tx: Tx, ctx: Ctx, of: NotBack): Promise<RequestRow> {
  const { body, version } = of.catalogue
  // Every catalogue has an `other`; one that says which type means no supply is better served.
  const type = body.types.find(({ noSupply }) => noSupply) ?? body.types.find(({ id }) => id === 'other')
  if (!type) throw new Error(`The catalogue of ${of.notice.companyId} has no type for this.`)
  const resident = residentOf(ctx)
  const { row } = await createRequest(tx, ctx, {
    companyId: of.notice.companyId,
    typeId: type.id,
    catalogueVersion: version,
    channel: resident.channel,
    by: residentActor(resident.id),
    residentId: resident.id,
    householdId: of.householdId,
    addressText: null,
    place: null,
    words: NOT_BACK,
    answers: {},
    fileIds: [],
    contactName: of.contact.name,
    contactPhone: of.contact.phone,
    onBehalfOf: null,
    anonymous: false,
    holdId: null,
    followsUpId: null,
    wordsFlagged: false,
    withLink: false,
    atLeast: URGENT,
    isKnown: true,
  })
  return row
}
