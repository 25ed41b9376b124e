import { DAY_MS, shanghaiDay, shanghaiDayStart } from '../../core/clock'
import { companyOf } from '../../core/config/companies'
import { type Ctx, staffOf } from '../../platforms/context'
import { talkersOf } from '../staff'
import { agentDays, type Figures, figuresOf, standingNow, waitingLongest } from './board-store'
import { presentDesk } from './present-desk'
import { loadsOf, seatsOf } from './seat-store'
import { newSeat, shares } from './seats'
import type { SeatState } from './entities'
import type { DeskConversation } from './views-schema'

const OLDEST_SHOWN = 10
const ORDER: readonly SeatState[] = ['open', 'break', 'away', 'off']

const NAMES = [
  'opened',
  'to-person',
  'first-answer-ms',
  'queue-ms',
  'handling-ms',
  'abandoned',
  'good-percent',
  'left-words',
] as const
type FigureName = (typeof NAMES)[number]

/** Now and today, with yesterday up to this hour beside it. Errors: not_found for a company that is not configured. */
export async function readBoard(ctx: Ctx, input: { readonly companyId?: string | undefined }) {
  const { companyId } = input
  if (companyId !== undefined) companyOf(ctx, companyId)
  const staff = staffOf(ctx)
  const { reader } = ctx.db
  const asOf = ctx.clock.now()
  const today = shanghaiDayStart(shanghaiDay(asOf))
  const [standing, todays, yesterdays, agents, oldest] = await Promise.all([
    standingNow(reader, staff, companyId),
    figuresOf(reader, staff, { companyId, from: today, until: asOf + 1 }),
    figuresOf(reader, staff, { companyId, from: today - DAY_MS, until: asOf - DAY_MS + 1 }),
    agentsNow(ctx, companyId, today),
    waitingLongest(reader, staff, { companyId, limit: OLDEST_SHOWN }),
  ])
  return {
    asOf,
    ...standing,
    agents,
    figures: NAMES.map((name) => ({
      name,
      today: figure(todays, name),
      yesterday: figure(yesterdays, name),
    })),
    oldest: (await presentDesk(ctx, oldest)) satisfies DeskConversation[],
  }
}

/** Counts of nothing are none; means and shares of nothing are unknown. */
function figure(of: Figures, name: FigureName): number | null {
  switch (name) {
    case 'opened':
      return of.opened ?? 0
    case 'to-person':
      return of.called ?? 0
    case 'first-answer-ms':
      return of.firstAnswerMs
    case 'queue-ms':
      return of.queuedMs
    case 'handling-ms':
      return of.handlingMs
    case 'abandoned':
      return of.abandoned ?? 0
    case 'good-percent':
      return of.rated === null || of.rated === 0 ? null : Math.round((100 * (of.good ?? 0)) / of.rated)
    case 'left-words':
      return of.leftWords ?? 0
  }
}

/** Everybody who sat today or still does, those whose seat is open first. */
async function agentsNow(ctx: Ctx, companyId: string | undefined, today: number) {
  const staff = staffOf(ctx)
  const { reader } = ctx.db
  const wanted = companyId === undefined ? staff.companies : [companyId]
  const talkers = (await talkersOf(reader)).filter(
    ({ companies }) => shares(wanted, companies) && shares(staff.companies, companies),
  )
  const ids = talkers.map(({ id }) => id)
  const [seats, loads, days] = await Promise.all([
    seatsOf(reader, ids),
    loadsOf(reader, ids),
    agentDays(reader, staff, { companyId, from: today }),
  ])
  return talkers
    .map(({ id, name }) => {
      const { state, since, capacity } = seats.get(id) ?? newSeat(ctx, id)
      const day = days.get(id)
      return {
        id,
        name,
        state,
        since,
        capacity,
        has: loads.get(id) ?? 0,
        todayDone: day?.done ?? 0,
        firstAnswerMs: day?.firstAnswerMs ?? null,
        good: day?.good ?? 0,
        rated: day?.rated ?? 0,
      }
    })
    .filter(({ id, state, since }) => state !== 'off' || days.has(id) || (seats.has(id) && since >= today))
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || (a.name < b.name ? -1 : 1))
}
