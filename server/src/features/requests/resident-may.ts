import type { AppointmentView } from '../appointments'
import type { CatalogueBody } from '../catalogue'
import { residentActor } from './actor'
import type { RatingRow, RequestRow } from './entities'
import { mayMove } from './policy'
import type { RequestState, RequestView } from './schema'

/** What the resident whose request it is may do now; the page shows no other button, and each act asks again. */

type Act = RequestView['may'][number]

const DAY_MS = 24 * 3_600_000
/** After that nobody remembers how it was. */
const RATED_WITHIN_MS = 90 * DAY_MS
const BEGUN: readonly (RequestState | null)[] = ['on-the-way', 'on-site']
const BEFORE_VISIT: readonly RequestState[] = ['submitted', 'accepted', 'returned', 'dispatched', 'on-hold']

export function isGoingOn(request: Pick<RequestRow, 'state'>): boolean {
  return request.state !== 'closed' && request.state !== 'cancelled'
}

export function mayUrge(request: Pick<RequestRow, 'state'>): boolean {
  return isGoingOn(request) && request.state !== 'resolved'
}

/** From when on it may be urged again; null when it may be now. */
export function nextUrgeAt(
  request: Pick<RequestRow, 'lastUrgedAt'>,
  body: CatalogueBody,
  now: number,
): number | null {
  if (request.lastUrgedAt === null) return null
  const at = request.lastUrgedAt + body.urgeGapMinutes * 60_000
  return at > now ? at : null
}

/** Before work has begun, also when it was put on hold before that. */
export function mayCancel(request: RequestRow, now: number): boolean {
  if (request.state === 'on-hold' && BEGUN.includes(request.stateBefore)) return false
  return mayMove(request, 'cancel', residentActor(request.residentId), now)
}

export function mayReopen(request: RequestRow, now: number): boolean {
  return mayMove(request, 'reopen', residentActor(request.residentId), now)
}

/** Once per round, when it is said to be done. */
export function mayRate(request: RequestRow, ratings: readonly RatingRow[], now: number): boolean {
  if (request.state !== 'resolved' && request.state !== 'closed') return false
  if (ratings.some((rating) => rating.round === request.reopened + 1)) return false
  return now - (request.closedAt ?? now) <= RATED_WITHIN_MS
}

export function mayChangeVisit(request: Pick<RequestRow, 'state'>): boolean {
  return BEFORE_VISIT.includes(request.state)
}

export function actsOf(
  request: RequestRow,
  beside: {
    readonly body: CatalogueBody
    readonly ratings: readonly RatingRow[]
    readonly appointment: AppointmentView | null
    readonly now: number
  },
): Act[] {
  const { now } = beside
  const acts: [Act, boolean][] = [
    ['add', isGoingOn(request)],
    ['urge', mayUrge(request) && nextUrgeAt(request, beside.body, now) === null],
    ['cancel', mayCancel(request, now)],
    ['rate', mayRate(request, beside.ratings, now)],
    ['reopen', mayReopen(request, now)],
    ['follow-up', mayRate(request, beside.ratings, now)],
    ['change-appointment', beside.appointment?.mayChange === true && mayChangeVisit(request)],
  ]
  return acts.filter(([, may]) => may).map(([act]) => act)
}
