import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise'
import type { Config } from '../platforms/whole-config'
import { databasePrefix, runFolder } from './whole-run'

export type TestEngine = 'sqlite' | 'mariadb'

export interface TestDatabase {
  readonly database: Config['database']
  drop(): Promise<void>
}

/**
 * An empty database of the engine, gone after the test. Making a hundred tables takes longer than most tests, so each
 * worker of a run makes them once: SQLite gets a copy of its first file, MariaDB an emptied database.
 */
export function freshDatabase(engine: TestEngine): Promise<TestDatabase> {
  return engine === 'sqlite' ? freshFile() : freshOnServer()
}

/** Files of one worker follow each other, so what is kept under its number is nobody else's. */
const worker = process.env['JEST_WORKER_ID'] ?? '1'
const template = join(runFolder(), `template-${worker}.sqlite`)

async function freshFile(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'yihu-test-'))
  const file = join(folder, 'yihu.sqlite')
  if (existsSync(template)) copyFileSync(template, file)
  return {
    database: { engine: 'sqlite', file, synchronous: 'NORMAL' },
    drop: async () => {
      if (!existsSync(template) && existsSync(file)) keepAsTemplate(file)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The first test's file, without its rows. One whose tables a test has changed is not kept. */
function keepAsTemplate(file: string): void {
  const database = new BetterSqlite3(file)
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all() as { name: string }[]
    const others = database.prepare("SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view')").all()
    if (others.length > 0 || !tables.some(({ name }) => name === 'migrations')) return
    for (const { name } of tables) if (name !== 'migrations') database.exec(`DELETE FROM "${name}"`)
    database.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    database.close()
  }
  renameSync(file, template)
}

const port = Number(process.env['YIHU_TEST_MARIADB_PORT'] ?? 0)
let server: Promise<{ connection: Connection; free: string[] }> | null = null

async function freshOnServer(): Promise<TestDatabase> {
  server ??= openServer()
  const { connection, free } = await server
  const name = (await firstEmptied(connection, free)) ?? (await makeOnServer(connection))
  return {
    database: {
      engine: 'mariadb',
      host: '127.0.0.1',
      port,
      user: 'root',
      password: '',
      database: name,
      poolSize: 20,
    },
    drop: async () => {
      free.push(name)
    },
  }
}

/** A connection for this file of tests, and the databases that the worker's earlier files have left. */
async function openServer(): Promise<{ connection: Connection; free: string[] }> {
  const connection = await createConnection({
    host: '127.0.0.1',
    port,
    user: 'root',
    multipleStatements: true,
  })
  const [left] = await connection.query<RowDataPacket[]>(
    'SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name LIKE ?',
    [`${databasePrefix(worker)}%`],
  )
  return { connection, free: left.map(({ name }) => String(name)) }
}

async function firstEmptied(connection: Connection, free: string[]): Promise<string | null> {
  for (let name = free.pop(); name !== undefined; name = free.pop()) {
    if (await emptied(connection, name)) return name
    // Not this one again, nor by a later file.
    await connection.query(`DROP DATABASE ${name}`)
  }
  return null
}

async function makeOnServer(connection: Connection): Promise<string> {
  const name = `${databasePrefix(worker)}${randomBytes(4).toString('hex')}`
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`)
  return name
}

/** Whether every table could be emptied; one whose tables a test has changed, or never finished, is not used again. */
async function emptied(connection: Connection, name: string): Promise<boolean> {
  const [found] = await connection.query<RowDataPacket[]>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ?',
    [name],
  )
  const [triggers] = await connection.query<RowDataPacket[]>(
    'SELECT 1 FROM information_schema.triggers WHERE trigger_schema = ?',
    [name],
  )
  const tables = found.map((row) => String(row['name']))
  if (triggers.length > 0 || !tables.includes('migrations')) return false
  const [migrated] = await connection.query<RowDataPacket[]>(`SELECT 1 FROM ${name}.migrations`)
  if (migrated.length === 0) return false
  const toEmpty = tables.filter((table) => table !== 'migrations')
  await connection.query(toEmpty.map((table) => `DELETE FROM ${name}.\`${table}\``).join('; '))
  return true
}

afterAll(async () => {
  if (server !== null) await (await server).connection.end()
})
