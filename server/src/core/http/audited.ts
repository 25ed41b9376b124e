import { type AuditEntry, type AuditRow, closeAudit, openAudit, recordAudit } from '../audit'
import type { CoreCtx } from '../context'
import { inTransaction } from '../db/database'
import { isAppError } from '../errors'
import type { Operation } from './operation'

interface Called {
  readonly name: string
  readonly operation: Operation
}

/** Every write of somebody at work, and no read. */
function isAudited(ctx: CoreCtx, { operation }: Called): boolean {
  return ctx.staff !== null && operation.method === 'POST' && operation.isPulse !== true
}

/** A write that is turned away before it begins (403, 422, 429) leaves its one row, too. */
export async function auditedAdmission<T>(ctx: CoreCtx, called: Called, admit: () => Promise<T>): Promise<T> {
  try {
    return await admit()
  } catch (error) {
    if (isAudited(ctx, called))
      await inTransaction(ctx, (tx) =>
        recordAudit(tx, ctx, { action: called.name, object: NOTHING, outcome: outcomeOf(error) }),
      )
    throw error
  }
}

/**
 * Runs a write of somebody at work between the two halves of its audit row. The row is there before the act begins,
 * so no act happens unseen: when it cannot be written, nothing is done. When the second half is lost, the row is
 * closed as `unknown` a minute later.
 */
export async function audited<T>(
  ctx: CoreCtx,
  called: Called,
  input: unknown,
  run: (onRepeat: () => void) => Promise<T>,
): Promise<T> {
  if (!isAudited(ctx, called)) return run(() => undefined)
  const opened = await inTransaction(ctx, (tx) => openAudit(tx, ctx, entryOf(called, input)))
  let success = 'done'
  try {
    const answer = await run(() => {
      success = 'repeated'
    })
    await close(ctx, opened, {
      outcome: success,
      object: opened.object === NOTHING ? nounOf(answer) : undefined,
    })
    return answer
  } catch (error) {
    await close(ctx, opened, { outcome: outcomeOf(error) })
    throw error
  }
}

async function close(
  ctx: CoreCtx,
  opened: AuditRow,
  end: { readonly outcome: string; readonly object?: string | undefined },
): Promise<void> {
  try {
    const closed = await inTransaction(ctx, (tx) => closeAudit(tx, ctx, opened, end))
    if (!closed) ctx.log.warn({ action: opened.action, ...end }, 'audit.closed-too-late')
  } catch (error) {
    // What was asked for has happened, or has not; failing now would only tell the wrong one of the two.
    ctx.log.error({ err: error, action: opened.action, ...end }, 'audit.not-closed')
  }
}

function outcomeOf(error: unknown): string {
  return isAppError(error) ? error.code : 'internal'
}

const NOTHING = '-'

/** Fields that name what is acted upon, the one that says most first. */
const OBJECTS: readonly (readonly [field: string, noun: string])[] = [
  ['requestId', 'request'],
  ['noticeId', 'notice'],
  ['suggestionId', 'suggestion'],
  ['parentId', 'request'],
  ['staffId', 'staff'],
  ['teamId', 'team'],
  ['sessionId', 'session'],
  ['viewId', 'view'],
  ['templateId', 'template'],
  ['fileId', 'file'],
  ['companyId', 'company'],
]

function entryOf(called: Called, input: unknown): AuditEntry {
  const fields = typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {}
  const named = OBJECTS.find(([field]) => typeof fields[field] === 'string')
  const kept = (called.operation.audits ?? []).flatMap((field): [string, unknown][] =>
    fields[field] === undefined ? [] : [[field, fields[field]]],
  )
  return {
    action: called.name,
    object: named ? `${named[1]}:${String(fields[named[0]])}` : NOTHING,
    ...(kept.length === 0 ? {} : { detail: Object.fromEntries(kept) }),
  }
}

/** What was made has its id in the answer only: `{ account: { id } }` is `account:<id>`. */
function nounOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined
  for (const [noun, value] of Object.entries(answer))
    if (typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string')
      return `${noun === 'account' ? 'staff' : noun}:${value.id}`
  return undefined
}
