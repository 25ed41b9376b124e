import { useCallback, useSyncExternalStore } from 'react'
import { outgoing } from './outgoing'
import type { Going } from './sender'
import type { ChatMessage } from './types'

/** What of this conversation the server does not have yet, as the page shows it. */
export function useOutgoing(conversationId: string, messages: readonly ChatMessage[]): Going {
  const sender = outgoing()
  const listen = useCallback((changed: () => void) => sender.listen({ changed }), [sender])
  const now = useSyncExternalStore(listen, sender.now)
  // One whose answer was lost may have come by the line already.
  const known = new Set(messages.map(({ clientId }) => clientId))
  const list = now.list.filter((one) => one.conversationId === conversationId && !known.has(one.clientId))
  return { list, state: now.state }
}
