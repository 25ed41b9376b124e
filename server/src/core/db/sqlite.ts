import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { DataSource, type EntitySchema, type MixedList, type QueryRunner } from 'typeorm'
import { type Database, isRetryable, type Statements, transactionOver, type Tx } from './database'

/**
 * TypeORM begins with a plain BEGIN, under which a reader that turns writer can fail with SQLITE_BUSY_SNAPSHOT.
 * The writer's driver takes the write lock at once instead.
 */
class ImmediateWriter extends BetterSqlite3 {
  override prepare<B extends unknown[] | object = unknown[], R = unknown>(source: string) {
    return super.prepare<B, R>(source === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : source)
  }
}

export interface SqliteOptions {
  readonly file: string
  readonly tables: MixedList<EntitySchema>
  readonly migrations: MixedList<() => unknown>
  /** FULL survives a power cut; NORMAL survives kill -9 only. Money needs FULL. */
  readonly synchronous: 'FULL' | 'NORMAL'
}

/**
 * SQLite as one writer behind a queue and one read-only reader. TypeORM's driver has a single connection whose
 * transactions would otherwise become savepoints of strangers (docs/decisions/0003-two-engines.md).
 */
export async function openSqlite(options: SqliteOptions): Promise<Database> {
  mkdirSync(dirname(options.file), { recursive: true })
  const lock = lockFile(options.file)
  const common = {
    type: 'better-sqlite3',
    database: options.file,
    statementCacheSize: 200,
  } as const
  const writer = new DataSource({
    ...common,
    entities: options.tables,
    driver: ImmediateWriter,
    migrations: options.migrations,
    prepareDatabase: (db: BetterSqlite3.Database) => {
      db.pragma('journal_mode = WAL')
      db.pragma(`synchronous = ${options.synchronous}`)
      db.pragma('foreign_keys = ON')
    },
  })
  await writer.initialize()
  await writer.runMigrations({ transaction: 'each' })
  const reader = new DataSource({
    ...common,
    readonly: true,
    prepareDatabase: (db: BetterSqlite3.Database) => {
      db.pragma('query_only = ON')
    },
  })
  await reader.initialize()

  const transaction = firstComeFirstServed(writer)
  return {
    engine: 'sqlite',
    reader: { engine: 'sqlite', query: (sql, params = []) => reader.query(sql, [...params]) },
    transaction,
    ping: async () => {
      await reader.query('SELECT 1')
    },
    close: async () => {
      await reader.destroy()
      await writer.destroy()
      lock.close()
    },
  }
}

function firstComeFirstServed(writer: DataSource): Database['transaction'] {
  let tail: Promise<unknown> = Promise.resolve()
  const run = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const runner = writer.createQueryRunner()
    await runner.startTransaction()
    const { tx, committed } = transactionOver(statementsOf(runner), 'sqlite')
    let answer: T
    try {
      answer = await work(tx)
      await runner.commitTransaction()
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction()
      throw error
    }
    committed()
    return answer
  }
  return <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const turn = tail.then(() => withRetry(() => run(work)))
    tail = turn.catch(() => undefined)
    return turn
  }
}

function statementsOf(runner: QueryRunner): Statements {
  return {
    read: (sql, params) => runner.query(sql, [...params]),
    write: async (sql, params) => (await runner.query(sql, [...params], true)).affected ?? 0,
  }
}

/** Another program that holds the file for a moment (a backup) is waited out, at most three times. */
async function withRetry<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (tries > 3 || !isRetryable(error)) throw error
    }
  }
}

/**
 * Holds an exclusive lock on a companion file for as long as this process lives. The kernel drops it at kill -9,
 * so nothing stale is ever left behind.
 */
function lockFile(file: string): BetterSqlite3.Database {
  const lock = new BetterSqlite3(`${file}.lock`, { timeout: 0 })
  try {
    lock.pragma('locking_mode = EXCLUSIVE')
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch {
    lock.close()
    throw new Error(
      `The database file ${file} is in use by another Yihu process. SQLite serves one process: stop the other one, ` +
        'choose another folder with YIHU_DATA_DIR, or use --engine mariadb for several processes.',
    )
  }
}
