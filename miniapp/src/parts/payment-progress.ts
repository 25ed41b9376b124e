import type { Payment } from '../api/types'
import type { WalletOutcome } from '../platform/types'

/** Pure rules of the result page: what is shown, and when to ask again. The wallet's word is only a hint. */

export type ResultView =
  | 'confirming'
  | 'slow'
  | 'unpaid'
  | 'paid'
  | 'closed'
  | 'refunding'
  | 'refunded'
  | 'credited'

/** After this long without news a resident who did pay may leave, and one who did not may go on. */
const patienceMs = 20_000

/**
 * `asked`: the platform itself has been asked since the page opened. Until then even "cancelled" is not believed,
 * because a payment may have gone through before the wallet was closed.
 */
export function resultView(
  state: Payment['state'],
  wallet: WalletOutcome,
  asked: boolean,
  waitedMs: number,
): ResultView {
  if (state === 'preparing') return waitedMs > patienceMs ? 'slow' : 'confirming'
  if (state !== 'waiting') return state
  if (!asked) return waitedMs > patienceMs ? 'slow' : 'confirming'
  if (wallet === 'cancelled' || wallet === 'failed') return 'unpaid'
  if (waitedMs <= patienceMs) return 'confirming'
  return wallet === 'ok' ? 'slow' : 'unpaid'
}

/** Nothing more will happen to a payment in these states by itself. */
export const isSettled = (state: Payment['state']): boolean =>
  state === 'paid' || state === 'closed' || state === 'refunded' || state === 'credited'

const gapsMs = [
  800, 1_200, 1_500, 2_000, 3_000, 4_000, 5_000, 8_000, 10_000, 15_000, 20_000, 30_000, 30_000, 60_000,
  60_000,
] as const

/** How long to wait after the given attempt (from 0); null when the page stops asking by itself. */
export const nextGapMs = (attempt: number): number | null => gapsMs[attempt] ?? null

/** Every other time the platform is asked; in between our own record, which a callback may have changed. */
export const asksPlatform = (attempt: number): boolean => attempt % 2 === 0
