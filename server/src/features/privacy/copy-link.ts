import { timingSafeEqual } from 'node:crypto'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'

export interface CopyLink {
  readonly copyId: string
  readonly format: 'json' | 'csv'
  readonly untilMs: number
}

/** Where a client fetches a copy; a browser's download carries no header, so the address itself says who may. */
export const COPY_PATH = '/privacy/copies'

/** An address that is good for one file and a few minutes. */
export function copyUrl(ctx: Ctx, link: CopyLink): string {
  return `${COPY_PATH}/${link.copyId}.${link.format}?until=${link.untilMs}&sign=${signature(ctx, link)}`
}

/** Errors: not_found for an address that was altered, copy_gone when its time is over. */
export function checkCopyUrl(
  ctx: Ctx,
  asked: Omit<CopyLink, 'untilMs'>,
  query: Readonly<Record<string, unknown>>,
): void {
  const { until, sign } = query
  if (typeof until !== 'string' || !/^\d{13}$/.test(until)) throw new AppError('not_found')
  const untilMs = Number(until)
  const wanted = Buffer.from(signature(ctx, { ...asked, untilMs }))
  const given = Buffer.from(typeof sign === 'string' ? sign : '')
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new AppError('not_found')
  if (ctx.clock.now() > untilMs) throw new AppError('copy_gone')
}

const signature = (ctx: Ctx, { copyId, format, untilMs }: CopyLink): string =>
  ctx.vault.index('privacy-copy', JSON.stringify([copyId, format, untilMs]))
