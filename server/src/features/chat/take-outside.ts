import { inTransaction, type Tx } from '../../core/db/database'
import { enqueue } from '../../core/jobs/define'
import type { Ctx } from '../../platforms/context'
import type { Pump } from '../../platforms/feature'
import { claimFiles } from '../files'
import { putWordsOff, setTalk, takeWords, type WaitingWords, waitingWords, writerOf } from '../official'
import { answerJob } from './answer-job'
import { appendMessage } from './append-message'
import type { ConversationRow } from './entities'
import { lockPlace, type OutsidePlace, outsidePlace, wasBegunElsewhere } from './outside-place'
import { mediaJob } from './media-job'
import { type OutsideWords, readOutside, senderOf } from './outside-words'
import { chatClaim } from './present-message'
import { isLive } from './store'

const AT_ONCE = 100
const PEOPLE_AT_ONCE = 8
const AGAIN_MS = 15_000

/**
 * Puts what people write in WeChat's own windows into their conversations, of each person in order and once: the words
 * are taken and added in one transaction. Any number of processes may do so. Answers how many were taken.
 */
export async function takeOutside(ctx: Ctx, stopping: AbortSignal): Promise<number> {
  const people = new Map<string, WaitingWords[]>()
  for (const words of await waitingWords(ctx, AT_ONCE))
    people.set(words.personIndex, [...(people.get(words.personIndex) ?? []), words])
  const queue = [...people.values()]
  let taken = 0
  const lane = async (): Promise<void> => {
    for (let theirs = queue.shift(); theirs && !stopping.aborted; theirs = queue.shift())
      taken += await takeOf(ctx, theirs)
  }
  await Promise.all(Array.from({ length: PEOPLE_AT_ONCE }, lane))
  return taken
}

export const outsideInPump: Pump = { name: 'chat.outside-in', run: takeOutside }

async function takeOf(ctx: Ctx, theirs: readonly WaitingWords[]): Promise<number> {
  let taken = 0
  for (const words of theirs) {
    try {
      if (!(await takeOne(ctx, words))) break
      taken += 1
    } catch (error) {
      if (wasBegunElsewhere(error)) break
      ctx.log.warn({ err: error, officialMessageId: words.id }, 'chat.outside-not-taken')
      await inTransaction(ctx, (tx) => putWordsOff(tx, words.id, ctx.clock.now() + AGAIN_MS))
      break
    }
  }
  return taken
}

async function takeOne(ctx: Ctx, words: WaitingWords): Promise<boolean> {
  const writer = await writerOf(ctx.db.reader, ctx, words.personIndex)
  // Whoever has left meanwhile is not talked about any more.
  if (!writer) return inTransaction(ctx, (tx) => takeWords(tx, words.id))
  const place = await outsidePlace(ctx, words, writer)
  const read = await readOutside(ctx, words)
  return inTransaction(ctx, async (tx) => {
    if (!(await takeWords(tx, words.id))) return false
    await add(tx, ctx, { words, place, read })
    return true
  })
}

async function add(
  tx: Tx,
  ctx: Ctx,
  of: { readonly words: WaitingWords; readonly place: OutsidePlace; readonly read: OutsideWords },
): Promise<void> {
  const { words, read } = of
  const conversation = await lockPlace(tx, ctx, of.place)
  const { id, channel, personIndex } = words
  if (read.fileId !== null) {
    const claim = chatClaim(conversation.id)
    await claimFiles(tx, ctx, { fileIds: [read.fileId], owner: senderOf(words), claim })
  }
  const added = await appendMessage(tx, ctx, conversation, {
    senderKind: 'resident',
    senderId: conversation.residentId ?? '',
    senderName: conversation.residentName,
    clientId: `official-${id}`,
    body: read.body,
    fileId: read.fileId,
    through: { channel, personIndex },
  })
  await setTalk(tx, personIndex, isLive(added.conversation))
  if (read.later !== null && words.mediaId !== null) {
    const { mediaId } = words
    const payload = { conversationId: conversation.id, id, channel, personIndex, mediaId, kind: read.later }
    await enqueue(tx, ctx, mediaJob, payload, { key: id })
  }
  if (added.conversation.state !== 'bot') return
  if (!read.isQuestion) return sayUnread(tx, ctx, added.conversation, id)
  const { conversationId, seq } = added.message
  await enqueue(tx, ctx, answerJob, { conversationId, seq }, { key: `${conversationId} ${seq}` })
}

async function sayUnread(tx: Tx, ctx: Ctx, conversation: ConversationRow, id: string): Promise<void> {
  const text = '已收到，但只有客服能看。请用一句话说说是什么事，或回复“转人工”。'
  await appendMessage(tx, ctx, conversation, {
    senderKind: 'bot',
    senderId: '',
    senderName: '',
    clientId: `unread-${id}`,
    body: { kind: 'answers', text, items: [], cards: [], danger: null },
  })
}
