import { readFileSync } from 'node:fs'
import { openCore } from '../server/src/assemble'
import { systemClock } from '../server/src/core/clock'
import { configFiles, loadConfig } from '../server/src/core/config/load'
import { createLogger } from '../server/src/core/log'
import { importBills } from '../server/src/features/billing'
import { configSchema } from '../server/src/platforms/whole-config'
import { parseAndInsert } from './floor-import'
import type { ImportTask } from './lib/import-task'

/** A program of its own: imports one file, really or barely, and prints how many rows a second that was. */
async function ours(task: ImportTask): Promise<number> {
  const config = loadConfig(configSchema, configFiles())
  const opened = await openCore(config, { clock: systemClock, log: createLogger('silent') })
  const ctx = { ...opened.core, requestId: 'bench', ip: null, resident: null, staff: null }
  const started = performance.now()
  const { report } = await importBills(ctx, { companyId: 'gas', path: task.file })
  const seconds = (performance.now() - started) / 1000
  await opened.close()
  return report.rows / seconds
}

const task = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as ImportTask
;(task.kind === 'ours' ? ours(task) : parseAndInsert(task)).then(
  (perSecond) => process.stdout.write(String(Math.round(perSecond))),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  },
)
