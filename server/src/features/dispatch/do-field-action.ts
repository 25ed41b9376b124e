import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { actorOf, type RequestRow } from '../requests'
import { chargeOnSite } from './charge-on-site'
import type { Do } from './doing'
import * as moves from './field-moves'
import * as records from './field-records'
import type { FieldAction } from './schema'

type Doers = { readonly [Kind in FieldAction['kind']]: Do<Kind> }

const DOERS: Doers = {
  take: moves.take,
  'give-back': moves.giveBack,
  'pass-on': moves.passOn,
  'set-out': moves.setOut,
  arrive: moves.arrive,
  hold: moves.hold,
  resume: moves.resume,
  resolve: moves.resolve,
  photo: records.photo,
  reading: records.reading,
  part: records.part,
  signature: records.signature,
  refusal: records.refusal,
  voice: records.voice,
  note: records.note,
  check: records.check,
  charge: chargeOnSite,
}

const AT_WORK: readonly RequestRow['state'][] = ['dispatched', 'on-the-way', 'on-site', 'on-hold']

/**
 * Does one thing that a worker did to an order of theirs. Errors: not_found for an order that is not theirs (whether
 * it exists is told to nobody), order_gone for one that is over, and those of what is done.
 */
export async function doFieldAction(
  tx: Tx,
  ctx: Ctx,
  input: { readonly request: RequestRow; readonly at: number; readonly action: FieldAction },
): Promise<void> {
  const { request, at, action } = input
  if (request.assigneeId !== staffOf(ctx).id)
    throw new AppError('not_found', { message: '这一单不在您手上，请刷新看看最新状态。' })
  if (!AT_WORK.includes(request.state))
    throw new AppError('order_gone', { message: '这一单已经处理完或取消了，不用再操作。' })
  // The table gives each kind its own function, which the compiler cannot see through the union.
  const act = DOERS[action.kind] as Do<FieldAction['kind']>
  await act(tx, ctx, { request, by: actorOf(ctx), at }, action)
}
