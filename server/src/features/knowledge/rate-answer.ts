import { shanghaiDay } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { isDone } from '../../core/http/shapes'
import { type Ctx, residentOf } from '../../platforms/context'
import { lockResident, residentAliases } from '../identity'
import { articleForReader } from './article-for-reader'
import { residentVoter } from './read-answer'
import { addToDay, findVote, keepVote } from './tally-store'

/** Whether an answer helped: a person has one vote on it, and the last word counts. Errors: not_found. */
export async function rateAnswer(
  ctx: Ctx,
  input: { readonly articleId: string; readonly helpful: boolean; readonly words?: string | undefined },
): Promise<typeof isDone> {
  const { articleId, helpful, words = '' } = input
  const { id } = residentOf(ctx)
  await articleForReader(ctx, articleId, 'public')
  const voters = (await residentAliases(ctx.db.reader, id)).map(residentVoter)
  const now = ctx.clock.now()
  await inTransaction(ctx, async (tx) => {
    // One after the other for one person, so that two taps are one vote.
    await lockResident(tx, id)
    const before = await findVote(tx, articleId, voters)
    if (before) {
      const day = { articleId, day: shanghaiDay(Number(before.at)), audience: 'resident' as const }
      await addToDay(tx, { ...day, ...(before.helpful === 1 ? { helpful: -1 } : { unhelpful: -1 }) })
    }
    await addToDay(tx, {
      articleId,
      day: shanghaiDay(now),
      audience: 'resident',
      ...(helpful ? { helpful: 1 } : { unhelpful: 1 }),
    })
    await keepVote(tx, {
      articleId,
      voter: before?.voter ?? residentVoter(id),
      helpful: helpful ? 1 : 0,
      wordsSealed: words === '' ? null : ctx.vault.seal(words),
      at: now,
    })
  })
  return isDone
}
