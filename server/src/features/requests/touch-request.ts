import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { RequestRow } from './entities'
import { type RequestChanges, updateRequest } from './store'

/** What anything but a move may change. */
export type TouchChanges = Omit<RequestChanges, 'state'>

/** Errors: request_changed when it is not as this person saw it. */
export function assertVersion(request: Pick<RequestRow, 'version'>, version: number): void {
  if (request.version !== version) throw new AppError('request_changed')
}

/**
 * Changes columns of a request and answers it as it is then. Its state is changed by `moveRequest` alone.
 * Errors: request_changed when somebody else was faster.
 */
export async function touchRequest(
  tx: Tx,
  ctx: Ctx,
  request: RequestRow,
  changes: TouchChanges,
): Promise<RequestRow> {
  return writeRequest(tx, ctx, request, changes)
}

/** The write behind both: of `touchRequest`, and of `moveRequest`, which may change the state as well. */
export async function writeRequest(
  tx: Tx,
  ctx: Ctx,
  request: RequestRow,
  changes: RequestChanges,
): Promise<RequestRow> {
  const updatedAt = ctx.clock.now()
  if (!(await updateRequest(tx, request, { ...changes, updatedAt }))) throw new AppError('request_changed')
  return { ...request, ...changes, updatedAt, version: request.version + 1 }
}
