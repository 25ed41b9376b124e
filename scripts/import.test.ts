import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { writeDemoConfig } from './demo-config'
import { startChild, until } from './processes'
import { run } from './run'
import { ROOT } from './sources'

const FILE = 'data/demo/gas-2026-10.csv'
const expected: { file: string; amount_fen: number; accepted: number; tiers?: unknown }[] = JSON.parse(
  readFileSync(join(ROOT, 'data/demo/expected.json'), 'utf8'),
)
const {
  amount_fen: amountFen,
  tiers: _tiers,
  ...rest
} = expected.find(({ file }) => FILE.endsWith(file)) ?? {
  amount_fen: 0,
}

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'yihu-import-cli-'))
  const ports = { portal: 1, metrics: 2, sandbox: 3, wechatPhone: 4, alipayPhone: 5 }
  writeDemoConfig({ dataDir, ports, database: { engine: 'sqlite' } })
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const args = (...more: string[]): string[] => ['--import', 'tsx', 'scripts/import.ts', ...more]
const environment = () => ({ YIHU_DATA_DIR: dataDir, YIHU_CONFIG: '' })

/** Counts in the database while another process writes it; 0 as long as there is none. */
function count(sql: string): number {
  if (!existsSync(join(dataDir, 'yihu.sqlite'))) return 0
  const db = new BetterSqlite3(join(dataDir, 'yihu.sqlite'), { readonly: true })
  try {
    return Number(db.prepare(sql).pluck().get() ?? 0)
  } catch {
    // The tables are not there yet.
    return 0
  } finally {
    db.close()
  }
}

test('an import killed with -9 goes on when it is started again, and reports as expected.json says (F51)', async () => {
  const first = startChild('import', process.execPath, args('--company', 'gas', FILE), {
    cwd: ROOT,
    env: { ...process.env, ...environment() },
    stdio: 'ignore',
  })
  await until(() => count('SELECT COUNT(*) FROM bill') > 3000, {
    timeoutMs: 50_000,
    everyMs: 5,
    timedOut: () => 'the import wrote nothing',
  })
  first.child.kill('SIGKILL')
  expect(await first.ended).toBe(137)
  const half = count('SELECT COUNT(*) FROM bill')
  expect(half).toBe(count('SELECT created FROM import_run'))
  expect(half).toBeLessThan(14_793)

  const second = await run(process.execPath, args('--company', 'gas', FILE, '--json'), { env: environment() })
  expect(second.output).toMatch(/Went on at record \d+/)
  const json = second.output.split('\n').find((line) => line.startsWith('{')) ?? ''
  expect(JSON.parse(json)).toEqual({ ...rest, amountFen })
  expect(count('SELECT COUNT(*) FROM bill')).toBe(14_793)
  expect(count('SELECT SUM(amountFen) FROM bill')).toBe(amountFen)
  expect(
    readFileSync(join(dataDir, 'refused/gas-2026-10.csv.refused.csv'), 'utf8').split('\r\n'),
  ).toHaveLength(254)
}, 120_000)

test('a wrong command line says what is right', async () => {
  for (const wrong of [
    ['--company', 'gas'],
    ['--company', 'water', FILE],
    ['--company', 'gas', 'nowhere.csv'],
    ['--gas'],
  ]) {
    const ran = await run(process.execPath, args(...wrong), { env: environment() })
    expect(ran.code).toBe(64)
    expect(ran.output).toMatch(/--company|does not exist/)
  }
}, 120_000)
