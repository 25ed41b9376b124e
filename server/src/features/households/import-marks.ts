import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import type { CoreCtx } from '../../core/context'
import { inTransaction } from '../../core/db/database'
import type { HouseholdMarkRow } from './entities'
import { saveMark } from './mark-store'
import { findByAccountNos } from './store'

export interface ImportedMarks {
  readonly marked: number
  /** Account numbers that are no household of the company; at most a hundred. */
  readonly unknown: readonly string[]
  readonly unknownCount: number
}

const BATCH = 500
const UNKNOWN_SHOWN = 100

/**
 * Marks the customers of a company's list: a CSV whose first column is the account number and whose second one, where
 * there is one, says why. A first line without a number is a heading. The same list again changes nothing but the time.
 */
export async function importMarks(
  ctx: CoreCtx,
  of: { readonly companyId: string; readonly mark: HouseholdMarkRow['mark']; readonly path: string },
): Promise<ImportedMarks> {
  const unknown: string[] = []
  let [marked, unknownCount] = [0, 0]
  const save = async (notes: ReadonlyMap<string, string>): Promise<void> => {
    if (notes.size === 0) return
    const known = await findByAccountNos(ctx.db.reader, of.companyId, [...notes.keys()])
    const strangers = [...notes.keys()].filter((accountNo) => !known.has(accountNo))
    unknownCount += strangers.length
    unknown.push(...strangers.slice(0, UNKNOWN_SHOWN - unknown.length))
    marked += known.size
    const at = ctx.clock.now()
    await inTransaction(ctx, async (tx) => {
      for (const { id, accountNo } of known.values()) {
        const note = notes.get(accountNo) ?? ''
        await saveMark(tx, { householdId: id, mark: of.mark, note, byStaff: null, at, until: null })
      }
    })
  }
  let batch = new Map<string, string>()
  const records = createReadStream(of.path).pipe(
    parse({ bom: true, relax_column_count: true, skip_empty_lines: true, trim: true }),
  )
  for await (const record of records as AsyncIterable<string[]>) {
    const [accountNo = '', note = ''] = record
    if (!/^\d{4,20}$/.test(accountNo)) continue
    batch.set(accountNo, note.slice(0, 100))
    if (batch.size < BATCH) continue
    await save(batch)
    batch = new Map()
  }
  await save(batch)
  return { marked, unknown, unknownCount }
}
