import { shanghaiDay } from '../../core/clock'
import { type Database, inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { namelessWords } from './search/cut-words'
import { addMiss, addToDay, EVERYWHERE } from './tally-store'

/**
 * Counts that are gathered in a process and written some seconds later: at the first frost a whole town reads the same
 * answer, and none of them waits for its row. What a process that dies had gathered is lost, and nobody misses it.
 */
interface Tally {
  readonly reads: Map<
    string,
    { articleId: string; day: string; audience: 'resident' | 'staff'; times: number }
  >
  readonly misses: Map<string, { companyId: string; day: string; words: string; times: number }>
}

/** What is beyond this is not counted until the next writing. */
const GATHERED_MAX = 2000

const tallies = new WeakMap<Database, Tally>()

function tallyOf(ctx: Ctx): Tally {
  const known = tallies.get(ctx.db) ?? { reads: new Map(), misses: new Map() }
  tallies.set(ctx.db, known)
  return known
}

export function countRead(ctx: Ctx, articleId: string, audience: 'resident' | 'staff'): void {
  const { reads } = tallyOf(ctx)
  const day = shanghaiDay(ctx.clock.now())
  const key = `${articleId} ${day} ${audience}`
  const known = reads.get(key)
  if (known) known.times++
  else if (reads.size < GATHERED_MAX) reads.set(key, { articleId, day, audience, times: 1 })
}

/**
 * Words that found nothing at these companies; who typed them and whom they name is not kept. Where all were asked it is
 * one search in vain, which any of them may write about, and is counted once.
 */
export function countMiss(ctx: Ctx, companies: readonly string[], typed: string): void {
  const words = namelessWords(typed)
  if (words.length < 2) return
  const isEverywhere = companies.length > 1 && companies.length === ctx.config.companies.length
  for (const companyId of isEverywhere ? [EVERYWHERE] : companies) addTo(ctx, companyId, words)
}

function addTo(ctx: Ctx, companyId: string, words: string): void {
  const { misses } = tallyOf(ctx)
  const day = shanghaiDay(ctx.clock.now())
  const key = `${companyId} ${day} ${words}`
  const known = misses.get(key)
  if (known) known.times++
  else if (misses.size < GATHERED_MAX) misses.set(key, { companyId, day, words, times: 1 })
}

/** Writes down what was gathered; answers how many counts that were. */
export async function writeTally(ctx: Ctx): Promise<number> {
  const tally = tallyOf(ctx)
  const reads = [...tally.reads.values()]
  const misses = [...tally.misses.values()]
  if (reads.length + misses.length === 0) return 0
  tally.reads.clear()
  tally.misses.clear()
  const now = ctx.clock.now()
  await inTransaction(ctx, async (tx) => {
    // Always in the same order, so that two processes never wait for each other.
    for (const { times, ...read } of reads.sort((a, b) => (a.articleId < b.articleId ? -1 : 1)))
      await addToDay(tx, { ...read, timesRead: times })
    for (const { times, ...miss } of misses.sort((a, b) => (a.words < b.words ? -1 : 1)))
      await addMiss(tx, miss, times, now)
  })
  return reads.length + misses.length
}
