import type { Database, Tx } from '../../core/db/database'
import { Gathering } from '../../core/db/gathered'
import type { Ctx } from '../../platforms/context'
import { type Added, messageOf, type Said } from './append-message'
import type { ConversationRow } from './entities'
import { type Looker, mayRead } from './looker'
import { conversationsByIds, insertMessages, saveSpoken, withChanges } from './store'
import { wakeWatchers } from './wake'

/** Something that somebody says in a conversation. */
export interface Saying {
  readonly ctx: Ctx
  readonly looker: Looker
  readonly conversationId: string
  /** What it is in this conversation; null where more is to be asked first, so that it is said alone. */
  saidIn(conversation: ConversationRow): Said | null
  /** Written with it where it is new. */
  alongside(tx: Tx, added: Added): Promise<void>
  /** The same with everything that may be refused. */
  alone(tx: Tx): Promise<Added>
}

/**
 * Says it, together with whatever else is being said: one statement locks the conversations of all, one adds the
 * messages, one changes the conversations. Errors: those of its `alone`.
 */
export function say(saying: Saying): Promise<Added> {
  return gatheringOf(saying.ctx.db).add(saying.conversationId, saying)
}

const gatherings = new WeakMap<Database, Gathering<Saying, Added>>()

function gatheringOf(db: Database): Gathering<Saying, Added> {
  const known = gatherings.get(db)
  if (known) return known
  const made = new Gathering<Saying, Added>(db, {
    together: sayTogether,
    alone: (tx, saying) => saying.alone(tx),
  })
  gatherings.set(db, made)
  return made
}

async function sayTogether(tx: Tx, sayings: readonly Saying[]): Promise<(Added | null)[]> {
  const ids = [...new Set(sayings.map(({ conversationId }) => conversationId))]
  const rows = await conversationsByIds(tx, ids, tx.forUpdate)
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
  const added = answers.filter((answer) => answer !== null)
  if (added.length === 0) return answers
  await insertMessages(
    tx,
    added.map(({ message }) => message),
  )
  await saveSpoken(
    tx,
    [...changed].flatMap((id) => rows.get(id) ?? []),
  )
  for (const [at, saying] of sayings.entries()) {
    const answer = answers[at]
    if (!answer) continue
    await saying.alongside(tx, answer)
    const { conversation, message } = answer
    tx.afterCommit(() => wakeWatchers(saying.ctx, { conversation, message, changed: [] }))
  }
  return answers
}
