import { type AuditEntry, recordAudits } from '../../core/audit'
import { type Database, inTransaction, type Tx } from '../../core/db/database'
import { Gathering } from '../../core/db/gathered'
import { isAppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { type Added, messageOf, type Said } from './append-message'
import type { ConversationRow } from './entities'
import { type Looker, mayRead } from './looker'
import { conversationsByIds, insertMessages, saveSpoken, withChanges } from './store'
import { onNews, wakeWatchers } from './wake'

/** Something that somebody says in a conversation. */
export interface Saying {
  readonly ctx: Ctx
  readonly looker: Looker
  readonly conversationId: string
  /** What it is in this conversation; null where more is to be asked first, so that it is said alone. */
  saidIn(conversation: ConversationRow): Said | null
  /** What the audit says of it where it is new. */
  readonly audit: AuditEntry | null
  /** Written with it where it is new. */
  alongside(tx: Tx, added: Added): Promise<void>
  /** The same with everything that may be refused. */
  alone(tx: Tx): Promise<Added>
}

/**
 * Says it, together with whatever else is being said: one statement changes the conversations of all and so locks them,
 * one adds the messages. Errors: those of its `alone`.
 */
export function say(saying: Saying): Promise<Added> {
  return gatheringOf(saying.ctx.db).add(saying)
}

const gatherings = new WeakMap<Database, Gathering<Saying, Added>>()

function gatheringOf(db: Database): Gathering<Saying, Added> {
  const known = gatherings.get(db)
  if (known) return known
  const rows = rowsOf(db)
  const made = new Gathering<Saying, Added>({
    keyOf: ({ conversationId }) => conversationId,
    together: async (take) => {
      const attempt = () => inTransaction({ db }, (tx) => sayTogether(tx, take(), rows))
      try {
        return await attempt()
      } catch (error) {
        if (!isAppError(error, 'conversation_changed')) throw error
        // Another process was faster with one of them: all are looked at.
        for (const { conversationId } of take()) rows.delete(conversationId)
        return attempt()
      }
    },
    alone: (saying) => inTransaction({ db }, (tx) => saying.alone(tx)),
  })
  gatherings.set(db, made)
  return made
}

const ROWS_MAX = 10_000

/** Conversations as this process committed them last, so that the next message need not read them again. */
function rowsOf(db: Database): Map<string, ConversationRow> {
  const rows = new Map<string, ConversationRow>()
  onNews(db, (news) => {
    if (!('conversation' in news)) return
    const { conversation } = news
    if ((rows.get(conversation.id)?.version ?? 0) > conversation.version) return
    // Again at the end, for the oldest go first.
    rows.delete(conversation.id)
    rows.set(conversation.id, conversation)
    const oldest = rows.size > ROWS_MAX ? rows.keys().next().value : undefined
    if (oldest !== undefined) rows.delete(oldest)
  })
  return rows
}

async function sayTogether(
  tx: Tx,
  sayings: readonly Saying[],
  known: ReadonlyMap<string, ConversationRow>,
): Promise<(Added | null)[]> {
  const rows = await conversationsOf(tx, sayings, known)
  const versions = new Map([...rows].map(([id, { version }]) => [id, version]))
  // What comes behind something that is said alone comes behind it here as well.
  const held = new Set<string>()
  const changed = new Set<string>()
  const answers = sayings.map((saying): Added | null => {
    const { ctx, looker, conversationId } = saying
    const row = rows.get(conversationId)
    const isPlain = row?.channel === 'app' && !held.has(conversationId) && mayRead(looker, row)
    const said = isPlain ? saying.saidIn(row) : null
    if (!row || said === null) {
      held.add(conversationId)
      return null
    }
    const { message, changes } = messageOf(ctx, row, said)
    const conversation = withChanges(ctx, row, changes)
    rows.set(conversationId, conversation)
    changed.add(conversationId)
    return { message, conversation, isRepeat: false }
  })
  if (changed.size === 0) return answers
  // First, because it locks them and knows whether they are still as they were known.
  await saveSpoken(
    tx,
    [...changed].flatMap((id) => rows.get(id) ?? []),
    versions,
  )
  await writeWith(tx, sayings, answers)
  return answers
}

/** What this process knows, and under their locks those that it does not. */
async function conversationsOf(
  tx: Tx,
  sayings: readonly Saying[],
  known: ReadonlyMap<string, ConversationRow>,
): Promise<Map<string, ConversationRow>> {
  const ids = [...new Set(sayings.map(({ conversationId }) => conversationId))]
  const unknown = ids.filter((id) => !known.has(id))
  const rows = await conversationsByIds(tx, unknown, tx.forUpdate)
  for (const id of ids) {
    const row = known.get(id)
    if (row) rows.set(id, row)
  }
  return rows
}

async function writeWith(
  tx: Tx,
  sayings: readonly Saying[],
  answers: readonly (Added | null)[],
): Promise<void> {
  const said = sayings.flatMap((saying, at) => {
    const added = answers[at] ?? null
    return added === null ? [] : [{ saying, added }]
  })
  await insertMessages(
    tx,
    said.map(({ added }) => added.message),
  )
  await recordAudits(
    tx,
    said.flatMap(({ saying: { ctx, audit } }) => (audit === null ? [] : [{ ctx, entry: audit }])),
  )
  for (const { saying, added } of said) {
    await saying.alongside(tx, added)
    const { conversation, message } = added
    tx.afterCommit(() => wakeWatchers(saying.ctx, { conversation, message, changed: [] }))
  }
}
