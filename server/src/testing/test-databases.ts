import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { createConnection, type RowDataPacket } from 'mysql2/promise'
import type { Config } from '../platforms/whole-config'

export type TestEngine = 'sqlite' | 'mariadb'

export interface TestDatabase {
  readonly database: Config['database']
  drop(): Promise<void>
}

/**
 * An empty database of the engine, gone after the test. Making sixty tables takes longer than most tests, so within
 * one file of tests the tables are made once: SQLite gets a copy of the first file, MariaDB an emptied database.
 */
export function freshDatabase(engine: TestEngine): Promise<TestDatabase> {
  return engine === 'sqlite' ? freshFile() : freshOnServer()
}

const folders: string[] = []
let template: string | null = null

async function freshFile(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'yihu-test-'))
  const file = join(folder, 'yihu.sqlite')
  if (template !== null) copyFileSync(template, file)
  return {
    database: { engine: 'sqlite', file, synchronous: 'NORMAL' },
    drop: async () => {
      if (template === null && existsSync(file)) keepAsTemplate(file)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The first test's file, without its rows. One whose tables a test has changed is not kept. */
function keepAsTemplate(file: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'yihu-template-'))
  folders.push(folder)
  const kept = join(folder, 'yihu.sqlite')
  renameSync(file, kept)
  const database = new BetterSqlite3(kept)
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all() as { name: string }[]
    const others = database.prepare("SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view')").all()
    if (others.length > 0 || !tables.some(({ name }) => name === 'migrations')) return
    for (const { name } of tables) if (name !== 'migrations') database.exec(`DELETE FROM "${name}"`)
    database.pragma('wal_checkpoint(TRUNCATE)')
    template = kept
  } finally {
    database.close()
  }
}

const port = Number(process.env['YIHU_TEST_MARIADB_PORT'] ?? 0)
const free: string[] = []
const made: string[] = []

async function freshOnServer(): Promise<TestDatabase> {
  const name = free.pop() ?? (await makeOnServer())
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
      if (await emptied(name)) free.push(name)
    },
  }
}

async function makeOnServer(): Promise<string> {
  const name = `yihu_test_${randomBytes(6).toString('hex')}`
  await onServer(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`)
  made.push(name)
  return name
}

/** Whether every table could be emptied; one whose tables a test has changed is not used again. */
async function emptied(name: string): Promise<boolean> {
  const connection = await createConnection({
    host: '127.0.0.1',
    port,
    user: 'root',
    database: name,
    multipleStatements: true,
  })
  try {
    const [tables] = await connection.query<RowDataPacket[]>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? AND table_name <> 'migrations'",
      [name],
    )
    const [triggers] = await connection.query<RowDataPacket[]>(
      'SELECT 1 FROM information_schema.triggers WHERE trigger_schema = ?',
      [name],
    )
    if (tables.length === 0 || triggers.length > 0) return false
    await connection.query(tables.map((table) => `DELETE FROM \`${String(table['name'])}\``).join('; '))
    return true
  } finally {
    await connection.end()
  }
}

async function onServer(sql: string): Promise<void> {
  const connection = await createConnection({ host: '127.0.0.1', port, user: 'root' })
  await connection.query(sql)
  await connection.end()
}

afterAll(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  for (const name of made) await onServer(`DROP DATABASE IF EXISTS ${name}`)
})
