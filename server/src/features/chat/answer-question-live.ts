import type { Ctx } from '../../platforms/context'
import { appointmentOf } from '../appointments'
import { householdsOf } from '../households'
import { residentAliases } from '../identity'
import type { LiveName } from '../knowledge'
import { noticesAffecting } from '../notices'
import { pageOfResident } from '../requests'
import type { ConversationRow } from './entities'
import type { CardRef } from './stored-content'

const HOMES_MAX = 3
const NOTICES_MAX = 2
const REQUESTS_MAX = 3
const REQUESTS_READ = 20

/** Words that ask for figures of one's own, whether or not an article says how to read them. */
const ASKED: readonly (readonly [LiveName, RegExp])[] = [
  ['arrears', /欠|余额|(?:我|家).{0,6}(?:账单|帐单|[热电气水]费)|(?:交|缴)(?:费)?多少/],
  ['outage', /停[电气热暖水供]|没[电气热水]|不热|来[电气]/],
  ['requests', /进度|到哪|工单|诉求|催|没人来|处理得?怎么样/],
  ['visit', /几点来|什么时候来|啥时候来|上门|预约|师傅/],
]

/** What figures a question asks for in so many words. */
export function liveAskedFor(words: string): LiveName[] {
  return ASKED.flatMap(([name, pattern]) => (pattern.test(words) ? [name] : []))
}

/**
 * The resident's own things of this company that belong beside an answer, as cards whose figures are read by whoever
 * looks at them. Of somebody who has no account with us there are none.
 */
export async function liveCards(
  ctx: Ctx,
  conversation: Pick<ConversationRow, 'residentId' | 'companyId' | 'householdId'>,
  names: ReadonlySet<LiveName>,
): Promise<CardRef[]> {
  const { residentId, companyId, householdId } = conversation
  if (residentId === null || names.size === 0) return []
  const mine = (await householdsOf(ctx, residentId)).filter((home) => home.companyId === companyId)
  const homes = [
    ...mine.filter(({ id }) => id === householdId),
    ...mine.filter(({ id }) => id !== householdId),
  ].slice(0, HOMES_MAX)
  const ids = homes.map(({ id }) => id)
  const notices = names.has('outage') ? await noticesAffecting(ctx.db.reader, ids) : []
  const requests =
    names.has('requests') || names.has('visit') ? await openRequests(ctx, residentId, companyId) : []
  const visits = names.has('visit') ? await appointmentOf(ctx, requests) : new Map<string, unknown>()
  const visiting = requests.filter((id) => visits.has(id))
  return [
    ...notices.slice(0, NOTICES_MAX).map(({ id }) => ({ type: 'notice' as const, id })),
    ...(names.has('arrears') ? ids.map((id) => ({ type: 'owed' as const, id })) : []),
    ...visiting.map((id) => ({ type: 'visit' as const, id })),
    ...(names.has('requests') ? requests : [])
      .filter((id) => !visiting.includes(id))
      .map((id) => ({ type: 'request' as const, id })),
  ]
}

/** What this person has made of this company and still goes on, newest first. */
async function openRequests(ctx: Ctx, residentId: string, companyId: string): Promise<string[]> {
  const { reader } = ctx.db
  const ids = await residentAliases(reader, residentId)
  const rows = await pageOfResident(reader, ids, { over: false, before: null, limit: REQUESTS_READ })
  return rows
    .filter((row) => row.companyId === companyId && row.residentId !== null && ids.includes(row.residentId))
    .slice(0, REQUESTS_MAX)
    .map(({ id }) => id)
}
