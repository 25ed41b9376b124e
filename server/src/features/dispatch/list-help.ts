import { DAY_MS } from '../../core/clock'
import { type Ctx, staffOf } from '../../platforms/context'
import { scopeSql } from '../staff'
import { recentThreads } from './store'

const SHOWN_DAYS = 7

/** Orders of my scope on which a worker asked for help within a week; those that still wait come first. */
export async function listHelp(ctx: Ctx) {
  const since = ctx.clock.now() - SHOWN_DAYS * DAY_MS
  const threads = await recentThreads(ctx.db.reader, scopeSql(staffOf(ctx), 't'), since)
  return {
    threads: threads.map(({ requestId, number, typeName, workerName, lastAt, waiting }) => ({
      requestId,
      number,
      typeName,
      workerName,
      lastAt,
      waiting: waiting === 1,
    })),
  }
}
