import { rmSync } from 'node:fs'
import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { databasePrefix, runFolder } from './whole-run'

/** Jest calls it once, after the last file of tests. */
export default async function endRun(): Promise<void> {
  rmSync(runFolder(), { recursive: true, force: true })
  const port = Number(process.env['YIHU_TEST_MARIADB_PORT'] ?? 0)
  if (port === 0) return
  const connection = await createConnection({ host: '127.0.0.1', port, user: 'root' })
  const [left] = await connection.query<RowDataPacket[]>(
    'SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name LIKE ?',
    [`${databasePrefix()}%`],
  )
  for (const { name } of left) await connection.query(`DROP DATABASE ${String(name)}`)
  await connection.end()
}
