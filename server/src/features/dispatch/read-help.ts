import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { findRequest } from '../requests'
import { inScope } from '../staff'
import { type HelpMessage, presentThread } from './present-help'

/** The talk on one order; empty where nobody asked. Errors: not_found out of scope. */
export async function readHelp(ctx: Ctx, input: { requestId: string }): Promise<{ messages: HelpMessage[] }> {
  const request = await findRequest(ctx.db.reader, input.requestId)
  if (!request || !inScope(staffOf(ctx), request)) throw new AppError('not_found')
  return { messages: await presentThread(ctx, input.requestId) }
}
