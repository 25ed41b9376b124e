import type { Implementations } from '../../core/http/implement'
import type { Ctx } from '../../platforms/context'
import { getReview } from './get-review'
import { listColleagues } from './list-colleagues'
import { listReviews } from './list-reviews'
import { pickReview } from './pick-review'
import { readBoard } from './read-board'
import { readSeat } from './read-seat'
import { scoreReview } from './score-review'
import type { seatOperations } from './seat-schema'
import { setSeat } from './set-seat'

/** Seats, the live board and quality. */
export const seatHandlers: Implementations<Ctx, typeof seatOperations> = {
  'seats.me': { limit: 'read', handle: readSeat },
  'seats.set': { limit: 'write', handle: setSeat },
  'seats.colleagues': { limit: 'read', handle: listColleagues },
  'chatBoard.read': { limit: 'read', handle: readBoard },
  'chatReview.list': { limit: 'read', handle: listReviews },
  'chatReview.get': { limit: 'read', handle: getReview },
  'chatReview.score': { limit: 'write', handle: scoreReview },
  'chatReview.pick': { limit: 'write', handle: pickReview },
}
