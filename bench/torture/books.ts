import BetterSqlite3 from 'better-sqlite3'
import { createConnection } from 'mysql2/promise'
import type { City } from './city'
import type { Books } from './invariants'

/** The portal's database, opened beside it for reading only. */
export async function openBooks(
  city: City,
  mariadbPort: number,
): Promise<Books & { close(): Promise<void> }> {
  if (city.engine === 'sqlite') {
    const db = new BetterSqlite3(city.databaseFile, { readonly: true })
    return {
      engine: 'sqlite',
      query: async <Row>(sql: string) => db.prepare(sql).all() as Row[],
      close: async () => void db.close(),
    }
  }
  const connection = await createConnection({
    host: '127.0.0.1',
    port: mariadbPort,
    user: 'root',
    database: city.databaseName,
  })
  return {
    engine: 'mariadb',
    query: async <Row>(sql: string) => (await connection.query(sql))[0] as Row[],
    close: () => connection.end(),
  }
}
