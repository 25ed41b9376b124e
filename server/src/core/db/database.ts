import { AsyncLocalStorage } from 'node:async_hooks'
import type { Table } from './tables'

export type Engine = 'sqlite' | 'mariadb' | 'mysql'
export type SqlValue = string | number | null | Buffer

/** Reads outside transactions. On SQLite its connection is opened read-only, so a stray write cannot happen. */
export interface Reader {
  readonly engine: Engine
  query<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>
}

/** One open transaction, passed on by hand. A function that takes it never opens another. */
export interface Tx extends Reader {
  /** Runs a write and answers how many rows it matched. */
  execute(sql: string, params?: readonly SqlValue[]): Promise<number>
  /** One multi-row INSERT. */
  insert<Row extends object>(table: Table<Row>, rows: Row | readonly Row[]): Promise<void>
  /** Runs after the commit, never after a rollback: wake-ups only, nothing that must happen. */
  afterCommit(callback: () => void): void
  /** ` FOR UPDATE` where the engine locks rows; nothing on SQLite, where transactions are serial. */
  readonly forUpdate: '' | ' FOR UPDATE'
}

export interface Database {
  readonly engine: Engine
  readonly reader: Reader
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Answers when the database does; for readiness. */
  ping(): Promise<void>
  close(): Promise<void>
}

const open = new AsyncLocalStorage<true>()
let isEverywhere = false

/**
 * From now on one transaction inside another is refused on every engine; tests ask for it. On SQLite it always is,
 * because the inner one would wait for the outer one for ever. Elsewhere a running portal does without: knowing the
 * caller makes Node 20 follow every promise of the process, a tenth of what a message costs (docs/decisions/0014).
 */
export function refuseNesting(): void {
  isEverywhere = true
}

/**
 * Runs `work` in one transaction: READ COMMITTED on MariaDB, retried at most three times on a deadlock or lock
 * timeout (so `work` must have no effect outside `tx`); BEGIN IMMEDIATE behind a first-come queue on SQLite.
 * One inside another is a mistake that tests refuse: the outer one's rollback would leave the inner one's work behind.
 */
export function inTransaction<T>(ctx: { readonly db: Database }, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (!isEverywhere && ctx.db.engine !== 'sqlite') return ctx.db.transaction(work)
  if (open.getStore())
    throw new Error('A transaction is open already: pass its tx on instead of opening another.')
  return open.run(true, () => ctx.db.transaction(work))
}

/** Leaves the caller's transaction context; for timers and wake-ups that outlive the act that started them. */
export function outsideTransaction<T>(work: () => T): T {
  return open.exit(work)
}

/** Whether the error says that a unique key was taken already, on either engine. */
export function isDuplicate(error: unknown): boolean {
  const code = errorCode(error)
  return (
    code === 'ER_DUP_ENTRY' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
  )
}

/** Whether running the whole transaction again may succeed. */
export function isRetryable(error: unknown): boolean {
  const code = errorCode(error)
  return code === 'ER_LOCK_DEADLOCK' || code === 'ER_LOCK_WAIT_TIMEOUT' || code === 'SQLITE_BUSY'
}

/** Whether the database could not be reached at all. */
export function isUnreachable(error: unknown): boolean {
  const code = errorCode(error) ?? ''
  return (
    /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|PROTOCOL_CONNECTION_LOST|POOL_CLOSED)$/.test(code) ||
    /^ER_(SERVER_SHUTDOWN|CON_COUNT_ERROR|TOO_MANY_USER_CONNECTIONS)$/.test(code) ||
    (error instanceof Error && /closed state|Queue limit reached|pool wait/i.test(error.message))
  )
}

function errorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'driverError' in error ? errorCode(error.driverError) : null
}

/** `?,?,?` for an IN list. */
export function placeholders(count: number): string {
  return count === 0 ? '' : `?${',?'.repeat(count - 1)}`
}

/** How one connection runs a statement; each engine has its own way. */
export interface Statements {
  read<Row>(sql: string, params: readonly SqlValue[]): Promise<Row[]>
  /** Answers how many rows it matched. */
  write(sql: string, params: readonly SqlValue[]): Promise<number>
}

/** The transaction over one connection; both engines use it. */
export function transactionOver(statements: Statements, engine: Engine): { tx: Tx; committed: () => void } {
  const callbacks: (() => void)[] = []
  const tx: Tx = {
    engine,
    forUpdate: engine === 'sqlite' ? '' : ' FOR UPDATE',
    query: (sql, params = []) => statements.read(sql, params),
    execute: (sql, params = []) => statements.write(sql, params),
    insert: async (table, rows) => {
      const list: readonly object[] = Array.isArray(rows) ? rows : [rows]
      if (list.length === 0) return
      await statements.write(
        insertSql(table.name, table.columnNames, list.length),
        insertValues(table.columnNames, list),
      )
    },
    afterCommit: (callback) => {
      callbacks.push(callback)
    },
  }
  return { tx, committed: () => callbacks.forEach((callback) => callback()) }
}

const rowMarks = new Map<number, string>()

function insertSql(table: string, columns: readonly string[], count: number): string {
  let row = rowMarks.get(columns.length)
  if (row === undefined) {
    row = `(${placeholders(columns.length)})`
    rowMarks.set(columns.length, row)
  }
  return `INSERT INTO ${table} (${columns.join(',')}) VALUES ${row}${`,${row}`.repeat(count - 1)}`
}

/** An import hands over a million values a minute, so rows are read where they are and not copied. */
function insertValues(columns: readonly string[], rows: readonly object[]): SqlValue[] {
  const values: SqlValue[] = []
  for (const row of rows as readonly Readonly<Record<string, SqlValue | undefined>>[])
    for (const name of columns) values.push(row[name] ?? null)
  return values
}
