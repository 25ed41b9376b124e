import { readFileSync } from 'node:fs'
import Koa from 'koa'
import { createPool } from 'mysql2/promise'

/** The floor of the search, a program of its own: the words as they were typed, by LIKE in a bare Koa. */
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
const SQL = `SELECT a.id, v.title, LEFT(v.body, 80) AS excerpt FROM article a
  JOIN article_version v ON v.articleId = a.id AND v.version = a.liveVersion
  WHERE a.companyId = ? AND a.audience = 'public' AND (v.title LIKE ? OR v.questions LIKE ? OR v.body LIKE ?)
  ORDER BY v.title LIKE ? DESC, v.questions LIKE ? DESC LIMIT 3`

const app = new Koa()
app.use(async (koa) => {
  if (koa.path === '/') {
    koa.body = 'up'
    return
  }
  const like = `%${String(koa.query['q']).replace(/[\\%_]/g, '\\$&')}%`
  const [items] = await pool.query(SQL, ['heating', like, like, like, like, like])
  koa.body = { items }
})
app.listen(config.port, '127.0.0.1')
