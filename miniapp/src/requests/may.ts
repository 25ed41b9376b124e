import type { RequestView } from '../api/types'
import { type Attachment, isMoving, needsHand } from '../upload/queue'
import { words } from '../words'
import type { RatingGiven } from './acts'
import { said } from './words'

/** Pure rules of what can be done with a request now. */

export type UrgeState = { kind: 'now' } | { kind: 'later'; at: number } | { kind: 'none' }

const over: readonly RequestView['state'][] = ['resolved', 'closed', 'cancelled', 'merged']

/** Whether urging is offered, and if not yet, from when. */
export function urgeState(
  request: Pick<RequestView, 'may' | 'urges' | 'state' | 'mine'>,
  nowMs: number,
): UrgeState {
  const { nextAt } = request.urges
  if (nextAt !== null && nextAt > nowMs && request.mine && !over.includes(request.state))
    return { kind: 'later', at: nextAt }
  // When the waiting time ends while the page is open, the server will say yes to what it listed as not yet.
  if (request.may.includes('urge')) return { kind: 'now' }
  const waited = nextAt !== null && request.mine && !over.includes(request.state)
  return waited ? { kind: 'now' } : { kind: 'none' }
}

/** Why a form with files cannot be sent yet; null when it can. */
export function filesProblem(items: readonly Attachment[]): string | null {
  if (isMoving(items)) return words.files.stillMoving
  return needsHand(items) ? words.files.someBroken : null
}

/** What is missing in a rating, in the order of the page; null when it can be sent. */
export function ratingProblem(
  rating: { stars: number; outcome: RatingGiven['outcome'] | null; reasons: readonly string[] },
  reasonsOffered: readonly string[],
): string | null {
  if (rating.stars === 0) return said.rate.starsMissing
  if (rating.outcome === null) return said.rate.outcomeMissing
  if (rating.stars < 4 && reasonsOffered.length > 0 && rating.reasons.length === 0)
    return said.rate.reasonsMissing
  return null
}
