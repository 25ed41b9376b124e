import { timingSafeEqual } from 'node:crypto'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'

export type Variant = 'main' | 'thumb'

/** Who may use an address: `resident:<id>`, `staff:<id>`, or whatever a feature calls the holder of a token. */
export interface LinkFacts {
  readonly fileId: string
  readonly variant: Variant
  readonly viewer: string
  readonly untilMs: number
}

/** The query of an address that is good for one viewer, one file and a few minutes. */
export function signLink(ctx: Ctx, facts: LinkFacts): string {
  const { variant, untilMs } = facts
  return `variant=${variant}&until=${untilMs}&sign=${signature(ctx, facts)}`
}

/**
 * The variant that the address names. Errors: `not_found` for an address of somebody else or one that was altered,
 * `file_link_expired` for a right one that is too old.
 */
export function readLink(
  ctx: Ctx,
  asked: {
    readonly fileId: string
    readonly viewer: string
    readonly query: Readonly<Record<string, unknown>>
  },
): Variant {
  const { variant, until, sign } = asked.query
  if (variant !== 'main' && variant !== 'thumb') throw new AppError('not_found')
  if (typeof until !== 'string' || !/^\d{13}$/.test(until)) throw new AppError('not_found')
  const untilMs = Number(until)
  const wanted = signature(ctx, { fileId: asked.fileId, viewer: asked.viewer, variant, untilMs })
  if (typeof sign !== 'string' || !equal(sign, wanted)) throw new AppError('not_found')
  if (ctx.clock.now() > untilMs) throw new AppError('file_link_expired')
  return variant
}

function signature(ctx: Ctx, { fileId, variant, viewer, untilMs }: LinkFacts): string {
  return ctx.vault.index('file-link', JSON.stringify([fileId, variant, viewer, untilMs]))
}

function equal(given: string, wanted: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(wanted)
  return a.length === b.length && timingSafeEqual(a, b)
}
