import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { expireFiles, type KeepRule } from '../files'
import { forgetBodies } from './store'

const BATCH = 500
const MOST_BATCHES = 40
const CLAIM = 'chat:'

/**
 * Deletes what was said so long ago that it is not kept any more (security.md C13), words and files; that somebody said
 * something then stays. Answers how many messages were emptied.
 */
export async function expireChats(ctx: Ctx, stopping?: AbortSignal): Promise<number> {
  const { keepDays } = ctx.config.chat
  const before = ctx.clock.now() - keepDays * DAY_MS
  let emptied = 0
  for (let batch = 0; batch < MOST_BATCHES && !stopping?.aborted; batch++) {
    const count = await inTransaction(ctx, (tx) => forgetBodies(tx, before, BATCH))
    emptied += count
    if (count < BATCH) break
  }
  await expireFiles(ctx, { claims: CLAIM, leastDays: keepDays, rule: keepRule(before) }, stopping)
  if (emptied > 0) ctx.log.info({ emptied }, 'chat.messages-expired')
  return emptied
}

/** Every file of a conversation was claimed when it was sent, and nothing touched it since. */
function keepRule(before: number): KeepRule {
  return async (claims) => new Map(claims.map((claim) => [claim, { fromMs: before, days: 0 }]))
}
