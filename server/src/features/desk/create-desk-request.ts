import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { enqueue } from '../../core/jobs/define'
import { type Ctx, staffOf } from '../../platforms/context'
import { deskHouseholds, householdIdsByAccountNo } from '../households'
import { actorOf, type Answers, createRequest } from '../requests'
import { inScope } from '../staff'
import { followUrl } from './follow-url'
import { inboxScope } from './inbox-query'
import { sendFollowLink } from './jobs'

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
  readonly callerKind: 'phone' | 'counter' | '12345'
}

const MOBILE = /^1[3-9]\d{9}$/

/**
 * Takes a request for somebody who calls or stands at the counter. They follow it by a link, which a mobile number
 * gets by SMS. Errors: not_found outside my scope, invalid_input that names what is missing.
 */
export async function createDeskRequest(
  ctx: Ctx,
  input: CallersRequest,
): Promise<{ requestId: string; followUrl: string }> {
  const householdId = await householdOf(ctx, input)
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
      holdId: null,
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

async function householdOf(ctx: Ctx, input: CallersRequest): Promise<string | null> {
  const { companyId, accountNo } = input
  const staff = staffOf(ctx)
  if (inboxScope(ctx, companyId).companies.length === 0)
    throw new AppError('not_found', { detail: 'company out of scope' })
  const [id] =
    input.householdId === undefined && accountNo !== undefined
      ? await householdIdsByAccountNo(ctx.db.reader, [companyId], accountNo)
      : [input.householdId]
  if (id === undefined) {
    if (accountNo !== undefined) throw wrong('accountNo', '没有这个户号，请核对')
    // Whoever sees some areas only could not even see what they have taken.
    if (staff.areaPaths !== null) throw wrong('householdId', '您只负责部分区域，请先选好是哪一户')
    return null
  }
  const household = (await deskHouseholds(ctx, [id])).get(id)
  if (!household || household.companyId !== companyId || !inScope(staff, household))
    throw new AppError('not_found', { detail: 'household out of scope' })
  return id
}

function wrong(path: string, message: string): AppError {
  return new AppError('invalid_input', { message: `${message}。`, fields: [{ path, message }] })
}
