import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import type { Actor, RequestRow } from '../requests'
import type { FieldAction } from './schema'

/** One action on one order, under the order's lock. */
export interface Doing {
  readonly request: RequestRow
  readonly by: Actor
  /** When it was done, by the telephone's clock. */
  readonly at: number
}

export type Do<Kind extends FieldAction['kind']> = (
  tx: Tx,
  ctx: Ctx,
  doing: Doing,
  action: Extract<FieldAction, { kind: Kind }>,
) => Promise<void>
