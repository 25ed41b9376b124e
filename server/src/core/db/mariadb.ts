import { DataSource, type EntitySchema, type MixedList } from 'typeorm'
import {
  type Database,
  isRetryable,
  type Reader,
  type SqlValue,
  type Statements,
  transactionOver,
  type Tx,
} from './database'

export interface MariadbOptions {
  readonly engine: 'mariadb' | 'mysql'
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  readonly poolSize: number
  readonly tables: MixedList<EntitySchema>
  readonly migrations: MixedList<() => unknown>
}

/** MySQL or MariaDB: a pool, READ COMMITTED, and the whole transaction again on a deadlock. */
export async function openMariadb(options: MariadbOptions): Promise<Database> {
  const source = new DataSource({
    type: options.engine,
    host: options.host,
    port: options.port,
    username: options.user,
    password: options.password,
    database: options.database,
    charset: 'utf8mb4',
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: false,
    poolSize: options.poolSize,
    entities: options.tables,
    migrations: options.migrations,
    extra: {
      connectTimeout: 3000,
      queueLimit: options.poolSize * 20,
      enableKeepAlive: true,
      maxPreparedStatements: PREPARED_PER_CONNECTION,
    },
  })
  await source.initialize()
  await refuseLooseCollation(source, options.database)
  await migrateOnce(source)
  const pool = poolOf(source)
  return {
    engine: options.engine,
    reader: readerOf(pool, options.engine),
    transaction: (work) => withRetry(() => runOnce(pool, options.engine, work)),
    ping: async () => {
      await source.query('SELECT 1')
    },
    close: () => source.destroy(),
  }
}

async function runOnce<T>(pool: Pool, engine: 'mariadb' | 'mysql', work: (tx: Tx) => Promise<T>): Promise<T> {
  const connection = await taken(pool)
  const { tx, committed } = transactionOver(statementsOf(connection), engine)
  let answer: T
  try {
    await readCommitted(connection)
    await said(connection, 'START TRANSACTION')
    answer = await work(tx)
    await said(connection, 'COMMIT')
  } catch (error) {
    // A connection that broke cannot roll back; the server already did, and the first error is the one to tell.
    await said(connection, 'ROLLBACK').then(
      () => connection.release(),
      () => connection.destroy(),
    )
    throw error
  }
  connection.release()
  committed()
  return answer
}

/** The little of mysql2 that is used here; TypeORM opens the pool and hands it over untyped. */
interface Connection {
  /** Prepared. */
  execute(sql: string, params: readonly SqlValue[], done: Done): void
  query(sql: string, params: readonly SqlValue[], done: Done): void
}
interface PoolConnection extends Connection {
  release(): void
  destroy(): void
}
interface Pool extends Connection {
  getConnection(got: (error: Error | null, connection: PoolConnection) => void): void
}
type Done = (error: Error | null, result: unknown) => void

const poolOf = (source: DataSource): Pool => (source.driver as unknown as { pool: Pool }).pool

function taken(pool: Pool): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection)))
  })
}

function said(connection: Connection, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.query(sql, [], (error) => (error ? reject(error) : resolve()))
  })
}

const prepared = new WeakSet<Connection>()

/** Set once per connection instead of before each transaction, which would cost one round trip in fifteen. */
async function readCommitted(connection: Connection): Promise<void> {
  if (prepared.has(connection)) return
  await said(connection, 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED')
  prepared.add(connection)
}

/** Statements of more values than this are lists of changing length, and preparing each length would cost more. */
const PREPARED_VALUES_MAX = 32
/** The server keeps 16,382 prepared statements for everybody together; the least used of a connection goes first. */
const PREPARED_PER_CONNECTION = 150

/** Reads go straight to the pool, prepared: a page of bills is mostly round trips (npm run bench -- bills). */
function readerOf(pool: Pool, engine: 'mariadb' | 'mysql'): Reader {
  const { read } = statementsOf({
    execute: (sql, params, done) => pool.execute(sql, params, done),
    query: (sql, params, done) => queryOn(pool, sql, params, done),
  })
  return { engine, query: (sql, params = []) => read(sql, params) }
}

/**
 * The pool's own `query` keeps the rows of each answer until the next full collection of garbage (mysql2 3.24: 74 MB
 * beside 10 for 200 answers of 2,000 rows); a connection that is taken and given back does not.
 */
function queryOn(pool: Pool, sql: string, params: readonly SqlValue[], done: Done): void {
  pool.getConnection((unreachable, connection) => {
    if (unreachable) return done(unreachable, null)
    connection.query(sql, params, (error, result) => {
      connection.release()
      done(error, result)
    })
  })
}

/**
 * Prepared statements straight on mysql2's connection: the server parses each text once per connection, which is
 * what brings a settlement near to the floor that `npm run bench -- callback` measures.
 */
function statementsOf(connection: Connection): Statements {
  const run = (sql: string, params: readonly SqlValue[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const done: Done = (error, result) => (error ? reject(error) : resolve(result))
      if (params.length > PREPARED_VALUES_MAX) connection.query(sql, params, done)
      else connection.execute(sql, params, done)
    })
  return {
    read: async <Row>(sql: string, params: readonly SqlValue[]) => (await run(sql, params)) as Row[],
    write: async (sql, params) => ((await run(sql, params)) as { affectedRows?: number }).affectedRows ?? 0,
  }
}

async function withRetry<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (tries > 3 || !isRetryable(error)) throw error
    }
  }
}

/** Under a case-blind collation two openids that differ only in case would clash, and SQLite would behave otherwise. */
async function refuseLooseCollation(source: DataSource, database: string): Promise<void> {
  const rows: { name: string }[] = await source.query(
    'SELECT DEFAULT_COLLATION_NAME AS name FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?',
    [database],
  )
  const name = rows[0]?.name ?? ''
  if (!name.endsWith('_bin')) {
    await source.destroy()
    throw new Error(
      `The database ${database} has the collation ${name}, which does not tell a from A. ` +
        `Run: ALTER DATABASE ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
    )
  }
}

/** Several processes may start together: one migrates, the others wait for it. */
async function migrateOnce(source: DataSource): Promise<void> {
  const runner = source.createQueryRunner()
  try {
    await runner.connect()
    await runner.query("SELECT GET_LOCK('yihu-migrations', 120)")
    await source.runMigrations({ transaction: 'none' })
  } finally {
    await runner.query("SELECT RELEASE_LOCK('yihu-migrations')")
    await runner.release()
  }
}
