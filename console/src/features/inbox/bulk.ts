/** Moves that make sense for many at once; the others need a look at each. */
export const bulkMoves = ['accept', 'hold', 'resume', 'return', 'close', 'cancel'] as const
export type BulkMove = (typeof bulkMoves)[number]

const needReason: readonly BulkMove[] = ['hold', 'return', 'cancel']

/** Whether it may be sent: moves that stop somebody's request say why. */
export const bulkReady = (move: BulkMove, reason: string): boolean =>
  !needReason.includes(move) || reason.trim().length >= 2

/** The company of all these rows; null when they are of several. */
export function onlyCompany(rows: readonly { readonly companyId: string }[]): string | null {
  const [first] = rows
  return first !== undefined && rows.every(({ companyId }) => companyId === first.companyId)
    ? first.companyId
    : null
}
