import type { Pool, RowDataPacket } from 'mysql2/promise'
import { until } from '../../scripts/processes'
import { say } from './result'

/** Of a hundred requests so many are still open: about a week's worth in three years. */
const OPEN_PERCENT = 2
const SPREAD_MS = 3 * 365 * 86_400_000
const STEP = 100_000

/** Two real requests, made through the portal, that all the others are copies of. */
export interface Patterns {
  readonly openId: string
  readonly closedId: string
}

export interface People {
  readonly teamIds: readonly string[]
  readonly workerIds: readonly string[]
}

/**
 * Fills the tables of requests up to `total` with copies of real ones: other numbers, homes, people and times, spread
 * over three years; with their steps and clocks, so that every index is as large as it would be.
 */
export async function growRequests(
  pool: Pool,
  patterns: Patterns,
  people: People,
  total: number,
): Promise<void> {
  const started = Date.now()
  for (let first = 1; first <= total; first += STEP) {
    const last = Math.min(total, first + STEP - 1)
    for (const pattern of ['open', 'closed'] as const) {
      const part: Part = { first, last, total, pattern, id: patterns[`${pattern}Id`] }
      await copyRows(pool, 'request', part, requestColumns(part, people))
      for (const table of ['request_step', 'request_clock'])
        await copyRows(pool, table, part, {
          id: "CONCAT(LPAD(seq, 20, '0'), LPAD(t.place, 6, '0'))",
          requestId: NEW_ID,
          ...(table === 'request_clock' ? { nextStep: 'NULL', nextStepAt: 'NULL' } : {}),
        })
    }
  }
  for (const table of ['request', 'request_step', 'request_clock']) await pool.query(`ANALYZE TABLE ${table}`)
  await untilWritten(pool)
  say(`${total} requests made in ${((Date.now() - started) / 1000).toFixed(0)} s`)
}

const FLUSH_WAIT_MS = 180_000

/** What the growth left in memory is on the disk before anything is measured: it would be written in between. */
export async function untilWritten(pool: Pool): Promise<void> {
  await pool.query('SET GLOBAL innodb_max_dirty_pages_pct = 0')
  const dirty = async (): Promise<number> => {
    const [rows] = await pool.query<RowDataPacket[]>(
      "SHOW GLOBAL STATUS LIKE 'Innodb_buffer_pool_pages_dirty'",
    )
    return Number(rows[0]?.['Value'])
  }
  await until(async () => (await dirty()) < 2_000, {
    timeoutMs: FLUSH_WAIT_MS,
    everyMs: 500,
    timedOut: () => 'MariaDB did not write its pages in three minutes',
  })
  await pool.query('SET GLOBAL innodb_max_dirty_pages_pct = 90')
}

interface Part {
  readonly first: number
  readonly last: number
  readonly total: number
  readonly pattern: 'open' | 'closed'
  readonly id: string
}

/** Sorts before every id that the portal makes from today on, as old requests do. */
const NEW_ID = "LPAD(seq, 26, '0')"

function requestColumns({ total, pattern }: Part, { teamIds, workerIds }: People): Record<string, string> {
  const now = Date.now()
  const at = `FLOOR(${now} - (${total} - seq) * ${SPREAD_MS / total})`
  const oneOf = (ids: readonly string[]): string =>
    `ELT(1 + seq % ${ids.length}, ${ids.map((id) => `'${id}'`).join(', ')})`
  return {
    id: NEW_ID,
    number: "CONCAT('BX0', LPAD(seq, 14, '0'))",
    residentId: "LPAD(FLOOR(seq / 3), 26, '0')",
    householdId: "LPAD(FLOOR(seq / 2), 26, '0')",
    areaId: "LPAD(seq % 20000, 26, '0')",
    latE6: '(seq * 7919) % 90000000',
    phoneIndex: "SHA2(CONCAT('phone', FLOOR(seq / 3)), 256)",
    phoneTailIndex: "SHA2(CONCAT('tail', seq % 10000), 256)",
    teamId: oneOf(teamIds),
    assigneeId: oneOf(workerIds),
    answerBy: 'NULL',
    followTokenHash: 'NULL',
    wake: 'NULL',
    wakeAt: 'NULL',
    createdAt: at,
    updatedAt: at,
    ...(pattern === 'open' ? { nextDueAt: `${now} + (seq * 7919) % 86400000 - 3600000` } : {}),
  }
}

async function copyRows(
  pool: Pool,
  table: string,
  part: Part,
  changed: Readonly<Record<string, string>>,
): Promise<void> {
  const [rows] = await pool.query<RowDataPacket[]>(`SHOW COLUMNS FROM ${table}`)
  const columns = rows.map((row) => String(row['Field']))
  const own = table === 'request' ? 'id' : 'requestId'
  const wanted = `seq % 100 ${part.pattern === 'open' ? '<' : '>='} ${OPEN_PERCENT}`
  await pool.query(
    `INSERT INTO ${table} (${columns.join(', ')})
     SELECT ${columns.map((name) => changed[name] ?? `t.${name}`).join(', ')}
     FROM seq_${part.first}_to_${part.last}
     JOIN (SELECT p.*, ROW_NUMBER() OVER (ORDER BY p.id) AS place FROM ${table} AS p WHERE p.${own} = ?) AS t
     WHERE ${wanted}`,
    [part.id],
  )
}
