import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { AppError, isAppError } from '../../core/errors'
import { toAppError } from '../../core/http/respond'
import type { Ctx } from '../../platforms/context'
import { staffDoor } from '../staff'
import { type FrameIn, frameIn, type FrameOut } from './frames'
import { hubOf } from './hub'
import { mayList } from './hub-lists'
import type { Member } from './hub-member'
import { markRead } from './mark-read'
import { isStillThere } from './recheck-members'
import { sendAtDesk } from './send-at-desk'
import { countMessage, sendCounted } from './send-message'
import { showTyping } from './show-typing'

/** Errors: invalid_input for what is no frame of ours. */
export function readFrame(text: string): FrameIn {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new AppError('invalid_input', { detail: 'frame is no JSON' })
  }
  const parsed = frameIn.safeParse(json)
  if (!parsed.success) throw new AppError('invalid_input', { detail: 'frame of no known shape' })
  return parsed.data
}

/** The frame that says this error, about this message or conversation where it is one's. */
export function errorFrame(error: AppError, about?: FrameIn): FrameOut {
  return {
    op: 'error',
    code: error.code,
    message: error.message,
    clientId: about?.op === 'send' ? about.clientId : null,
    conversationId: about && 'conversationId' in about ? about.conversationId : null,
    retryAfterSeconds: error.retryAfterSeconds ?? null,
  }
}

/**
 * Does what a frame asks. What can be refused is answered with an error frame that names it; that somebody is no longer
 * who they were ends the member.
 */
export async function doFrame(member: Member, frame: FrameIn): Promise<void> {
  if (frame.op === 'ping') return void member.give({ op: 'pong' })
  const work = async (): Promise<void> => {
    const counted = frame.op === 'send' && member.ctx.resident ? countMessage(member.ctx) : null
    // Asked for at once with whether they are there; whoever is not has nothing to hear of limits.
    counted?.catch(() => undefined)
    if (!(await isStillThere(member.ctx))) return member.end('signed out')
    await counted
    await act(member, frame)
  }
  try {
    await (frame.op === 'watch' ? hubOf(member.ctx).inTurn(work) : work())
  } catch (error) {
    const told = toAppError(error)
    if (told.report) member.ctx.log.error({ err: told.cause ?? told, op: frame.op }, 'chat.frame-failed')
    member.give(errorFrame(told, frame))
  }
}

async function act(member: Member, frame: FrameIn): Promise<void> {
  const hub = hubOf(member.ctx)
  switch (frame.op) {
    case 'ping':
      return
    case 'watch':
      return hub.watch(member, frame)
    case 'unwatch':
      return hub.unwatch(member, frame.conversationId)
    case 'watchList':
      if (!mayList(member)) throw new AppError('forbidden')
      return hub.followList(member)
    case 'read':
      assertMay(member.ctx, 'chatDesk.markRead')
      return markRead(member.ctx, frame)
    case 'typing':
      assertMay(member.ctx, 'chatDesk.typing')
      return showTyping(member.ctx, frame)
    case 'send': {
      const { clientId, conversationId, content } = frame
      const { message, isRepeat } = member.ctx.resident
        ? await sendCounted(member.ctx, { conversationId, clientId, content }, member.looker)
        : await sayAtDesk(member.ctx, frame)
      // Whoever follows the conversation is given the message itself, which says the same.
      if (isRepeat || !member.watches.has(conversationId))
        member.give({ op: 'sent', clientId, conversationId, seq: message.seq })
    }
  }
}

type SendFrame = Extract<FrameIn, { op: 'send' }>

/**
 * The same act as over HTTP, with its one row in the audit. Agents write all day, so the row is committed with the
 * message and not around it: neither is there without the other.
 */
async function sayAtDesk(
  ctx: Ctx,
  { conversationId, clientId, content, audience = 'all', mentions = [] }: SendFrame,
) {
  const entry = {
    action: 'chatDesk.send',
    object: `conversation:${conversationId}`,
    detail: { conversationId, audience },
  }
  try {
    assertMay(ctx, 'chatDesk.send')
    const input = { conversationId, clientId, content, audience, mentions }
    return await sendAtDesk(ctx, input, entry)
  } catch (error) {
    const outcome = isAppError(error) ? error.code : 'internal'
    await inTransaction(ctx, (tx) => recordAudit(tx, ctx, { ...entry, outcome }))
    throw error
  }
}

/** Errors: forbidden for somebody at work whose roles do not allow it. */
function assertMay(ctx: Ctx, operation: string): void {
  if (!ctx.resident && !(ctx.staff && staffDoor.may(operation, ctx.staff))) throw new AppError('forbidden')
}
