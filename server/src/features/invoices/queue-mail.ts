import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { confirmedEmail } from '../notifications'
import type { InvoiceRow } from './entities'
import { insertTask } from './task-store'

/** Where it should go: what was typed, else the confirmed address; null for nowhere. Errors: email_missing. */
export async function mailAddress(
  ctx: Ctx,
  residentIds: readonly string[],
  asked: { readonly email?: string | undefined; readonly toConfirmed: boolean },
): Promise<string | null> {
  if (asked.email !== undefined) return asked.email
  if (!asked.toConfirmed) return null
  const address = await confirmedEmail(ctx, residentIds)
  if (address === null) throw new AppError('email_missing')
  return address
}

/** A mail with the PDF, as soon as the PDF is here. */
export async function queueMail(
  tx: Tx,
  ctx: Ctx,
  { row, to }: { readonly row: InvoiceRow; readonly to: string },
): Promise<void> {
  const id = ctx.ids.next()
  const now = ctx.clock.now()
  await insertTask(tx, {
    id,
    invoiceId: row.id,
    kind: 'mail',
    serial: `M${id}`,
    nextAttemptAt: row.fileName === null ? null : now,
    toSealed: ctx.vault.seal(to),
    createdAt: now,
  })
  if (row.fileName !== null) tx.afterCommit(ctx.wakeJobs)
}
