import type { Ctx } from '../../platforms/context'
import { type FileView, filesByIds, presentFile } from '../files'
import { type ShownCards, showCards } from './cards'
import type { ChatMessageRow, ConversationRow } from './entities'
import { isMine, type Looker, maySee } from './looker'
import { cardsIn, openContent, type StoredContent } from './stored-content'
import type { ChatMessage, Content } from './views-schema'

/** A message can be taken back for so long. */
export const RECALL_MS = 2 * 60_000

/** Where the files of a conversation are fetched. */
export const chatFilePath = (conversationId: string): string => `/attachments/chats/${conversationId}`
export const chatClaim = (conversationId: string): string => `chat:${conversationId}`

/**
 * Messages of one conversation as this reader sees them, in their order; what is not for them is left out. The reader
 * is whoever `ctx` is signed in as. Files and cards of all of them are read at once.
 */
export async function presentMessages(
  ctx: Ctx,
  looker: Looker,
  conversation: ConversationRow,
  rows: readonly ChatMessageRow[],
): Promise<ChatMessage[]> {
  const seen = rows
    .filter((row) => maySee(looker, conversation, row))
    .map((row) => ({ row, body: openContent(ctx, row) }))
  const fileIds = seen.flatMap(({ row }) => (row.fileId === null ? [] : [row.fileId]))
  const refs = seen.flatMap(({ body }) => cardsIn(body))
  const [files, cards] = await Promise.all([
    fileIds.length === 0 ? new Map<string, never>() : filesByIds(ctx.db.reader, fileIds),
    showCards(ctx, looker, conversation, refs),
  ])
  return seen.map(({ row, body }) => {
    const file = row.fileId === null ? undefined : files.get(row.fileId)
    const view = file === undefined ? null : presentFile(ctx, file, { path: chatFilePath(conversation.id) })
    return presentMessage(ctx, looker, row, contentOf(row, body, { view, cards }))
  })
}

function presentMessage(ctx: Ctx, looker: Looker, row: ChatMessageRow, content: Content): ChatMessage {
  const mine = isMine(looker, row)
  const until = row.createdAt + RECALL_MS
  const mayRecall = mine && row.recalledAt === null && row.outside === null && ctx.clock.now() < until
  return {
    id: row.id,
    conversationId: row.conversationId,
    seq: row.seq,
    from: row.senderKind,
    name: row.senderName,
    mine,
    clientId: mine ? row.clientId : null,
    audience: row.audience,
    at: row.createdAt,
    content,
    mayRecallUntil: mayRecall ? until : null,
    outside: looker.side === 'staff' ? row.outside : null,
  }
}

function contentOf(
  row: ChatMessageRow,
  body: StoredContent | null,
  beside: { readonly view: FileView | null; readonly cards: ShownCards },
): Content {
  if (row.recalledAt !== null) return { kind: 'recalled' }
  if (body === null) return { kind: 'gone' }
  switch (body.kind) {
    case 'image':
      return beside.view === null ? { kind: 'gone' } : { kind: 'image', file: beside.view }
    case 'voice':
      if (beside.view === null) return { kind: 'gone' }
      return { kind: 'voice', file: beside.view, words: body.words ?? null }
    case 'card':
      return { kind: 'card', card: beside.cards(body.card), text: body.text }
    case 'answers':
      return { ...body, cards: body.cards.map(beside.cards) }
    case 'text':
    case 'event':
      return body
  }
}
