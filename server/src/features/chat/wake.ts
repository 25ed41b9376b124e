import type { Database } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import type { ChatMessageRow, ConversationRow } from './entities'

/** Why the lists of people at work are told, where a sound belongs to it. */
export type ListWhy = 'mention' | 'all-offline' | 'call'

export type News =
  /** A row of a conversation as it was committed, with the message that is new or was emptied, and those that changed. */
  | {
      readonly conversation: ConversationRow
      readonly message?: ChatMessageRow
      readonly changed?: readonly ChatMessageRow[]
    }
  | {
      readonly typing: {
        readonly conversationId: string
        readonly from: 'resident' | 'staff'
        readonly id: string
        readonly name: string
      }
    }
  /** For these people at work; null is all who may see that company's conversations. */
  | {
      readonly list: {
        readonly conversationId: string | null
        readonly companyId: string | null
        readonly why: ListWhy
        readonly staffIds: readonly string[] | null
      }
    }

/** What other processes are told: of conversations their ids alone, for they read the rows. */
export type FarNews =
  | Extract<News, { typing: unknown } | { list: unknown }>
  | { readonly look: readonly string[] }

type Watcher = (news: News) => void
const watchers = new WeakMap<Database, Set<Watcher>>()

export const CHAT_TOPIC = 'chat'

/**
 * Says that something may be read now. It only makes sockets quick: whoever is not told finds it by looking, so it is
 * called after the commit and nothing depends on it.
 */
export function wakeWatchers(ctx: Pick<Ctx, 'db' | 'signals'>, news: News): void {
  for (const watcher of watchers.get(ctx.db) ?? []) watcher(news)
  if ('conversation' in news) lookFar(ctx, news.conversation.id)
  else tellFar(ctx, news)
}

function tellFar(ctx: Pick<Ctx, 'signals'>, far: FarNews): void {
  ctx.signals.tell(CHAT_TOPIC, JSON.stringify(far))
}

const looks = new WeakMap<Database, Set<string>>()

/** Those of one transaction are told as one. */
function lookFar(ctx: Pick<Ctx, 'db' | 'signals'>, id: string): void {
  const waiting = looks.get(ctx.db) ?? new Set()
  if (waiting.size === 0)
    setImmediate(() => {
      tellFar(ctx, { look: [...waiting] })
      waiting.clear()
    })
  looks.set(ctx.db, waiting.add(id))
}

/** Hears everything that happens in this process. Answers how to stop. */
export function onNews(db: Database, watcher: Watcher): () => void {
  const known = watchers.get(db) ?? new Set()
  watchers.set(db, known.add(watcher))
  return () => void known.delete(watcher)
}
