import type { SignedInStaff } from '../../core/context'
import type { CompanyConfig } from '../../core/config/companies'
import { readingRulesOf } from '../../core/config/readings'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { inScope } from '../staff'
import type { ReadingRow } from './entities'

/** Of my companies the one that is asked for, or the first whose households report. Errors: not_found out of scope. */
export function deskCompany(ctx: Ctx, companyId: string | undefined): CompanyConfig {
  const staff = staffOf(ctx)
  const mine = ctx.config.companies.filter(({ id }) => staff.companies?.includes(id) ?? true)
  const found =
    companyId === undefined
      ? (mine.find((one) => readingRulesOf(ctx.config, one).readBy === 'household') ?? mine[0])
      : mine.find(({ id }) => id === companyId)
  if (found === undefined) throw new AppError('not_found', { detail: 'company out of scope' })
  return found
}

/** Errors: not_found outside my scope. */
export function assertSeen(staff: SignedInStaff, row: ReadingRow | null): ReadingRow {
  if (row === null || !inScope(staff, row))
    throw new AppError('not_found', { detail: 'reading out of scope' })
  return row
}
