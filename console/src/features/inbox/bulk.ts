/** Moves that make sense for many at once; the others need a look at each. */
export const bulkMoves = ['accept', 'hold', 'resume', 'return', 'close', 'cancel'] as const
export type BulkMove = (typeof bulkMoves)[number]

const needReason: readonly BulkMove[] = ['hold', 'return', 'cancel']

/** Whether it may be sent: moves that stop somebody's request say why. */
export const bulkReady = (move: BulkMove, reason: string): boolean =>
  !needReason.includes(move) || reason.trim().length >= 2
