import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  const ports = { portal: 1, metrics: 2, sandbox: 3, wechatPhone: 4, alipayPhone: 5, workerPhone: 6 }
  writeDemoConfig({ dataDir, ports, database: { engine: 'sqlite' } })
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const args = (...more: string[]): string[] => ['--import', 'tsx', 'scripts/import.ts', ...more]
const environment = () => ({ YIHU_DATA_DIR: dataDir, YIHU_CONFIG: '' })

/** How much the database holds, committed batches that still lie in its log included. */
function databaseBytes(): number {
  const files = ['yihu.sqlite', 'yihu.sqlite-wal'].map((name) => join(dataDir, name))
  return files.reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0)
}

test('an import killed with -9 goes on when it is started again, and reports as expected.json says (F51)', async () => {
  const first = startChild('import', process.execPath, args('--company', 'gas', FILE), {
    cwd: ROOT,
    env: { ...process.env, ...environment() },
    stdio: 'ignore',
  })
  // Empty tables take about one megabyte, the whole export some seventeen.
  await until(async () => databaseBytes() > 8_000_000, {
    timeoutMs: 50_000,
    everyMs: 5,
    timedOut: () => 'the import wrote nothing',
  })
  first.child.kill('SIGKILL')
  expect(await first.ended).toBe(137)

  const second = await run(process.execPath, args('--company', 'gas', FILE, '--json'), { env: environment() })
  const [, resumedAt = '0'] = /Went on at record (\d+)/.exec(second.output) ?? []
  expect(Number(resumedAt)).toBeGreaterThan(2)
  expect(Number(resumedAt)).toBeLessThan(15_000)
  // Counted over both runs: what was in was not made again, and nothing is missing.
  expect(second.output).toContain('14793 new bills, 0 changed, 0 as before')
  const json = second.output.split('\n').find((line) => line.startsWith('{')) ?? ''
  expect(JSON.parse(json)).toEqual({ ...rest, amountFen })
  const refused = readFileSync(join(dataDir, 'refused/gas-2026-10.csv.refused.csv'), 'utf8')
  expect(refused.split('\r\n')).toHaveLength(254)

  const third = await run(process.execPath, args('--company', 'gas', FILE), { env: environment() })
  expect(third.output).toContain('was imported before: nothing has changed')
}, 120_000)

test('daily figures go in once, a file without their columns not at all', async () => {
  const file = join(dataDir, 'days.csv')
  writeFileSync(file, '户号,日期,用量(kWh)\n0014300024,2026-11-01,8.5\n')
  const first = await run(process.execPath, args('--company', 'power', '--daily', file), {
    env: environment(),
  })
  // Nobody has that number in an empty database.
  expect(first.output).toContain('0 new days, 0 corrected, 0 as before, 0 without a figure.')
  expect(first.output).toContain('refused 1: account_unknown')
  expect(readFileSync(join(dataDir, 'refused/days.csv.refused.csv'), 'utf8')).toContain('没有这个户号')
  const second = await run(process.execPath, args('--company', 'power', '--daily', file), {
    env: environment(),
  })
  expect(second.output).toContain('was imported before: nothing has changed')
  const wrong = join(dataDir, 'wrong.csv')
  writeFileSync(wrong, '户号,金额\n0014300024,8.5\n')
  const third = await run(process.execPath, args('--company', 'power', '--daily', wrong), {
    env: environment(),
  })
  expect(third.code).toBe(1)
  expect(third.output).toContain('第一行要是：户号,日期,用量(kWh)')
}, 120_000)

test('a wrong command line says what is right', async () => {
  for (const wrong of [
    ['--company', 'gas'],
    ['--company', 'steam', FILE],
    ['--company', 'gas', 'nowhere.csv'],
    ['--gas'],
  ]) {
    const ran = await run(process.execPath, args(...wrong), { env: environment() })
    expect(ran.code).toBe(64)
    expect(ran.output).toMatch(/--company|does not exist/)
  }
}, 120_000)
