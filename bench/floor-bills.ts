import { readFileSync } from 'node:fs'
import Koa from 'koa'
import { createPool } from 'mysql2/promise'

/** The floor of the bill list, a program of its own: one select by mysql2 in a bare Koa, for anybody who asks. */
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
const SQL = `SELECT id, companyId, householdId, kind, period, title, amountFen, lateFeeFen, paidFen, state, dueOn, asOf, heldByPaymentId
  FROM bill WHERE householdId = ? AND period <= '~' AND (period < '~' OR id < '~') ORDER BY period DESC, id DESC LIMIT 21`

const app = new Koa()
app.use(async (koa) => {
  if (koa.path === '/') {
    koa.body = 'up'
    return
  }
  const [items] = await pool.query(SQL, [koa.query['householdId']])
  koa.body = { items, nextCursor: null }
})
app.listen(config.port, '127.0.0.1')
