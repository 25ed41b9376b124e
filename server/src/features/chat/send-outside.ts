import { inTransaction } from '../../core/db/database'
import type { ChatChannel, ChatContent, SendOutcome } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import type { Pump } from '../../platforms/feature'
import { chatWindows } from '../notifications'
import { writerOf } from '../official'
import { composeOutside, JOINED_MOST } from './compose-outside'
import type { ChatMessageRow, ConversationRow, OutsideLaneRow } from './entities'
import { CLOSED, NOT_ASKED, type OutsideRun } from './outside-run'
import { windowKey } from './outside-window'
import { dueLanes, dueOutside, isLaneDue, saveLane } from './outside-store'
import { recordOutside } from './record-outside'
import { findConversation } from './store'

const LANES_AT_ONCE = 20
/** Longer than a send may take with its picture. */
const LEASE_MS = 60_000
const NOTHING: SendOutcome = {
  state: 'delivered',
  platformCode: NOT_ASKED,
  platformMessageId: null,
  advice: null,
}

/**
 * Carries what people and answers say to WeChat's own windows, one thing at a time in each conversation. It is written
 * down before it is sent that somebody is sending, so what a killed process may have sent is `unknown` and is never sent
 * again by itself. Any number of processes may do so. Answers how many were tried.
 */
export async function sendOutside(ctx: Ctx, stopping: AbortSignal): Promise<number> {
  let done = 0
  while (!stopping.aborted && (await isLaneDue(ctx.db.reader, ctx.clock.now()))) {
    const runs = await claimLanes(ctx)
    await Promise.all(runs.map((run) => carry(ctx, run)))
    if (runs.length === 0) break
    done += runs.length
  }
  return done
}

export const outsideOutPump: Pump = { name: 'chat.outside-out', run: sendOutside }

async function carry(ctx: Ctx, run: OutsideRun): Promise<void> {
  const conversation = await findConversation(ctx.db.reader, run.lane.conversationId)
  if (!conversation) return
  try {
    const { outcome, parts } = run.isLost ? LOST : await sendPart(ctx, run, conversation)
    await recordOutside(ctx, run, { outcome, parts })
  } catch (error) {
    // Its lease ends, and then it is unknown.
    ctx.log.warn({ err: error, conversationId: conversation.id }, 'chat.outside-not-recorded')
  }
}

const UNKNOWN: SendOutcome = { state: 'unknown', platformCode: null, platformMessageId: null, advice: null }
const LOST = { outcome: UNKNOWN, parts: 1 }

/** Takes lanes that may go on, and writes down what each is about to send. */
async function claimLanes(ctx: Ctx): Promise<OutsideRun[]> {
  const now = ctx.clock.now()
  return inTransaction(ctx, async (tx) => {
    const lanes = await dueLanes(tx, now, LANES_AT_ONCE)
    if (lanes.length === 0) return []
    const due = await dueOutside(
      tx,
      lanes.map(({ conversationId }) => conversationId),
    )
    const runs: OutsideRun[] = []
    for (const lane of lanes) {
      const rows = nextRun(due.filter(({ conversationId }) => conversationId === lane.conversationId))
      const [first] = rows
      const isLost = lane.token !== null
      const token = ctx.ids.token(16)
      const last = rows.at(-1)
      if (!first || !last) {
        await saveLane(tx, lane.conversationId, { ...lane, dueAt: null, token: null, part: 0, attempts: 0 })
        continue
      }
      const span = isLost || lane.part > 0 ? lane : { firstSeq: first.seq, lastSeq: last.seq }
      const taken = { ...lane, firstSeq: span.firstSeq, lastSeq: span.lastSeq, token, dueAt: now + LEASE_MS }
      await saveLane(tx, lane.conversationId, taken)
      const inSpan = rows.filter(({ seq }) => seq <= taken.lastSeq)
      runs.push({ lane: taken, token, rows: inSpan, isLost })
    }
    return runs
  })
}

/** A person's words and every picture by themselves; what answers and the queue say one after the other as one. */
function nextRun(due: readonly ChatMessageRow[]): readonly ChatMessageRow[] {
  const end = due.findIndex((row) => row.senderKind === 'staff' || row.kind === 'image')
  if (end === 0) return due.slice(0, 1)
  return (end < 0 ? due : due.slice(0, end)).slice(0, JOINED_MOST)
}

interface Sent {
  readonly outcome: SendOutcome
  readonly parts: number
}

async function sendPart(ctx: Ctx, run: OutsideRun, conversation: ConversationRow): Promise<Sent> {
  const ready = await prepare(ctx, run, conversation)
  if ('outcome' in ready) return ready
  const outcome = await channelOf(ctx, run.lane).send({ to: ready.to, content: ready.content })
  return { outcome, parts: ready.parts }
}

/** Everything that can be known before it leaves; what goes wrong here may be tried again. */
async function prepare(
  ctx: Ctx,
  { lane, rows }: OutsideRun,
  conversation: ConversationRow,
): Promise<Sent | { readonly to: string; readonly content: ChatContent; readonly parts: number }> {
  const { reader } = ctx.db
  try {
    const writer = await writerOf(reader, ctx, lane.personIndex)
    const contents = await composeOutside(ctx, conversation, rows)
    const parts = contents.length
    const content = contents[lane.part]
    if (!content) return { outcome: rows[0]?.kind === 'image' ? refused('gone', null) : NOTHING, parts }
    if (!writer) return { outcome: refused('left', 'unreachable'), parts }
    const key = windowKey({ ...conversation, channel: lane.channel, personIndex: lane.personIndex })
    const [window] = key === null ? [] : await chatWindows(reader, ctx, [key])
    // Our own count knows it already: the platform is not asked.
    if (!window || window.left <= 0) return { outcome: refused(CLOSED, 'window-closed'), parts }
    return { to: writer.openid, content, parts }
  } catch (error) {
    ctx.log.warn({ err: error, conversationId: conversation.id }, 'chat.outside-not-prepared')
    const outcome = { state: 'later', platformCode: null, platformMessageId: null, advice: null } as const
    return { outcome, parts: 1 }
  }
}

function refused(platformCode: string, advice: SendOutcome['advice']): SendOutcome {
  return { state: 'refused', platformCode, platformMessageId: null, advice }
}

function channelOf({ platforms }: Ctx, { channel }: OutsideLaneRow): ChatChannel {
  return channel === 'wechat-mini' ? platforms.messages.wechatMiniCs : platforms.messages.wechatCs
}
