import { shanghaiDateTime } from '../../core/clock'
import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { lockRequest, type RequestRow, STATE_WORDS, stepsOf } from '../requests'
import { assertInScope } from './request-in-scope'

/** The request under its lock, when this person may see it. Errors: not_found. */
export async function lockForDesk(tx: Tx, ctx: Ctx, requestId: string): Promise<RequestRow> {
  const request = await lockRequest(tx, requestId)
  assertInScope(ctx, request)
  return request
}

/** The same, as this person saw it. Errors: not_found, request_changed with who changed it, when and to what. */
export async function lockAsSeen(
  tx: Tx,
  ctx: Ctx,
  seen: { requestId: string; version: number },
): Promise<RequestRow> {
  const request = await lockForDesk(tx, ctx, seen.requestId)
  if (request.version === seen.version) return request
  const last = (await stepsOf(tx, request.id)).at(-1)
  const who = last?.byKind === 'resident' ? '住户' : (last?.byName ?? '系统')
  const when = shanghaiDateTime(last?.at ?? request.updatedAt).slice(11, 16)
  throw new AppError('request_changed', {
    message: `${who} ${when} 刚改过这一单（现在：${STATE_WORDS[request.state]}），请看过最新情况再操作。`,
    detail: `version ${seen.version}, now ${request.version}`,
  })
}
