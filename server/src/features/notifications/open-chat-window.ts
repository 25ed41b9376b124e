import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { setCredit } from './credit-store'

/** What somebody writes to the account opens it for so long (wechat.md 8); the last minute is left to whoever is late. */
const OPEN_MS = 48 * 3_600_000 - 60_000
/** Five may be said in it. Two stay for the person or the answer that was asked for. */
const FOR_MESSAGES = 3

/**
 * A resident wrote to the official account, so that a message may reach them in its chat, free, where no template
 * does. Writing again opens it anew and adds nothing; the platform's own word that it is closed ends it.
 */
export async function openChatWindow(tx: Tx, ctx: Ctx, residentId: string, writtenAt: number): Promise<void> {
  await setCredit(tx, {
    residentId,
    channel: 'wechat-cs',
    templateId: '',
    credits: FOR_MESSAGES,
    endsAt: writtenAt + OPEN_MS,
    updatedAt: ctx.clock.now(),
  })
}
