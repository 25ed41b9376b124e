import type { Ctx } from '../../platforms/context'
import { expireFiles, type KeepRule } from '../files'
import type { ReadingRow } from './entities'
import { readingsByIds } from './store'

const CLAIM = 'reading:'

/**
 * Deletes photos of meters when their time is over: two years of history stand beside a doubtful reading, and nobody
 * looks at a photo after that. A reading that still waits for a person, or for its bill, keeps its photo.
 */
export async function expirePhotos(ctx: Ctx, stopping?: AbortSignal): Promise<number> {
  const { keepPhotoDays } = ctx.config.readings
  const rule: KeepRule = async (claims) => {
    const ids = claims.flatMap((claim) => (claim.startsWith(CLAIM) ? [claim.slice(CLAIM.length)] : []))
    const rows = await readingsByIds(ctx.db.reader, ids)
    return new Map(
      rows.map((row) => [
        `${CLAIM}${row.id}`,
        isOpen(row) ? null : { fromMs: Number(row.readAt), days: keepPhotoDays },
      ]),
    )
  }
  const deleted = await expireFiles(ctx, { claims: CLAIM, leastDays: keepPhotoDays, rule }, stopping)
  if (deleted > 0) ctx.log.info({ deleted }, 'readings.photos-expired')
  return deleted
}

const isOpen = (row: ReadingRow): boolean => row.state === 'doubtful' || row.joinState === 'waiting'
