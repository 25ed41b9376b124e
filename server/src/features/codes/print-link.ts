import { timingSafeEqual } from 'node:crypto'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'

interface PrintLink {
  readonly orderId: string
  readonly fileNo: number
  readonly staffId: string
  readonly untilMs: number
}

/** Where the console fetches printed files. */
export const PRINTED_PATH = '/console/codes/files'

/** An address that is good for one person, one file and a few minutes. */
export function printUrl(ctx: Ctx, link: PrintLink): string {
  return `${PRINTED_PATH}/${link.orderId}-${link.fileNo}?until=${link.untilMs}&sign=${signature(ctx, link)}`
}

/** Errors: not_found for an address of somebody else's or one that was altered, file_link_expired. */
export function checkPrintUrl(
  ctx: Ctx,
  asked: Omit<PrintLink, 'untilMs'>,
  query: Readonly<Record<string, unknown>>,
): void {
  const { until, sign } = query
  if (typeof until !== 'string' || !/^\d{13}$/.test(until)) throw new AppError('not_found')
  const untilMs = Number(until)
  const wanted = Buffer.from(signature(ctx, { ...asked, untilMs }))
  const given = Buffer.from(typeof sign === 'string' ? sign : '')
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new AppError('not_found')
  if (ctx.clock.now() > untilMs) throw new AppError('file_link_expired')
}

const signature = (ctx: Ctx, { orderId, fileNo, staffId, untilMs }: PrintLink): string =>
  ctx.vault.index('printed-file', JSON.stringify([orderId, fileNo, staffId, untilMs]))
