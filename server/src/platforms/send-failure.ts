import type { SendOutcome } from './message-channel'
import { OutgoingFailure } from './outgoing-http'

/**
 * The outcome of a message whose sending threw: only what certainly never left this machine may be sent again;
 * of anything else nobody can say whether the resident has it.
 */
export function outcomeOfFailure(error: unknown): SendOutcome {
  const neverSent = error instanceof OutgoingFailure && error.neverSent
  return { state: neverSent ? 'later' : 'unknown', platformCode: null, platformMessageId: null }
}
