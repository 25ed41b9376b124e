import type { Reader } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { type ChatWindow, chatWindows, type ChatWindowOf } from '../notifications'
import type { ConversationRow } from './entities'

/** The message that tells of an answer which WeChat's own window did not take. */
export const CHAT_REPLY = 'chat-reply'

type Person = Pick<ConversationRow, 'channel' | 'residentId' | 'personIndex'>

/** Which window of WeChat's an answer in this conversation goes to; null on our own pages. */
export function windowKey({ channel, residentId, personIndex }: Person): ChatWindowOf | null {
  if (channel === 'app' || personIndex === null) return null
  return { channel: channel === 'wechat-mini' ? 'wechat-mini-cs' : 'wechat-cs', residentId, personIndex }
}

/** What is left of their windows, by conversation; on our own pages there is none. */
export async function windowsOf(
  ctx: Ctx,
  reader: Reader,
  rows: readonly (Person & Pick<ConversationRow, 'id'>)[],
): Promise<Map<string, ChatWindow>> {
  const keyed = rows.flatMap((row) => {
    const key = windowKey(row)
    return key === null ? [] : [{ id: row.id, key }]
  })
  const windows = await chatWindows(
    reader,
    ctx,
    keyed.map(({ key }) => key),
  )
  return new Map(
    keyed.flatMap(({ id }, at) => {
      const window = windows[at]
      return window === undefined ? [] : [[id, window] as const]
    }),
  )
}
