import { existsSync, mkdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '../server/src/core/clock'
import { configFiles, loadConfig, useShanghaiTime } from '../server/src/core/config/load'
import { createLogger } from '../server/src/core/log'
import type { ImportProgress, ImportResult } from '../server/src/features/billing'
import type { importDays as ImportDays } from '../server/src/features/usage'
import type { importMarks as ImportMarks } from '../server/src/features/households'
import { configSchema } from '../server/src/platforms/whole-config'
import { ROOT } from './sources'
import { UsageError } from './start-options'

const USAGE = `npm run import -- --company ID FILE [options]
  --company ID     a company of the configuration: heating, gas or power in the demo
  --json           print the report as one JSON line on standard output
  --marks KIND     FILE is a list of customers to call when supply goes, account number and why: important, sensitive
  --daily          FILE is what smart meters counted by day, as CSV: 户号,日期,用量(unit); a later file corrects
  --refused FILE   where the refused records go (default: refused/ in the data folder)
The configuration is YIHU_CONFIG, or the demo's in the data folder (YIHU_DATA_DIR, default .data).
`

interface Options {
  readonly company: string
  readonly file: string
  readonly json: boolean
  readonly refused: string
  readonly marks: 'important' | 'sensitive' | null
  readonly daily: boolean
}

function readOptions(args: readonly string[], dataDir: string): Options {
  const { values, positionals } = parse(args)
  const [file] = positionals
  if (values.company === undefined || file === undefined || positionals.length > 1)
    throw new UsageError(USAGE)
  const path = resolve(file)
  if (!existsSync(path)) throw new UsageError(`${path} does not exist`)
  return {
    company: values.company,
    file: path,
    json: values.json ?? false,
    marks: marksFrom(values.marks),
    daily: values.daily ?? false,
    refused: resolve(values.refused ?? join(dataDir, 'refused', `${basename(path)}.refused.csv`)),
  }
}

function marksFrom(kind: string | undefined): Options['marks'] {
  if (kind === undefined || kind === 'important' || kind === 'sensitive') return kind ?? null
  throw new UsageError(USAGE)
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        company: { type: 'string' },
        daily: { type: 'boolean' },
        json: { type: 'boolean' },
        marks: { type: 'string' },
        refused: { type: 'string' },
      },
    })
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`)
  }
}

/** YIHU_CONFIG where it is set; else what the last `npm start` wrote. */
function configurationFor(dataDir: string): string[] {
  if (process.env['YIHU_CONFIG']) return configFiles()
  const demo = join(dataDir, 'demo.yaml')
  if (!existsSync(demo))
    throw new UsageError(
      `There is no ${demo}: run npm start once, or name your configuration in YIHU_CONFIG.`,
    )
  return configFiles({ YIHU_CONFIG: `config/demo.yaml:${demo}` })
}

const say = (text: string): void => {
  process.stderr.write(text)
}

const lineOf = ({ file, rows, accepted, refused, rowsPerSecond }: ImportProgress): string =>
  `${file}: ${rows} rows, ${accepted} accepted, ${refused} refused, ${rowsPerSecond} rows/s`

/** One line that rewrites itself on a terminal, and the last one only where the output is kept. */
function progressLine(): { tell: (progress: ImportProgress) => void; end: () => void } {
  let last = ''
  return {
    tell: (progress) => {
      last = lineOf(progress)
      if (process.stderr.isTTY) say(`\r${last}\u001b[K`)
    },
    end: () => {
      if (last !== '') say(process.stderr.isTTY ? '\n' : `${last}\n`)
    },
  }
}

function summary({ report, changes, alreadyImported, resumedAt, refusedPath }: ImportResult): string {
  if (alreadyImported) return `${report.file} was imported before: nothing has changed.\n`
  const { created, updated, unchanged, untouched } = changes
  const lines = [
    ...(resumedAt > 2 ? [`Went on at record ${resumedAt}, where an earlier import had stopped.`] : []),
    `${created} new bills, ${updated} changed, ${unchanged} as before, ${untouched} left alone because money is on them.`,
    ...Object.entries(report.rejected).map(([reason, records]) => `  refused ${records.length}: ${reason}`),
    ...(refusedPath === null
      ? []
      : [`The refused records are in ${refusedPath}; correct them there and import that file.`]),
  ]
  return `${lines.join('\n')}\n`
}

async function main(): Promise<void> {
  useShanghaiTime()
  const dataDir = resolve(ROOT, process.env['YIHU_DATA_DIR'] || '.data')
  const options = readOptions(process.argv.slice(2), dataDir)
  const config = loadConfig(configSchema, configurationFor(dataDir))
  const companies = config.companies.map(({ id }) => id)
  if (!companies.includes(options.company))
    throw new UsageError(`--company is one of ${companies.join(', ')}`)
  mkdirSync(join(options.refused, '..'), { recursive: true })
  // The whole server takes seconds to load: whoever mistyped the command hears of it before.
  const { openCore } = await import('../server/src/assemble')
  const { importBills } = await import('../server/src/features/billing')
  const opened = await openCore(config, { clock: systemClock, log: createLogger('error') })
  const line = progressLine()
  try {
    const ctx = {
      ...opened.core,
      requestId: `import-${opened.core.ids.next()}`,
      ip: null,
      resident: null,
      staff: null,
    }
    if (options.marks !== null) return await markCustomers(ctx, options, options.marks)
    if (options.daily) return await importDaily(ctx, options)
    const result = await importBills(ctx, {
      companyId: options.company,
      path: options.file,
      refusedPath: options.refused,
      onProgress: line.tell,
    })
    line.end()
    say(summary(result))
    if (options.json) process.stdout.write(`${JSON.stringify(result.report)}\n`)
  } catch (error) {
    line.end()
    throw error
  } finally {
    await opened.close()
  }
}

async function importDaily(
  ctx: Parameters<typeof ImportDays>[0],
  { company, file, json, refused }: Options,
): Promise<void> {
  const { importDays } = await import('../server/src/features/usage')
  const report = await importDays(ctx, {
    companyId: company,
    path: file,
    refusedPath: refused,
    onProgress: (rows) => {
      if (process.stderr.isTTY) say(`\r${rows} rows\u001b[K`)
    },
  })
  if (process.stderr.isTTY) say('\n')
  const { created, corrected, unchanged, gaps, rejected, resumedAt } = report
  if (report.alreadyImported) say(`${report.file} was imported before: nothing has changed.\n`)
  else {
    if (resumedAt > 2) say(`Went on at record ${resumedAt}, where an earlier import had stopped.\n`)
    say(`${created} new days, ${corrected} corrected, ${unchanged} as before, ${gaps} without a figure.\n`)
    for (const [reason, count] of Object.entries(rejected)) say(`  refused ${count}: ${reason}\n`)
    if (report.refusedPath !== null)
      say(`The refused records are in ${report.refusedPath}; correct them there and import that file.\n`)
  }
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`)
}

async function markCustomers(
  ctx: Parameters<typeof ImportMarks>[0],
  { company, file, json }: Options,
  mark: 'important' | 'sensitive',
): Promise<void> {
  const { importMarks } = await import('../server/src/features/households')
  const result = await importMarks(ctx, { companyId: company, mark, path: file })
  say(`${result.marked} customers marked, ${result.unknownCount} account numbers are nobody's here\n`)
  for (const accountNo of result.unknown) say(`  ${accountNo}\n`)
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`)
}

main().catch((error: unknown) => {
  say(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = error instanceof UsageError ? 64 : 1
})
