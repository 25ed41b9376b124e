import { openCore } from '../server/src/assemble'
import { systemClock } from '../server/src/core/clock'
import { loadConfig, useShanghaiTime } from '../server/src/core/config/load'
import { createLogger } from '../server/src/core/log'
import { seedDemoUsage } from '../server/src/features/usage'
import { configSchema } from '../server/src/platforms/whole-config'

/**
 * Gives the demo's three households a history in the database that the configuration names. On the embedded database no
 * server may be running. Answers whether there was anything to do.
 */
export async function seedUsage(configPaths: readonly string[]): Promise<boolean> {
  useShanghaiTime()
  const config = loadConfig(configSchema, configPaths, {})
  const opened = await openCore(config, { clock: systemClock, log: createLogger('error') })
  try {
    const nobody = { requestId: 'seed-usage', ip: null, resident: null, staff: null }
    return await seedDemoUsage({ ...opened.core, config, ...nobody })
  } finally {
    await opened.close()
  }
}
