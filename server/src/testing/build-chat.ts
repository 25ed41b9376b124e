import { inTransaction } from '../core/db/database'
import { appendMessage } from '../features/chat/append-message'
import { addReview } from '../features/chat/choose-for-review'
import { insertNote } from '../features/chat/desk-store'
import { cannedTable, type ConversationRow } from '../features/chat/entities'
import { newConversation } from '../features/chat/new-conversation'
import { insertConversation } from '../features/chat/store'
import { buildAtWork } from './at-work'
import { buildResident } from './factories'
import type { TestApp } from './harness'

/**
 * A conversation that this agent has, and what belongs to it: a message of theirs, a note about the resident, a review,
 * a ready answer of the company, and a colleague who may be named. The resident is made unless given.
 */
export async function buildChat(
  app: TestApp,
  of: {
    readonly companyId: string
    readonly areaPath: string
    readonly agentId: string
    readonly residentId?: string
    readonly state?: ConversationRow['state']
  },
): Promise<{
  conversationId: string
  messageId: string
  noteId: string
  reviewId: string
  cannedId: string
  mentions: string
}> {
  const ctx = app.ctx()
  const { companyId, areaPath, agentId } = of
  const now = ctx.clock.now()
  const residentId = of.residentId ?? (await buildResident(app)).id
  const colleague = await buildAtWork(app, ['agent'], { companies: [companyId] })
  const [noteId, cannedId] = [ctx.ids.next(), ctx.ids.next()]
  const begun = newConversation(ctx, {
    companyId,
    areaPath,
    householdId: null,
    residentId,
    channel: 'app',
    personIndex: null,
    residentName: '张*玉',
  })
  const state = of.state ?? 'active'
  const agent = state === 'bot' ? {} : { assigneeId: agentId, assigneeName: '王芳' }
  const row = { ...begun, state, ...agent, ...(state === 'closed' ? { openKey: null, closedAt: now } : {}) }
  const made = await inTransaction(ctx, async (tx) => {
    await insertConversation(tx, ctx, row)
    const { message } = await appendMessage(tx, ctx, row, {
      senderKind: 'staff',
      senderId: agentId,
      senderName: '王芳',
      clientId: noteId,
      body: { kind: 'text', text: '您好' },
    })
    const by = { byId: agentId, byName: '王芳' }
    await insertNote(tx, {
      id: noteId,
      residentId,
      companyId,
      words: '老人',
      ...by,
      at: now,
      removedAt: null,
    })
    const review = await addReview(tx, ctx, row, 'hand')
    const words = { shortcut: 'x', title: '查欠费', text: '欠费', fileId: null }
    await tx.insert(cannedTable, { id: cannedId, companyId, ...words, byId: agentId, updatedAt: now })
    return { messageId: message.id, reviewId: review?.id ?? '' }
  })
  return { conversationId: row.id, ...made, noteId, cannedId, mentions: colleague.id }
}
