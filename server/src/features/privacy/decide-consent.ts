import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { keepConsent, residentAliases } from '../identity'
import { presentPurpose } from './present'
import type { Mine } from './schema'

/**
 * Keeps a yes or a no to one purpose. A yes must be to the text of today, because another one was not read. A no is
 * taken to any version, so that withdrawing never asks for more than giving. Errors: not_found, consent_changed.
 */
export async function decideConsent(
  ctx: Ctx,
  input: {
    readonly purpose: string
    readonly version: string
    readonly granted: boolean
    readonly clientVersion: string
  },
): Promise<Mine['purposes'][number]> {
  const resident = residentOf(ctx)
  const purpose = ctx.config.privacy.purposes.find(({ id }) => id === input.purpose)
  if (purpose === undefined) throw new AppError('not_found', { detail: `purpose ${input.purpose}` })
  if (input.granted && input.version !== purpose.version) throw new AppError('consent_changed')
  await inTransaction(ctx, async (tx) => {
    await keepConsent(tx, ctx, resident, { ...input, purpose })
    await recordAudit(tx, ctx, {
      action: 'privacy.decideConsent',
      object: `resident:${resident.id}`,
      detail: { purpose: purpose.id, version: purpose.version, granted: input.granted },
    })
  })
  return presentPurpose(ctx, await residentAliases(ctx.db.reader, resident.id), purpose)
}
