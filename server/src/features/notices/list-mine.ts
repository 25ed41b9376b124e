import { type Ctx, residentOf } from '../../platforms/context'
import { subscriptionsAmong } from './affecting'
import { type MyNotices, myNotices, readerOf } from './my-notices'
import { shownSince } from './public-copy'
import { presentPublic, publicFacts, type PublicFacts } from './public-facts'
import { answeredAmong, shownSubscriptions } from './public-store'
import type { PublicNotice } from './schema'
import { findNotices } from './store'

const MOST = 50

interface Question {
  readonly noticeId: string
  readonly householdId: string
  readonly shortAddress: string
  readonly title: string
}

/** What covers my households or what I asked to hear of, what is under way first; and where 恢复了吗 is open. */
export async function listMine(
  ctx: Ctx,
): Promise<{ items: PublicNotice[]; questions: Question[]; asOf: number; stale: boolean }> {
  const { id } = residentOf(ctx)
  const { reader } = ctx.db
  const since = shownSince(ctx)
  const mine = await myNotices(ctx, id, since)
  const asked = await shownSubscriptions(reader, mine.aliases, since)
  const ids = [...new Set([...mine.covering.keys(), ...asked])]
  const facts = (await publicFacts(ctx, reader, await findNotices(reader, ids)))
    .sort(byUrgency)
    .slice(0, MOST)
  const subscribed = await subscriptionsAmong(reader, ids, mine.aliases)
  return {
    items: facts.map((one) => presentPublic(ctx, one, readerOf(mine, subscribed, one.id))),
    questions: await openQuestions(ctx, mine, facts),
    asOf: ctx.clock.now(),
    stale: false,
  }
}

/** What goes on comes first, the soonest begun; then what is over, the latest change first. */
function byUrgency(a: PublicFacts, b: PublicFacts): number {
  const [aLive, bLive] = [a.state === 'live', b.state === 'live']
  if (aLive !== bLive) return aLive ? -1 : 1
  if (!aLive) return b.updatedAt - a.updatedAt
  return (a.startsAt ?? a.updatedAt) - (b.startsAt ?? b.updatedAt)
}

async function openQuestions(ctx: Ctx, mine: MyNotices, facts: readonly PublicFacts[]): Promise<Question[]> {
  const restored = facts.filter(({ state }) => state === 'restored')
  const answered = await answeredAmong(
    ctx.db.reader,
    restored.map(({ id }) => id),
    mine.households.map(({ id }) => id),
  )
  return restored.flatMap(({ id: noticeId, title }) =>
    (mine.covering.get(noticeId) ?? [])
      .filter(({ id }) => !answered.has(`${noticeId} ${id}`))
      .map(({ id: householdId, shortAddress }) => ({ noticeId, householdId, shortAddress, title })),
  )
}
