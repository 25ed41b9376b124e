import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { readByLink } from './read-by-link'
import { findRequestFile, findStep } from './step-store'

/** Lets the holder of a follow-link see a file of that request, and of no internal line. Errors: not_found. */
export async function readLinkAttachment(
  ctx: Ctx,
  asked: { readonly requestId: string; readonly fileId: string; readonly token: string },
): Promise<void> {
  const row = await readByLink(ctx, asked)
  const link = row.id === asked.requestId ? await findRequestFile(ctx.db.reader, row.id, asked.fileId) : null
  const step = link === null ? null : await findStep(ctx.db.reader, link.stepId)
  if (step?.internal !== 0) throw new AppError('not_found', { detail: 'no such file behind the link' })
}
