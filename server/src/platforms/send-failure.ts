import type { SendOutcome } from './message-channel'
import { OutgoingFailure, PlatformBusy } from './outgoing-http'

/** How long a platform that says it is too busy is left alone. */
const BUSY_WAIT_MS = 30_000

/**
 * The outcome of a message whose sending threw: only what certainly never left this machine may be sent again;
 * of anything else nobody can say whether the resident has it.
 */
export function outcomeOfFailure(error: unknown): SendOutcome {
  if (error instanceof PlatformBusy) {
    return {
      state: 'later',
      platformCode: 'busy',
      platformMessageId: null,
      advice: 'rest-channel',
      waitMs: BUSY_WAIT_MS,
    }
  }
  const neverSent = error instanceof OutgoingFailure && error.neverSent
  return {
    state: neverSent ? 'later' : 'unknown',
    platformCode: null,
    platformMessageId: null,
    advice: null,
  }
}
