import { createReadStream } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { parse } from 'csv-parse'
import { createPool } from 'mysql2/promise'
import type { ImportTask } from './lib/import-task'

/**
 * What the real import is measured beside: the same file through the same csv-parse, written batch by batch with the
 * bare driver, one transaction a batch, as many rows a batch as the import takes. Two of them:
 *
 * `floor` writes the rows that an import writes, as the floor of `bench callback` does: for each record one household
 * and one bill, into tables of the very same columns and indexes. Nothing is judged, sealed, looked up or compared:
 * the cells go in as they stand in the file, and columns that the file does not have get a constant as long as the
 * real value. It writes every record; the import refuses some in a hundred.
 *
 * `one-table` writes the nineteen cells into a single table that has no index but its number. No importer of ours
 * could work with that table, which is why it sets no target; it is measured to show how far away it is.
 */

const BATCH = 1000
const CELLS = 19

type Value = string | number | null
interface Target {
  readonly name: string
  readonly columns: readonly string[]
  row(cells: readonly string[], number: number): Value[]
}
interface Writer {
  write(target: Target, values: readonly Value[], rows: number): Promise<void>
  begin(): Promise<void>
  commit(): Promise<void>
  close(): Promise<void>
}

const id = (number: number): string => String(number).padStart(26, '0')
const accountNo = (number: number): string => String(number).padStart(10, '0')
/** As far from its neighbours as a keyed hash is, so that the index on it costs the same. */
const phoneIndex = (number: number): string =>
  (Math.imul(number, 2_654_435_761) >>> 0).toString(16).padStart(8, '0').repeat(8)
const AREA = id(0)
const TITLE = '2026年10月燃气费'
const DUE_ON = '2026-11-20'
const SOURCE = '鹏燃客户信息系统'
// As long as what the import puts there: a sealed name with its phone number, and blind indexes.
const SEALED = 's'.repeat(78)
const INDEX = 'f'.repeat(64)
const AT = 1_793_000_000_000
/** The reading, the meter and the tiers, as long as the import's own note of them. */
const DETAIL = 'd'.repeat(298)

const household: Target = {
  name: 'household',
  columns: (
    'id,companyId,accountNo,ownerSealed,phoneTailIndex,phoneIndex,factsIndex,community,addressText,shortAddress,placeId,' +
    'supplyId,createdAt,updatedAt'
  ).split(','),
  // biome-ignore format: in the order of the columns above
  row: ([, , , address = '', area = ''], number) => [
    id(number), 'gas', accountNo(number), SEALED, INDEX, phoneIndex(number), INDEX, area, address, address, AREA,
    AREA, AT, AT,
  ],
}

const bill: Target = {
  name: 'bill',
  columns: (
    'id,companyId,householdId,accountNo,kind,period,title,amountFen,lateFeeFen,paidFen,state,dueOn,comparedFen,' +
    'detail,asOf,sourceName,version,heldByPaymentId,heldByResidentId,heldAt,createdAt,updatedAt'
  ).split(','),
  // biome-ignore format: in the order of the columns above
  row: (cells, number) => [
    id(number), 'gas', id(number), accountNo(number), 'gas', '2026-10', TITLE, 8525, 0, 0, 'open', DUE_ON, cells[13] ?? '',
    DETAIL, AT, SOURCE, 1, null, null, null, AT, AT,
  ],
}

const oneTable: Target = {
  name: 'one_table',
  columns: Array.from({ length: CELLS }, (_, index) => `c${index}`),
  row: (cells) => Array.from({ length: CELLS }, (_, index) => cells[index] ?? ''),
}
const ONE_TABLE = `CREATE TABLE one_table (id INTEGER PRIMARY KEY AUTO_INCREMENT, ${oneTable.columns.map((name) => `${name} VARCHAR(200)`).join(', ')})`

/** Rows a second. The real import has run once in the same database, since its tables are the pattern. */
export async function parseAndInsert(task: ImportTask): Promise<number> {
  const targets = task.kind === 'one-table' ? [oneTable] : [household, bill]
  const writer = task.engine === 'sqlite' ? intoSqlite(task) : await intoMariadb(task)
  const started = performance.now()
  let rows = 0
  let batch: string[][] = []
  const flush = async (): Promise<void> => {
    await writer.begin()
    for (const target of targets) {
      const values: Value[] = []
      for (const [index, cells] of batch.entries()) values.push(...target.row(cells, rows + index))
      await writer.write(target, values, batch.length)
    }
    await writer.commit()
    rows += batch.length
    batch = []
  }
  const records = createReadStream(task.file).pipe(
    parse({ bom: true, from_line: 2, relax_column_count: true, relax_quotes: true }),
  )
  for await (const record of records as AsyncIterable<string[]>) {
    batch.push(record)
    if (batch.length === BATCH) await flush()
  }
  if (batch.length > 0) await flush()
  const perSecond = rows / ((performance.now() - started) / 1000)
  await writer.close()
  return perSecond
}

function insertSql({ name, columns }: Target, prefix: string, rows: number): string {
  const row = `(${columns.map(() => '?').join(',')})`
  return `INSERT INTO ${prefix}${name} (${columns.join(',')}) VALUES ${row}${`,${row}`.repeat(rows - 1)}`
}

function intoSqlite(task: ImportTask): Writer {
  const db = new BetterSqlite3(task.sqliteFile)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  for (const table of ['household', 'bill', 'one_table']) db.exec(`DROP TABLE IF EXISTS ${table}`)
  db.exec(ONE_TABLE.replace('AUTO_INCREMENT', 'AUTOINCREMENT'))
  const pattern = new BetterSqlite3(task.patternFile, { readonly: true })
  const made = pattern
    .prepare<[], { sql: string }>(
      "SELECT sql FROM sqlite_master WHERE tbl_name IN ('household', 'bill') AND sql IS NOT NULL ORDER BY type DESC",
    )
    .all()
  pattern.close()
  for (const { sql } of made) db.exec(sql)
  const statements = new Map<string, BetterSqlite3.Statement>()
  return {
    begin: async () => void db.exec('BEGIN IMMEDIATE'),
    write: async (target, values, rows) => {
      const sql = insertSql(target, '', rows)
      const statement = statements.get(sql) ?? db.prepare(sql)
      statements.set(sql, statement)
      statement.run([...values])
    },
    commit: async () => void db.exec('COMMIT'),
    close: async () => void db.close(),
  }
}

async function intoMariadb(task: ImportTask): Promise<Writer> {
  const pool = createPool({
    host: '127.0.0.1',
    port: task.mariadbPort,
    user: 'root',
    database: task.database,
  })
  for (const table of ['household', 'bill', 'one_table'])
    await pool.query(`DROP TABLE IF EXISTS bare_${table}`)
  await pool.query(ONE_TABLE.replace('one_table', 'bare_one_table'))
  for (const table of ['household', 'bill']) await pool.query(`CREATE TABLE bare_${table} LIKE ${table}`)
  const connection = await pool.getConnection()
  return {
    begin: () => connection.beginTransaction(),
    write: async (target, values, rows) => {
      await connection.query(insertSql(target, 'bare_', rows), [...values])
    },
    commit: () => connection.commit(),
    close: async () => {
      connection.release()
      await pool.end()
    },
  }
}
