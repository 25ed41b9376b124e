import { companyOf } from '../../core/config/companies'
import type { ChatContent, ChatTarget } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { pictureBytes } from '../files'
import { residentAliases } from '../identity'
import { type ShownCards, showCards } from './cards'
import type { ChatMessageRow, ConversationRow } from './entities'
import { queuePlaces } from './queue-places'
import { cardsIn, openContent, type StoredContent } from './stored-content'
import type { Card } from './views-schema'

/** A text of the platform's is at most 2,048 bytes, and a link in it takes some (wechat.md 8). */
const TEXT_BYTES = 2048
const LINKED_BYTES = 1200
/** More messages than this are not put into one. */
export const JOINED_MOST = 6

/**
 * What goes to WeChat's own window for these messages, each part one message there: a picture as itself, everything else
 * as words with links, because a page of ours opens from them in every window. What the knowledge base and the queue say
 * together comes together. Figures are as of now. Empty when nothing of it is left to say.
 */
export async function composeOutside(
  ctx: Ctx,
  conversation: ConversationRow,
  rows: readonly ChatMessageRow[],
): Promise<ChatContent[]> {
  const [first] = rows
  if (first?.kind === 'image') return pictureOf(ctx, first)
  const bodies = rows.flatMap((row) => openContent(ctx, row) ?? [])
  const refs = bodies.flatMap(cardsIn)
  const ids =
    conversation.residentId === null ? [] : await residentAliases(ctx.db.reader, conversation.residentId)
  const cards = await showCards(ctx, { side: 'resident', ids }, conversation, refs)
  const said = await Promise.all(bodies.map((body) => wordsOf(ctx, conversation, body, cards)))
  // Who asked for a person and is in the queue need not be told that they asked.
  const isCalled = bodies.some((body) => body.kind === 'event' && body.event !== 'words-left')
  const parts = said.filter((part, at) => !(isCalled && isBareAnswer(bodies[at])) && part.text !== '')
  const text = harmless(parts.map((part) => part.text).join('\n\n'))
  const links = parts.flatMap((part) => part.links).slice(0, LINKS_MOST)
  if (text === '') return []
  return split(text, links.length === 0 ? TEXT_BYTES : LINKED_BYTES).map((piece, at, all) => {
    return { kind: 'text', text: piece, ...(at === all.length - 1 && links.length > 0 ? { links } : {}) }
  })
}

const LINKS_MOST = 5

interface Words {
  readonly text: string
  readonly links: readonly ChatTarget[]
}

async function pictureOf(ctx: Ctx, row: ChatMessageRow): Promise<ChatContent[]> {
  const bytes = row.fileId === null ? null : await pictureBytes(ctx, row.fileId)
  return bytes === null ? [] : [{ kind: 'image', contentType: 'image/jpeg', bytes }]
}

const isBareAnswer = (body: StoredContent | undefined): boolean =>
  body?.kind === 'answers' && body.items.length + body.cards.length === 0 && body.danger === null

async function wordsOf(
  ctx: Ctx,
  conversation: ConversationRow,
  body: StoredContent,
  cards: ShownCards,
): Promise<Words> {
  switch (body.kind) {
    case 'text':
      return { text: body.text, links: [] }
    case 'image':
      return { text: '', links: [] }
    case 'voice':
      return { text: '[语音] 请点下面打开会话收听。', links: [talkLink(conversation, '收听')] }
    case 'card':
      return joined(body.text ?? '', [cards(body.card)])
    case 'answers': {
      const asked = joined(forWindow(body.text), body.cards.map(cards))
      const items = body.items.map(({ title, excerpt }) => `【${title}】${excerpt}`)
      const whole = body.items.map(({ articleId, title }) => {
        return { label: `看全文：${title}`, page: `chat/article/index?articleId=${articleId}` }
      })
      return { text: [asked.text, ...items].join('\n'), links: [...asked.links, ...whole] }
    }
    case 'event':
      return eventWords(ctx, conversation, body)
  }
}

async function eventWords(
  ctx: Ctx,
  conversation: ConversationRow,
  { event, text }: Extract<StoredContent, { kind: 'event' }>,
): Promise<Words> {
  if (event === 'nobody') return { text, links: [talkLink(conversation, '去留言')] }
  const place = (await queuePlaces(ctx, [conversation])).get(conversation.id)
  if (event !== 'queued' || !place) return { text, links: [] }
  const before = place.position === 0 ? '下一个就是您' : `前面还有 ${place.position} 位`
  const minutes = place.estimateMinutes === null ? '' : `，预计 ${place.estimateMinutes} 分钟`
  return { text: `${text}${before}${minutes}。`, links: [] }
}

function joined(text: string, cards: readonly Card[]): Words {
  const shown = cards.filter(({ gone }) => !gone)
  const lines = shown.map(({ title, line, lines: facts, phone }) =>
    [
      `${title}：${line}`,
      ...facts.map(({ label, value }) => `${label} ${value}`),
      ...(phone === null ? [] : [`电话 ${phone}`]),
    ].join('\n'),
  )
  const links = shown.flatMap(({ page, action, title }) =>
    page === null ? [] : [{ label: `${action ?? '查看'}：${title}`, page: page.replace(/^\//, '') }],
  )
  return { text: [text, ...lines].filter((part) => part !== '').join('\n'), links }
}

/** In that window there is nothing to tap but links. */
function forWindow(text: string): string {
  return text.replaceAll('点“转人工”', '回复“转人工”').replace('，点开有全文', '')
}

/** The same conversation on our own page. */
function talkLink({ companyId }: ConversationRow, label: string): ChatTarget {
  return { label, page: talkPage(companyId).slice(1) }
}

export const talkPage = (companyId: string): string => `/chat/talk/index?companyId=${companyId}`

/** Whoever answers as an agent in that window: the company, and their name. */
export function speakerOf(ctx: Ctx, { companyId }: ConversationRow, { senderName }: ChatMessageRow) {
  return { company: companyOf(ctx, companyId).name, agent: `客服${senderName}` }
}

/** Text of ours may not begin or end a link. */
const harmless = (text: string): string => text.replaceAll('<', '＜').replaceAll('>', '＞')

/** Pieces of at most so many bytes, broken at the end of a line where one is near, and never within a character. */
function split(text: string, bytes: number): string[] {
  const pieces: string[] = []
  let piece = ''
  let used = 0
  for (const char of text) {
    const size = Buffer.byteLength(char)
    if (used + size > bytes) {
      const cut = Math.max(piece.lastIndexOf('\n'), piece.lastIndexOf('。') + 1)
      const at = cut > piece.length / 2 ? cut : piece.length
      pieces.push(piece.slice(0, at))
      piece = piece.slice(at).replace(/^\n/, '')
      used = Buffer.byteLength(piece)
    }
    piece += char
    used += size
  }
  return [...pieces, piece].filter((each) => each.trim() !== '')
}
