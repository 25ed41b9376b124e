import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import type { RequestRow } from './entities'
import { lockRequest } from './store'

/** The ids under which the resident who asks may own a request. Read before a transaction is opened. */
export async function myIds(ctx: Ctx): Promise<readonly string[]> {
  return residentAliases(ctx.db.reader, residentOf(ctx).id)
}

export function isMine(request: Pick<RequestRow, 'residentId'>, ids: readonly string[]): boolean {
  return request.residentId !== null && ids.includes(request.residentId)
}

/** Their request under its lock. Errors: not_found for another's; whether it exists is told to nobody. */
export async function lockOwn(tx: Tx, requestId: string, ids: readonly string[]): Promise<RequestRow> {
  const request = await lockRequest(tx, requestId)
  if (!isMine(request, ids)) throw notTheirs()
  return request
}

const notTheirs = (): AppError => new AppError('not_found', { detail: 'request of somebody else' })
