import { createReadStream, readFileSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { parse } from 'csv-parse'
import { createPool } from 'mysql2/promise'
import { openCore } from '../server/src/assemble'
import { systemClock } from '../server/src/core/clock'
import { configFiles, loadConfig } from '../server/src/core/config/load'
import { createLogger } from '../server/src/core/log'
import { importBills } from '../server/src/features/billing'
import { configSchema } from '../server/src/platforms/whole-config'

/** A program of its own: imports one file, really or barely, and prints how many rows a second that was. */
export interface ImportTask {
  readonly kind: 'ours' | 'floor'
  readonly engine: 'sqlite' | 'mariadb'
  readonly file: string
  /** The floor's database. */
  readonly sqliteFile: string
  readonly mariadbPort: number
  readonly database: string
}

const BATCH = 500

async function ours(task: ImportTask): Promise<number> {
  const config = loadConfig(configSchema, configFiles())
  const opened = await openCore(config, { clock: systemClock, log: createLogger('silent') })
  const ctx = { ...opened.core, requestId: 'bench', ip: null, resident: null }
  const started = performance.now()
  const { report } = await importBills(ctx, { companyId: 'gas', path: task.file })
  const seconds = (performance.now() - started) / 1000
  await opened.close()
  return report.rows / seconds
}

async function floor(task: ImportTask): Promise<number> {
  const insert = task.engine === 'sqlite' ? intoSqlite(task) : await intoMariadb(task)
  const started = performance.now()
  let rows = 0
  let batch: string[][] = []
  const records = createReadStream(task.file).pipe(
    parse({ bom: true, from_line: 2, relax_column_count: true, relax_quotes: true }),
  )
  for await (const record of records as AsyncIterable<string[]>) {
    rows += 1
    batch.push(Array.from({ length: 19 }, (_, index) => record[index] ?? ''))
    if (batch.length < BATCH) continue
    await insert.write(batch)
    batch = []
  }
  if (batch.length > 0) await insert.write(batch)
  const perSecond = rows / ((performance.now() - started) / 1000)
  await insert.close()
  return perSecond
}

const columns = Array.from({ length: 19 }, (_, index) => `c${index}`)
const table = `CREATE TABLE bare (id INTEGER PRIMARY KEY ${'AUTO_INCREMENT'}, ${columns.map((name) => `${name} VARCHAR(200)`).join(', ')})`
const values = (rows: number): string =>
  Array.from({ length: rows }, () => `(${columns.map(() => '?').join(',')})`).join(',')

function intoSqlite(task: ImportTask) {
  const db = new BetterSqlite3(task.sqliteFile)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('DROP TABLE IF EXISTS bare')
  db.exec(table.replace('AUTO_INCREMENT', 'AUTOINCREMENT'))
  return {
    write: async (rows: string[][]) => {
      db.prepare(`INSERT INTO bare (${columns.join(',')}) VALUES ${values(rows.length)}`).run(rows.flat())
    },
    close: async () => void db.close(),
  }
}

async function intoMariadb(task: ImportTask) {
  const pool = createPool({
    host: '127.0.0.1',
    port: task.mariadbPort,
    user: 'root',
    database: task.database,
  })
  await pool.query('DROP TABLE IF EXISTS bare')
  await pool.query(table)
  return {
    write: async (rows: string[][]) => {
      await pool.query(`INSERT INTO bare (${columns.join(',')}) VALUES ${values(rows.length)}`, rows.flat())
    },
    close: () => pool.end(),
  }
}

const task = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as ImportTask
;(task.kind === 'ours' ? ours(task) : floor(task)).then(
  (perSecond) => process.stdout.write(String(Math.round(perSecond))),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  },
)
