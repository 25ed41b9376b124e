import { isDuplicate, placeholders, type Reader, type Tx } from '../../core/db/database'
import { type TallyRow, tallyTable } from './entities'

type TallyKey = Omit<TallyRow, 'n' | 'costFen'>

/** Sums what one transaction counts, so that each row of the tally is touched once, in one order, and last. */
export class Tally {
  private readonly rows = new Map<string, TallyRow>()

  add(key: TallyKey, n: number, costFen = 0): void {
    const name = `${key.day}|${key.companyId}|${key.template}|${key.bulkId}|${key.channel}|${key.state}`
    const known = this.rows.get(name)
    if (known) {
      known.n += n
      known.costFen += costFen
    } else this.rows.set(name, { ...key, n, costFen })
  }

  /** Writes the sums. Two processes take the rows in the same order, so neither waits for the other for ever. */
  async save(tx: Tx): Promise<void> {
    const inOrder = [...this.rows].sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [, row] of inOrder) if (row.n !== 0 || row.costFen !== 0) await addTally(tx, row)
  }
}

async function addTally(tx: Tx, row: TallyRow): Promise<void> {
  const add = (): Promise<number> =>
    tx.execute(
      `UPDATE message_tally SET n = n + ?, costFen = costFen + ?
        WHERE day = ? AND companyId = ? AND template = ? AND bulkId = ? AND channel = ? AND state = ?`,
      [row.n, row.costFen, row.day, row.companyId, row.template, row.bulkId, row.channel, row.state],
    )
  if ((await add()) > 0) return
  try {
    await tx.insert(tallyTable, row)
  } catch (error) {
    if (!isDuplicate(error)) throw error
    await add()
  }
}

export function tallyOfBulk(reader: Reader, bulkId: string): Promise<TallyRow[]> {
  return reader.query<TallyRow>('SELECT * FROM message_tally WHERE bulkId = ?', [bulkId])
}

/** Per kind, day and channel, of these companies (null is all of them); the bulks of one kind are added together. */
export function tallyBetween(
  reader: Reader,
  span: { readonly from: string; readonly to: string },
  companies: readonly string[] | null,
): Promise<Omit<TallyRow, 'bulkId'>[]> {
  return reader.query<Omit<TallyRow, 'bulkId'>>(
    `SELECT day, companyId, template, channel, state, SUM(n) AS n, SUM(costFen) AS costFen FROM message_tally
      WHERE day >= ? AND day <= ?
        AND ${companies === null ? '1 = 1' : companies.length === 0 ? '1 = 0' : `companyId IN (${placeholders(companies.length)})`}
      GROUP BY day, companyId, template, channel, state ORDER BY day DESC, companyId, template, channel, state`,
    [span.from, span.to, ...(companies ?? [])],
  )
}
