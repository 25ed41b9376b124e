import type { StaffRole } from '../staff'
import type { RequestState } from './schema'

/** Who makes a move: a role of staff, the resident whose request it is, or the portal itself. */
export type Mover = StaffRole | 'resident' | 'system'

export interface Move {
  readonly from: readonly RequestState[]
  /** `before` is where the request was before it was put on hold or merged; `parent` is where its parent stands. */
  readonly to: RequestState | 'before' | 'parent'
  readonly by: readonly Mover[]
  /**
   * What must come with it; `evidence` is what the service type asks for before the work counts as done. It is asked
   * of those who were sent: what the desk solves by telephone, without sending anybody, has nothing to show.
   */
  readonly needs: readonly ('words' | 'reason' | 'evidence' | 'assignee' | 'parent' | 'notice' | 'place')[]
  /** What happens to clocks beside those that the catalogue starts or meets by state. */
  readonly clocks: 'go-on' | 'pause' | 'resume' | 'stop' | 'anew'
}

const DESK: readonly Mover[] = ['agent', 'dispatcher', 'supervisor']
const SENDERS: readonly Mover[] = ['dispatcher', 'supervisor', 'system']
const WORK: readonly RequestState[] = ['dispatched', 'on-the-way', 'on-site']

/** The one table of legal moves. What is not here is refused, by the server, in words. */
export const MOVES = {
  accept: { from: ['submitted', 'returned'], to: 'accepted', by: DESK, needs: [], clocks: 'go-on' },
  return: {
    from: ['accepted', 'dispatched'],
    to: 'returned',
    by: [...DESK, 'worker', 'system'],
    needs: ['reason'],
    clocks: 'go-on',
  },
  dispatch: {
    from: ['submitted', 'accepted', 'returned', 'dispatched', 'on-the-way', 'on-site'],
    to: 'dispatched',
    by: [...SENDERS, 'worker'],
    needs: ['assignee'],
    clocks: 'go-on',
  },
  'set-out': { from: ['dispatched'], to: 'on-the-way', by: ['worker'], needs: [], clocks: 'go-on' },
  arrive: { from: ['dispatched', 'on-the-way'], to: 'on-site', by: ['worker'], needs: [], clocks: 'go-on' },
  hold: {
    from: ['accepted', ...WORK],
    to: 'on-hold',
    by: [...DESK, 'worker'],
    needs: ['reason'],
    clocks: 'pause',
  },
  resume: {
    from: ['on-hold'],
    to: 'before',
    by: [...DESK, 'worker', 'system', 'resident'],
    needs: [],
    clocks: 'resume',
  },
  resolve: {
    from: ['accepted', ...WORK],
    to: 'resolved',
    by: [...DESK, 'worker'],
    needs: ['words', 'evidence'],
    clocks: 'go-on',
  },
  close: { from: ['resolved'], to: 'closed', by: [...DESK, 'resident', 'system'], needs: [], clocks: 'stop' },
  cancel: {
    from: ['submitted', 'accepted', 'returned', 'dispatched', 'on-hold'],
    to: 'cancelled',
    by: [...DESK, 'resident'],
    needs: ['reason'],
    clocks: 'stop',
  },
  reopen: {
    from: ['resolved', 'closed'],
    to: 'accepted',
    by: ['supervisor', 'agent', 'resident'],
    needs: ['words'],
    clocks: 'anew',
  },
  merge: {
    from: ['submitted', 'accepted', 'returned', 'dispatched', 'on-hold'],
    to: 'merged',
    by: ['dispatcher', 'supervisor'],
    needs: ['parent', 'reason'],
    clocks: 'pause',
  },
  /** An outage that is known already: nobody is sent, and it ends with the restoration. */
  join: {
    from: ['submitted', 'accepted', 'returned', 'dispatched', 'on-hold'],
    to: 'merged',
    by: [...DESK, 'resident'],
    needs: ['notice'],
    clocks: 'pause',
  },
  restore: { from: ['merged'], to: 'closed', by: ['system'], needs: [], clocks: 'stop' },
  split: {
    from: ['merged'],
    to: 'before',
    by: ['dispatcher', 'supervisor', 'system'],
    needs: ['reason'],
    clocks: 'resume',
  },
  /** A merged request ends with its parent, and is merged again when the parent is opened again. */
  follow: {
    from: ['merged', 'resolved', 'closed'],
    to: 'parent',
    by: ['system'],
    needs: [],
    clocks: 'go-on',
  },
} as const satisfies Record<string, Move>

export type MoveName = keyof typeof MOVES
