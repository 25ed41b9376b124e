import { DAY_MS, shanghaiDay } from '../../core/clock'
import type { Ctx } from '../../platforms/context'
import type { DeskHousehold } from '../households'
import { paidByCodes } from '../payments'
import { staffByIds } from '../staff'
import { codeNumber } from './code-number'
import type { CodeView } from './desk-schema'
import { scansSince } from './desk-store'
import type { HouseholdCodeRow } from './entities'

export const SCAN_DAYS = 30

/** The first day that figures of scans are of. */
export const firstScanDay = (now: number): string => shanghaiDay(now - (SCAN_DAYS - 1) * DAY_MS)

export interface Used {
  readonly scans: number
  readonly payments: number
  readonly paidFen: number
}

/** Codes as staff see them, with how they were used. */
export async function presentCodes(
  ctx: Ctx,
  rows: readonly HouseholdCodeRow[],
): Promise<Map<string, { readonly code: CodeView; readonly used: Used }>> {
  const { reader } = ctx.db
  const ids = rows.map(({ id }) => id)
  const [scans, paid, people] = await Promise.all([
    scansSince(reader, ids, firstScanDay(ctx.clock.now())),
    paidByCodes(reader, ids),
    staffByIds(
      reader,
      rows.flatMap((row) => [staffId(row.createdBy), staffId(row.revokedBy)].filter((id) => id !== null)),
    ),
  ])
  const nameOf = (actor: string): string => {
    const id = staffId(actor)
    return id === null ? '系统' : (people.get(id)?.name ?? '已离职')
  }
  return new Map(
    rows.map((row) => {
      const code: CodeView = {
        id: row.id,
        number: codeNumber(row.publicId),
        state: row.state,
        serial: row.serial,
        createdAt: row.createdAt,
        createdBy: nameOf(row.createdBy),
        revokedAt: row.revokedAt,
        revokedBy: row.revokedBy === null ? null : nameOf(row.revokedBy),
        why: row.why,
      }
      const seen = scans.filter(({ codeId }) => codeId === row.id)
      const used: Used = {
        scans: seen.reduce((sum, day) => sum + day.scans, 0),
        payments: paid.get(row.id)?.payments ?? 0,
        paidFen: paid.get(row.id)?.paidFen ?? 0,
      }
      return [row.id, { code, used }]
    }),
  )
}

const staffId = (actor: string | null): string | null => /^staff:(.+)$/.exec(actor ?? '')?.[1] ?? null

export const presentHousehold = (one: DeskHousehold) => ({
  householdId: one.id,
  ownerNameMasked: one.ownerNameMasked,
  accountNoMasked: one.accountNoMasked,
  addressMasked: one.addressMasked,
})
