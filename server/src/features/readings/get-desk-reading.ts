import { type Ctx, staffOf } from '../../platforms/context'
import { filesByIds, presentFile } from '../files'
import { assertSeen } from './desk-scope'
import { readMeter } from './gather-meters'
import { officialReads } from './list-history'
import { photoPath } from './present'
import { presentDeskReading } from './present-desk'
import { findReading, readingsOfMeter } from './store'

const REPORTED = 24

/** One reading with its photo beside two years of history. Errors: not_found outside my scope. */
export async function getDeskReading(ctx: Ctx, input: { readonly readingId: string }) {
  const { reader } = ctx.db
  const row = assertSeen(staffOf(ctx), await findReading(reader, input.readingId))
  const [known, reported, files] = await Promise.all([
    readMeter(ctx, row.householdId),
    readingsOfMeter(reader, row.meterId, REPORTED),
    filesByIds(reader, row.fileId === null ? [] : [row.fileId]),
  ])
  const file = row.fileId === null ? undefined : files.get(row.fileId)
  return {
    reading: await presentDeskReading(ctx, row),
    photo: file ? presentFile(ctx, file, { path: photoPath(row.id) }) : null,
    official: officialReads(known?.bills ?? []),
    reported: reported.map(({ id, period, value, correctedValue, state, readAt }) => ({
      id,
      period,
      value: correctedValue ?? value,
      state,
      readAt,
    })),
    integerDigits: known?.meter.integerDigits ?? row.value.split('.')[0]?.length ?? 5,
    decimals: known?.meter.decimals ?? 0,
  }
}
