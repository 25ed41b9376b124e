import type { Reader, Tx } from '../../core/db/database'
import type { ConversationRow } from './entities'
import { assertMayRead, type Looker } from './looker'
import { findConversation, lockConversation } from './store'

/** The conversation, if this person may see it. Errors: not_found. */
export async function seenConversation(reader: Reader, looker: Looker, id: string): Promise<ConversationRow> {
  const row = await findConversation(reader, id)
  assertMayRead(looker, row)
  return row
}

/** The same under its lock. */
export async function lockSeen(tx: Tx, looker: Looker, id: string): Promise<ConversationRow> {
  const row = await lockConversation(tx, id)
  assertMayRead(looker, row)
  return row
}
