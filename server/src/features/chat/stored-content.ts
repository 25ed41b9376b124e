import { z } from 'zod'
import type { Ctx } from '../../platforms/context'
import type { ChatMessageRow } from './entities'
import { cardType, content } from './views-schema'

/** Which thing of ours a card shows; what it says is looked up for whoever reads it. */
export interface CardRef {
  readonly type: z.infer<typeof cardType>
  readonly id: string
}

const ref = z.object({ type: cardType, id: z.string() })
const answers = content.options[4].shape

/** What a message holds, as it is kept under seal. Files stand in the row. */
const storedContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('image') }),
  /** What its platform understood of it; of voices that came before it told, nothing. */
  z.object({ kind: z.literal('voice'), words: z.string().optional() }),
  z.object({ kind: z.literal('card'), card: ref, text: z.string().nullable() }),
  z.object({
    kind: z.literal('answers'),
    text: z.string(),
    items: answers.items,
    cards: z.array(ref),
    danger: answers.danger,
  }),
  z.object({ kind: z.literal('event'), event: z.string(), text: z.string() }),
])
export type StoredContent = z.infer<typeof storedContent>

export function sealContent(ctx: Pick<Ctx, 'vault'>, body: StoredContent): string {
  return ctx.vault.seal(JSON.stringify(body))
}

/** Of rows that this process has just sealed: whoever follows them is given them at once, and need not open each again. */
const sealedHere = new WeakMap<Pick<ChatMessageRow, 'bodySealed'>, StoredContent>()

/** This row was sealed from that. */
export function rememberContent(row: ChatMessageRow, body: StoredContent): void {
  sealedHere.set(row, body)
}

/** Null for a message that was recalled or whose time is over. */
export function openContent(
  ctx: Pick<Ctx, 'vault'>,
  row: Pick<ChatMessageRow, 'bodySealed'>,
): StoredContent | null {
  if (row.bodySealed === '') return null
  const known = sealedHere.get(row)
  if (known) return known
  // sealContent is the only writer of this column.
  return JSON.parse(ctx.vault.open(row.bodySealed)) as StoredContent
}

/** The cards that a message shows. */
export function cardsIn(body: StoredContent | null): readonly CardRef[] {
  if (body?.kind === 'card') return [body.card]
  return body?.kind === 'answers' ? body.cards : []
}

/** One line for lists: what was written, or what it is. */
export function wordsOf(row: Pick<ChatMessageRow, 'recalledAt'>, body: StoredContent | null): string {
  if (row.recalledAt !== null) return '撤回了一条消息'
  if (body === null) return '内容已按规定删除'
  if (body.kind === 'image') return '[图片]'
  if (body.kind === 'voice') return `[语音] ${body.words ?? ''}`.trim()
  if (body.kind === 'card') return body.text === null ? '[卡片]' : `[卡片] ${body.text}`
  return body.text.replace(/\s+/g, ' ').slice(0, 80)
}
