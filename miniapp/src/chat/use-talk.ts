import { useDidHide, useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useState } from 'react'
import { read, write } from '../api/client'
import { isOffline } from '../api/errors'
import { saveCache } from '../platform/storage'
import { setChatUnread } from '../state/chat-unread'
import { useFresh } from '../state/fresh'
import { type Resource, useResource } from '../state/resource'
import type { LineState } from './line'
import { outgoing } from './outgoing'
import { type Talk, withChanged, withConversation, withMessages, withOlder, withRead } from './timeline'
import type { Conversation, FrameOut, Opened, Sent } from './types'
import { type Typing, useLine } from './use-line'

/** Which conversation: one by its id, or my open one with a company, about what I came from. */
export interface Source {
  readonly conversationId: string | null
  readonly companyId: string | null
  readonly householdId: string | null
  readonly about: { readonly type: 'bill' | 'request' | 'notice'; readonly id: string } | null
}

export interface Beside {
  readonly quick: Opened['quick']
  readonly topics: Opened['topics']
}
type Fetched = Talk & Beside

/** As many as the server gives at once. */
const pageOf = 30
/** So many of the newest are kept for when the network is gone. */
const mostKept = 40
const againMs = 4_000
/** What a crowded server says, and takes back soon. */
const passing = ['busy', 'rate_limited', 'database_unavailable', 'internal']

async function fetchTalk(source: Source): Promise<Fetched> {
  const { conversationId, companyId, householdId, about } = source
  if (conversationId !== null) {
    const { conversation, items, more } = await read('chat.messages', { conversationId, limit: pageOf })
    return { conversation, messages: items, more, quick: [], topics: [] }
  }
  const opened = await write('chat.open', {
    ...(companyId === null ? {} : { companyId }),
    ...(householdId === null ? {} : { householdId }),
    ...(about === null ? {} : { about }),
  })
  const { conversation, messages, quick, topics } = opened
  return { conversation, messages, more: messages.length >= pageOf, quick, topics }
}

export interface TalkView {
  readonly resource: Resource<Fetched>
  readonly talk: (Talk & Beside) | null
  readonly lineState: LineState
  readonly typing: Typing | null
  retry(): void
  /** Asks for everything anew: a new conversation where the last one has ended. */
  reload(): Promise<void>
  /** Resolves when they are there. */
  older(): Promise<void>
  /** The resident is writing. */
  type(): void
  /** What an act answered. */
  take(conversation: Conversation): void
  takeSent(sent: Sent): void
}

/** One conversation, live while its page is in view. */
export function useTalk(source: Source): TalkView {
  const key = source.conversationId ?? `open.${source.companyId ?? 'first'}.${source.householdId ?? ''}`
  const cache = `chat.${key}`
  const { resource, reload, retry } = useResource<Fetched>(key, () => fetchTalk(source), {
    cache,
    keptWhenDown: true,
  })
  const base = resource.state === 'ready' || resource.state === 'stale' ? resource.data : null
  const [talk, setTalk] = useState<Talk | null>(null)
  const change = useCallback((next: (talk: Talk) => Talk) => setTalk((now) => (now ? next(now) : now)), [])
  const [taken, setTaken] = useState<Fetched | null>(null)
  if (base !== null && base !== taken) {
    setTaken(base)
    setTalk(joined(talk, base))
  }
  useKept(cache, base, talk)

  const take = useCallback(
    (conversation: Conversation) =>
      change((now) => (now.conversation.id === conversation.id ? withConversation(now, conversation) : now)),
    [change],
  )
  const takeSent = useCallback(
    ({ message, conversation }: Sent) => {
      change((now) => (now.conversation.id === conversation.id ? withMessages(now, [message]) : now))
      take(conversation)
    },
    [change, take],
  )
  const line = useLine(talk, (frame) => change((now) => withFrame(now, frame)))
  useEffect(() => outgoing().listen({ sent: takeSent }), [takeSent])
  useFreshOnReturn(talk?.conversation.id ?? null, change)
  useReadMarks(talk, line.shown, line.putRead, change)

  // What stands here is from earlier, or nothing does: it is asked again by itself, at once when the way is open again.
  const isOld =
    (resource.state === 'stale' && resource.refreshing !== true) ||
    (resource.state === 'failed' && (resource.offline || passing.includes(resource.code)))
  useFresh(reload, againMs, isOld)
  useEffect(() => {
    if (isOld && (line.state === 'live' || line.state === 'polling')) void reload()
  }, [isOld, line.state, reload])

  const firstSeq = talk?.messages[0]?.seq ?? 1
  const conversationId = talk?.conversation.id ?? ''
  const older = useCallback(async () => {
    const { items, more } = await read('chat.messages', { conversationId, before: firstSeq, limit: pageOf })
    change((now) => withOlder(now, items, more))
  }, [conversationId, firstSeq, change])

  return {
    resource,
    talk: talk && { ...talk, quick: base?.quick ?? [], topics: base?.topics ?? [] },
    lineState: line.state,
    typing: line.typing,
    retry,
    reload,
    older,
    type: line.type,
    take,
    takeSent,
  }
}

/** A fresh answer joins what came meanwhile; a new conversation stands alone. */
function joined(now: Talk | null, base: Talk): Talk {
  if (now?.conversation.id !== base.conversation.id) return base
  return withMessages(withConversation(now, base.conversation), base.messages)
}

function withFrame(talk: Talk, frame: FrameOut): Talk {
  const { id } = talk.conversation
  if (frame.op === 'messages' && frame.conversationId === id) return withMessages(talk, frame.items)
  if (frame.op === 'changed' && frame.conversationId === id) return withChanged(talk, frame.message)
  if (frame.op === 'read' && frame.conversationId === id) return withRead(talk, frame)
  if (frame.op === 'conversation' && frame.conversation.id === id)
    return withConversation(talk, frame.conversation)
  return talk
}

/** Keeps the newest of it on the phone as it grows. */
function useKept(cache: string, base: Fetched | null, talk: Talk | null): void {
  useEffect(() => {
    if (!base || !talk || talk.conversation.id !== base.conversation.id) return
    const messages = talk.messages.slice(-mostKept)
    const data = { ...base, ...talk, messages, more: talk.more || messages.length < talk.messages.length }
    saveCache(`cache.${cache}`, { data, savedAt: Date.now() })
  }, [cache, base, talk])
}

/** Back from paying or from a request: cards are read again, until they say how it stands now. */
function useFreshOnReturn(conversationId: string | null, change: (next: (talk: Talk) => Talk) => void): void {
  const [due, setDue] = useState(false)
  useDidHide(() => setDue(true))
  const reread = useCallback(async () => {
    if (conversationId === null) return
    try {
      const { items, conversation } = await read('chat.messages', { conversationId, limit: pageOf })
      change((now) =>
        now.conversation.id === conversationId
          ? withMessages(withConversation(now, conversation), items)
          : now,
      )
      setDue(false)
    } catch {
      // Without a network, or with a crowded server, it is read a little later.
    }
  }, [conversationId, change])
  useDidShow(() => {
    if (due) void reread()
  })
  useFresh(reread, againMs, due)
}

/** What is on the screen has been read. */
function useReadMarks(
  talk: Talk | null,
  shown: boolean,
  put: (conversationId: string, seq: number) => boolean,
  change: (next: (talk: Talk) => Talk) => void,
): void {
  const seq = talk?.messages[talk.messages.length - 1]?.seq ?? 0
  const id = talk?.conversation.id ?? ''
  const unread = seq > (talk?.conversation.readSeq ?? 0)
  useEffect(() => {
    if (!shown || !unread) return
    const mark = () => {
      change((now) => withRead(now, { residentReadSeq: seq, staffReadSeq: 0 }))
      setChatUnread(0)
    }
    if (put(id, seq)) return mark()
    write('chat.markRead', { conversationId: id, seq }).then(mark, (error: unknown) => {
      // Without a network it is told when the page is shown again.
      if (!isOffline(error)) mark()
    })
  }, [shown, unread, id, seq, put, change])
}
