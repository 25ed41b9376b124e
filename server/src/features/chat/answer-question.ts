import { inTransaction, type Tx } from '../../core/db/database'
import { isAppError } from '../../core/errors'
import { countMiss, cutWords, type Danger, type Hit, nameDanger, searchKnowledge } from '../knowledge'
import type { Ctx } from '../../platforms/context'
import { liveAskedFor, liveCards } from './answer-question-live'
import { appendMessage } from './append-message'
import { callPerson } from './call-person'
import type { ChatMessageRow, ConversationRow } from './entities'
import { findConversation, lockConversation, messagesAt } from './store'
import { type CardRef, openContent, type StoredContent } from './stored-content'

type Answers = Extract<StoredContent, { kind: 'answers' }>

/** What the knowledge base says to one message, and whether a person is called with it. */
interface Reply {
  readonly body: Answers
  readonly call: 'danger' | 'asked' | null
  /** What nothing was found for. */
  readonly missed: string | null
}

const BEST = 3

/**
 * Answers a message of a resident's while no person has the conversation: a danger first, then whoever asks for a person,
 * then the three best articles with the resident's own figures, or honestly that there is nothing. Done once for a
 * message, however often it is tried.
 */
export async function answerQuestion(ctx: Ctx, conversationId: string, seq: number): Promise<void> {
  const { reader } = ctx.db
  const conversation = await findConversation(reader, conversationId)
  if (conversation?.state !== 'bot') return
  const asked = (await messagesAt(reader, [{ conversationId, seq }])).get(`${conversationId} ${seq}`)
  if (asked?.senderKind !== 'resident') return
  const reply = await replyTo(ctx, conversation, asked)
  if (reply === null) return
  const isNew = await inTransaction(ctx, (tx) => say(tx, ctx, { conversationId, seq, reply }))
  if (isNew && reply.missed !== null) countMiss(ctx, [conversation.companyId], reply.missed)
}

/** The reply and the calling of a person are one; false where it was said before or a person has it meanwhile. */
async function say(
  tx: Tx,
  ctx: Ctx,
  { conversationId, seq, reply }: { conversationId: string; seq: number; reply: Reply },
): Promise<boolean> {
  const row = await lockConversation(tx, conversationId)
  if (row.state !== 'bot') return false
  const said = await appendMessage(tx, ctx, row, {
    senderKind: 'bot',
    senderId: '',
    senderName: '',
    clientId: `answer-${seq}`,
    body: reply.body,
  })
  if (said.isRepeat) return false
  if (reply.call !== null) await callPerson(tx, ctx, said.conversation, { because: reply.call })
  return true
}

async function replyTo(
  ctx: Ctx,
  conversation: ConversationRow,
  asked: ChatMessageRow,
): Promise<Reply | null> {
  const content = openContent(ctx, asked)
  if (content === null) return null
  const words = askedWords(content)
  if (content.kind === 'image' || (content.kind === 'voice' && words === '')) return unread(content.kind)
  if (words === '') return null
  const danger = await nameDanger(ctx, conversation.companyId, words)
  if (danger) return ofDanger(danger)
  if (asksForPerson(words)) return { body: answers(TO_PERSON), call: 'asked', missed: null }
  const hits = await bestHits(ctx, conversation.companyId, words)
  if (hits === null) return { body: answers(LATER), call: null, missed: null }
  const live = new Set([...(hits[0]?.live ?? []), ...liveAskedFor(words)])
  return found(words, hits, await liveCards(ctx, conversation, live))
}

function askedWords(content: StoredContent): string {
  if (content.kind === 'text') return content.text
  if (content.kind === 'voice') return content.words ?? ''
  return content.kind === 'card' ? (content.text ?? '') : ''
}

/** Null while this process cannot tell yet what there is. */
async function bestHits(ctx: Ctx, companyId: string, q: string): Promise<Hit[] | null> {
  try {
    return await searchKnowledge(ctx, { companies: [companyId], q, limit: BEST, audience: 'public' })
  } catch (error) {
    if (isAppError(error, 'busy')) return null
    throw error
  }
}

const TO_PERSON = '好的，为您转人工客服。'
const HELLO = '您好，请直接说您遇到的事，比如“暖气不热”“怎么开发票”。要找人，请点“转人工”。'
const NOTHING = '没有找到合适的答案。您可以换个说法再问，或点“转人工”，由客服回答。'
const LATER = '知识库刚刚启动，请过一会儿再问，或点“转人工”，由客服回答。'
const ANSWERS = '您看看是不是这些，点开有全文。没有说到的，请点“转人工”。'
const FIGURES = '这是您家现在的情况。还要问别的，请接着说，或点“转人工”。'
const IMAGE = '图片已收到，但只有客服能看。请用一句话说说是什么事，或点“转人工”。'
const VOICE = '语音已收到，但只有客服能听。请打字说说是什么事，或点“转人工”。'

function answers(text: string, more: Partial<Omit<Answers, 'kind' | 'text'>> = {}): Answers {
  return { kind: 'answers', text, items: [], cards: [], danger: null, ...more }
}

const unread = (kind: 'image' | 'voice'): Reply => ({
  body: answers(kind === 'image' ? IMAGE : VOICE),
  call: null,
  missed: null,
})

function ofDanger({ title, steps, phone, typeId }: Danger): Reply {
  const text = `${title}：${steps.join('；')}。电话 ${phone}`
  return { body: answers(text, { danger: { title, steps, phone, typeId } }), call: 'danger', missed: null }
}

/** Asking how to reach the hotline is a question; asking for somebody is not. */
function asksForPerson(words: string): boolean {
  const said = words.replace(/\s+/g, '')
  return /人工|真人|活人|找人|找个人/.test(said) || /客服(?!的?(?:电话|热线|号码|几点|时间))/.test(said)
}

function found(words: string, hits: readonly Hit[], cards: CardRef[]): Reply {
  const items = hits.map(({ articleId, title, excerpt }) => ({ articleId, title, excerpt }))
  if (items.length > 0) return { body: answers(ANSWERS, { items, cards }), call: null, missed: null }
  const says = cutWords(words).length > 0
  if (cards.length > 0) return { body: answers(FIGURES, { cards }), call: null, missed: null }
  return { body: answers(says ? NOTHING : HELLO), call: null, missed: says ? words : null }
}
