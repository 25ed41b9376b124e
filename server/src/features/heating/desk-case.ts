import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { inScope } from '../staff'
import type { CaseRow } from './entities'

/** Errors: not_found, whether it does not exist or is another's: nobody learns which. */
export function assertSeen<Row extends { companyId: string; areaPath: string }>(
  ctx: Ctx,
  row: Row | null,
): Row {
  if (row === null || !inScope(staffOf(ctx), row)) throw new AppError('not_found', { detail: 'out of scope' })
  return row
}

/** Whether the resident has said nothing to the sum that stands for as long as is waited. */
export function isSilent(ctx: Pick<Ctx, 'clock'>, row: CaseRow, silentMs: number): boolean {
  return row.state === 'final' && row.finalAt !== null && ctx.clock.now() >= row.finalAt + silentMs
}

/** The company asked for, or the first of mine. Errors: not_found out of scope. */
export function companyAsked(ctx: Ctx, companyId: string | undefined): string {
  const { companies } = staffOf(ctx)
  const found =
    companyId ?? Object.keys(ctx.config.heating.companies).find((id) => companies?.includes(id) ?? true)
  if (found === undefined || companies?.includes(found) === false)
    throw new AppError('not_found', { detail: 'company out of scope' })
  return found
}

/** Errors: invalid_input for a cursor that is not ours. */
export function idCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null
  if (!/^[0-9A-Z]{26}$/.test(cursor)) throw new AppError('invalid_input')
  return cursor
}
