import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { deskHouseholds } from '../households'
import { inScope } from '../staff'
import type { CodeView } from './desk-schema'
import { codesOf, scansSince } from './desk-store'
import { firstScanDay, presentCodes, presentHousehold, type Used } from './present-code'

interface Answer {
  household: ReturnType<typeof presentHousehold>
  codes: (CodeView & { used: Used })[]
  days: { day: string; scans: number }[]
}

/** All codes of one household, the newest first, and how they were used. Errors: not_found outside my scope. */
export async function getCode(ctx: Ctx, input: { readonly householdId: string }): Promise<Answer> {
  const household = (await deskHouseholds(ctx, [input.householdId])).get(input.householdId)
  if (!household || !inScope(staffOf(ctx), household)) throw new AppError('not_found')
  const { reader } = ctx.db
  const rows = await codesOf(reader, [household.id])
  const [views, scans] = await Promise.all([
    presentCodes(ctx, rows),
    scansSince(
      reader,
      rows.map(({ id }) => id),
      firstScanDay(ctx.clock.now()),
    ),
  ])
  const days = new Map<string, number>()
  for (const { day, scans: times } of scans) days.set(day, (days.get(day) ?? 0) + times)
  return {
    household: presentHousehold(household),
    codes: rows.flatMap(({ id }) => {
      const view = views.get(id)
      return view ? [{ ...view.code, used: view.used }] : []
    }),
    days: [...days].map(([day, times]) => ({ day, scans: times })),
  }
}
