import { readFileSync } from 'node:fs'
import Koa from 'koa'
import { createPool } from 'mysql2/promise'

/** The floor of the inbox, a program of its own: the same rows by mysql2 in a bare Koa, for anybody who asks. */
const config = JSON.parse(readFileSync(process.env['FLOOR_CONFIG'] ?? '', 'utf8')) as {
  port: number
  mariadbPort: number
  database: string
  poolSize: number
}
const pool = createPool({
  host: '127.0.0.1',
  port: config.mariadbPort,
  user: 'root',
  database: config.database,
  connectionLimit: config.poolSize,
})
const SQL = `SELECT id, number, version, companyId, typeId, class, state, priority, areaName, words, teamId, assigneeId, createdAt,
    updatedAt, nextDueAt, nextWarnAt, urges, reopened, escalation, hasPhotos
  FROM request FORCE INDEX (request_open_due) WHERE companyId = ? AND openSlot = 1
  ORDER BY nextDueAt, id LIMIT 51`

const app = new Koa()
app.use(async (koa) => {
  if (koa.path === '/') {
    koa.body = 'up'
    return
  }
  const [items] = await pool.query(SQL, ['heating'])
  koa.body = { items, nextCursor: null }
})
app.listen(config.port, '127.0.0.1')
