import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { findRequest } from '../requests'
import { inScope } from '../staff'

type Found = NonNullable<Awaited<ReturnType<typeof findRequest>>>

/** Errors: not_found, whether it does not exist or is another's: nobody learns which. */
export function assertInScope(ctx: Ctx, request: Pick<Found, 'companyId' | 'areaPath'>): void {
  if (!inScope(staffOf(ctx), request)) throw new AppError('not_found', { detail: 'request out of scope' })
}

/** The request, when this person may see it. Errors: not_found. */
export async function requestInScope(ctx: Ctx, requestId: string): Promise<Found> {
  const request = await findRequest(ctx.db.reader, requestId)
  if (!request) throw new AppError('not_found', { detail: 'no such request' })
  assertInScope(ctx, request)
  return request
}
