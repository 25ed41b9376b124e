import type { z } from 'zod'
import { shanghaiDay } from '../../core/clock'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { OutletRow } from './entities'
import { minutesFor, paceNow } from './pace'
import { presentOutlet } from './present'
import type { outletsOperations } from './schema'
import { calledNow, countWaiting, findOutlet } from './store'

type Output = z.input<(typeof outletsOperations)['outlets.get']['output']>

/** Errors: not_found where there is none, or none in use. */
export async function getOutlet(ctx: Ctx, { outletId }: { outletId: string }): Promise<Output> {
  const row = await findOutlet(ctx.db.reader, outletId)
  if (row?.state !== 'open') throw new AppError('not_found', { detail: `outlet ${outletId}` })
  return { asOf: ctx.clock.now(), outlet: presentOutlet(ctx, row), queue: await queueNow(ctx, row) }
}

async function queueNow(ctx: Ctx, row: OutletRow): Promise<Output['queue']> {
  if (row.hasTickets !== 1) return null
  const { reader } = ctx.db
  const day = shanghaiDay(ctx.clock.now())
  const waiting = await countWaiting(reader, row.id, day)
  const called = await calledNow(reader, row.id, day)
  return {
    waiting,
    minutes: minutesFor(waiting, await paceNow(reader, row, day)),
    called: called.map(({ number, counter }) => ({ number, counter: counter ?? '' })),
    asOf: ctx.clock.now(),
  }
}
