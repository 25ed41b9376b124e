import { AppError } from '../../core/errors'
import { type Ctx, personOf } from '../../platforms/context'
import { hasConsent } from '../identity'
import { isWorkersWallet } from '../staff'
import { limitsOf } from './policy'
import { type Progress, presentProgress } from './present'
import { promiseFile } from './promise-file'
import type { FileKind } from './schema'

/**
 * Promises a file. The same client id is the same file, however often and from wherever it is sent. A resident's voice
 * is asked for apart from everything else. Errors: file_too_large, consent_needed, file_limit, idempotency_conflict.
 */
export async function beginFile(
  ctx: Ctx,
  input: { readonly clientId: string; readonly kind: FileKind; readonly bytes: number },
): Promise<Progress & { partBytes: number }> {
  const { maxBytes } = limitsOf(ctx, input.kind)
  if (input.bytes > maxBytes)
    throw new AppError('file_too_large', {
      message: `文件不能超过 ${Math.floor(maxBytes / 1_048_576)} MB，请换一个小一点的。`,
    })
  const { kind, id } = personOf(ctx)
  if (kind === 'resident' && input.kind === 'voice') await assertMayRecord(ctx, id)
  const residentId = ctx.resident?.id ?? null
  const channel = kind === 'staff' ? 'staff' : (ctx.resident?.channel ?? '')
  const row = await promiseFile(ctx, { kind, id, residentId, channel }, input)
  if (row.kind !== input.kind || row.declaredBytes !== input.bytes || row.state === 'discarded')
    throw new AppError('idempotency_conflict')
  return { ...(await presentProgress(ctx, row)), partBytes: ctx.config.files.partBytes }
}

/** Whoever records at work does so as the company asks of them. Errors: consent_needed. */
async function assertMayRecord(ctx: Ctx, residentId: string): Promise<void> {
  if (await hasConsent(ctx, residentId, 'voice')) return
  if (!(await isWorkersWallet(ctx.db.reader, residentId))) throw new AppError('consent_needed')
}
