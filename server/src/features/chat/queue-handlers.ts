import type { Implementations } from '../../core/http/implement'
import type { Ctx } from '../../platforms/context'
import { closeOwnChat } from './close-own-chat'
import { leaveWords } from './leave-words'
import { rateChat } from './rate-chat'
import type { chatOperations } from './schema'
import { toPerson } from './to-person'

type Queue = Pick<typeof chatOperations, 'chat.toPerson' | 'chat.leaveWords' | 'chat.close' | 'chat.rate'>

/** What a resident does around a person: calls one, leaves words, ends it, says how it was. */
export const queueHandlers: Implementations<Ctx, Queue> = {
  'chat.toPerson': { limit: 'write', handle: toPerson },
  'chat.leaveWords': { limit: 'write', handle: leaveWords },
  'chat.close': { limit: 'write', handle: closeOwnChat },
  'chat.rate': { limit: 'write', handle: rateChat },
}
