import { join } from 'node:path'
import { openCore } from '../server/src/assemble'
import { systemClock } from '../server/src/core/clock'
import { loadConfig, useShanghaiTime } from '../server/src/core/config/load'
import { createLogger } from '../server/src/core/log'
import { seedDemoReadings } from '../server/src/features/readings'
import { configSchema } from '../server/src/platforms/whole-config'
import { ROOT } from './sources'

/**
 * Gives one gas household of the demo a past and an estimated bill, in the database that the configuration names. On the
 * embedded database no server may be running. Answers whether there was anything to do.
 */
export async function seedReadings(configPaths: readonly string[]): Promise<boolean> {
  useShanghaiTime()
  const config = loadConfig(configSchema, configPaths, {})
  const opened = await openCore(config, { clock: systemClock, log: createLogger('error') })
  try {
    const nobody = { requestId: 'seed-readings', ip: null, resident: null, staff: null }
    return await seedDemoReadings(
      { ...opened.core, config, ...nobody },
      join(ROOT, 'data/demo/gas-2026-10.csv'),
    )
  } finally {
    await opened.close()
  }
}
