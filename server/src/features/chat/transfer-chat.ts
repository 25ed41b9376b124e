import { chatRulesOf } from '../../core/config/chat'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { inScope, type TalkerFacts, talkersOf } from '../staff'
import { appendMessage } from './append-message'
import type { ConversationRow, SeatRow } from './entities'
import { assignTo } from './give-chats'
import { assertMine } from './lock-at-desk'
import { lockSeen, seenConversation } from './own-conversation'
import { lockSeat } from './seat-store'
import { updateConversation } from './store'
import { returnToQueue } from './take-back'

interface TransferInput {
  readonly conversationId: string
  readonly clientId: string
  readonly toStaffId?: string | undefined
  readonly skill?: string | undefined
  readonly note: string
  readonly warm: boolean
}

/**
 * Hands a conversation over with a note: to a colleague whose seat is open, or back into the queue for a skill. Warm, it
 * stays with who has it until the colleague takes it. Errors: not_found, conversation_closed, not_your_turn,
 * colleague_away, invalid_input where it is not said to whom.
 */
export async function transferChat(ctx: Ctx, input: TransferInput): Promise<ConversationRow> {
  const looker = { side: 'staff', staff: staffOf(ctx) } as const
  if ((input.toStaffId === undefined) === (input.skill === undefined))
    throw new AppError('invalid_input', {
      message: '请选择转给哪位同事，或转回排队。',
      fields: [{ path: 'toStaffId', message: '请选一个' }],
    })
  return inTransaction(ctx, async (tx) => {
    const seen = await seenConversation(tx, looker, input.conversationId)
    const { toStaffId, skill } = input
    const to = toStaffId === undefined ? null : await colleague(tx, ctx, seen, toStaffId)
    const conversation = await lockSeen(tx, looker, input.conversationId)
    assertMine(ctx, conversation)
    if (skill !== undefined) assertSkill(ctx, conversation, skill)
    const noted = await note(tx, ctx, conversation, input)
    if (to === null)
      return returnToQueue(tx, ctx, noted, 'transferred', { skill: skill === '' ? null : (skill ?? null) })
    if (!input.warm) return assignTo(tx, ctx, noted, { seat: to.seat, name: to.talker.name })
    const { warmSeconds } = chatRulesOf(ctx, noted.companyId)
    return updateConversation(tx, ctx, noted, {
      offeredToId: to.talker.id,
      offeredToName: to.talker.name,
      offerUntil: ctx.clock.now() + warmSeconds * 1000,
    })
  })
}

/** Errors: not_found for whoever may not see it, colleague_away. */
async function colleague(
  tx: Tx,
  ctx: Ctx,
  conversation: ConversationRow,
  staffId: string,
): Promise<{ talker: TalkerFacts; seat: SeatRow }> {
  const [talker] = await talkersOf(tx, [staffId])
  if (!talker || !inScope(talker, conversation))
    throw new AppError('not_found', { message: '这位同事看不到这个对话，请选别人。' })
  const seat = await lockSeat(tx, staffId)
  if (seat?.state !== 'open' || staffId === staffOf(ctx).id) throw new AppError('colleague_away')
  return { talker, seat }
}

function assertSkill(ctx: Ctx, { companyId }: ConversationRow, skill: string): void {
  const known = chatRulesOf(ctx, companyId).topics.some((topic) => topic.skill === skill)
  if (!known && skill !== '')
    throw new AppError('invalid_input', { fields: [{ path: 'skill', message: '没有这个技能组' }] })
}

async function note(
  tx: Tx,
  ctx: Ctx,
  conversation: ConversationRow,
  input: TransferInput,
): Promise<ConversationRow> {
  const { id, name } = staffOf(ctx)
  const added = await appendMessage(tx, ctx, conversation, {
    senderKind: 'staff',
    senderId: id,
    senderName: name,
    clientId: `transfer-${input.clientId}`.slice(0, 64),
    audience: 'note',
    body: { kind: 'text', text: `转接：${input.note}` },
  })
  return added.conversation
}
