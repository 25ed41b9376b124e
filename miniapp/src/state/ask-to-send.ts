import { write } from '../api/client'
import { login } from '../platform/login'
import { subscribe } from '../platform/subscribe'
import type { Subscription } from '../platform/types'
import { usePortal } from './portal'

/** What the resident came for matters more than this report, and our own inbox gets the message anyway. */
function report(said: Subscription | null): void {
  if (said) write('messages.recordSubscription', said).catch(() => null)
}

/**
 * Asks for the permission to send messages in the tap itself, and reports the answer without waiting for it.
 * `subscribe` are the messages of a payment, `subscribeRequests` those of a request.
 */
export function askToSend(about: 'subscribe' | 'subscribeRequests'): Promise<void> {
  // A description kept by an older release may lack the second list.
  const templates = usePortal.getState().portal?.[about]
  if (!templates) return Promise.resolve()
  return subscribe.ask(templates).then(report)
}

/** Only the wallets' own pages can ask for it. */
export const canAskToSend = login.environment.endsWith('-mini')
