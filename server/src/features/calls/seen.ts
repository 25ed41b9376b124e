import type { SignedInStaff } from '../../core/context'
import { AppError } from '../../core/errors'
import { inScope } from '../staff'
import type { CallRow } from './entities'

/** A call is seen by those of its company and area, and by whoever answers it, wherever the caller lives. */
export function seesCall(staff: SignedInStaff, row: CallRow): boolean {
  const isMine = row.agentId === staff.id && (staff.companies?.includes(row.companyId) ?? true)
  return isMine || inScope(staff, row)
}

/** Errors: not_found outside my scope. */
export function assertSeen(staff: SignedInStaff, row: CallRow | null): CallRow {
  if (row === null || !seesCall(staff, row)) throw new AppError('not_found')
  return row
}
