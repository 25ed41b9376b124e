import { companyOf } from '../../core/config/companies'
import { type Ctx, residentOf } from '../../platforms/context'
import { unitOf } from '../tariffs'
import { ownReading } from './own-reading'
import { presentReading } from './present'

/** One reading with what came of it. Errors: not_found. */
export async function getReading(ctx: Ctx, input: { readonly readingId: string }) {
  const { row, isMember } = await ownReading(ctx, residentOf(ctx).id, input.readingId)
  return {
    householdId: row.householdId,
    companyId: row.companyId,
    unit: unitOf(companyOf(ctx, row.companyId)),
    isMember,
    reading: await presentReading(ctx, row, isMember),
  }
}
