import { inTransaction, type Tx } from '../../core/db/database'
import { enqueue } from '../../core/jobs/define'
import type { Ctx } from '../../platforms/context'
import { actorOf, type Answers, createRequest } from '../requests'
import { callersHousehold } from './callers-household'
import { followUrl } from './follow-url'
import { sendFollowLink } from './jobs'
import { assertTakenHere } from './taken-here'

interface CallersRequest {
  readonly companyId: string
  readonly typeId: string
  readonly catalogueVersion: number
  readonly householdId?: string | undefined
  readonly accountNo?: string | undefined
  readonly addressText?: string | undefined
  readonly place?: { latE6: number; lngE6: number; words: string } | undefined
  readonly words: string
  readonly answers: Answers
  readonly fileIds: readonly string[]
  readonly contactName?: string | undefined
  readonly contactPhone?: string | undefined
  /** A time for the visit that this person holds (hold-visit.ts). */
  readonly holdId?: string | undefined
  readonly callerKind: 'phone' | 'counter' | '12345'
}

const MOBILE = /^1[3-9]\d{9}$/

/**
 * Takes a request for somebody who calls or stands at the counter. They follow it by a link, which a mobile number
 * gets by SMS. Errors: not_found outside my scope, invalid_input that names what is missing, slot_gone,
 * move_not_allowed for what is applied for on a page of its own.
 */
export async function createDeskRequest(
  ctx: Ctx,
  input: CallersRequest,
): Promise<{ requestId: string; followUrl: string }> {
  const householdId = await callersHousehold(ctx, input)
  await assertTakenHere(ctx, input)
  return inTransaction(ctx, async (tx) => {
    const { row, followToken } = await createRequest(tx, ctx, {
      companyId: input.companyId,
      typeId: input.typeId,
      catalogueVersion: input.catalogueVersion,
      channel: input.callerKind,
      by: actorOf(ctx),
      residentId: null,
      householdId,
      addressText: input.addressText ?? null,
      place: input.place ?? null,
      words: input.words,
      answers: input.answers,
      fileIds: input.fileIds,
      contactName: input.contactName ?? null,
      contactPhone: input.contactPhone ?? null,
      onBehalfOf: null,
      anonymous: false,
      holdId: input.holdId ?? null,
      followsUpId: null,
      wordsFlagged: false,
      withLink: true,
    })
    if (followToken === null) throw new Error('a caller has no other way to their request')
    if (MOBILE.test(input.contactPhone ?? '')) await promiseLink(tx, ctx, row.id, followToken)
    return { requestId: row.id, followUrl: followUrl(ctx, followToken) }
  })
}

async function promiseLink(tx: Tx, ctx: Ctx, requestId: string, token: string): Promise<void> {
  const payload = { requestId, tokenSealed: ctx.vault.seal(token) }
  await enqueue(tx, ctx, sendFollowLink, payload, { key: requestId })
}
