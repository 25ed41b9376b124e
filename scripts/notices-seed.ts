import { openCore } from '../server/src/assemble'
import { systemClock } from '../server/src/core/clock'
import { loadConfig, useShanghaiTime } from '../server/src/core/config/load'
import { createLogger } from '../server/src/core/log'
import { seedDemoNotices } from '../server/src/features/notices'
import { createPlatforms } from '../server/src/platforms/create'
import { configSchema } from '../server/src/platforms/whole-config'
import type { DemoAccount } from './staff-seed'

/**
 * Makes the demo's first notices, in the name of its publisher, in the database that the configuration names. On the
 * embedded database no server may be running. Answers how many there are.
 */
export async function seedNotices(
  configPaths: readonly string[],
  staff: readonly DemoAccount[],
): Promise<number> {
  const publisher = staff.find(({ roles }) => roles.includes('publisher'))
  if (!publisher) return 0
  useShanghaiTime()
  const config = loadConfig(configSchema, configPaths, {})
  const log = createLogger('error')
  const opened = await openCore(config, { clock: systemClock, log })
  try {
    const platforms = createPlatforms({
      config: config.platforms,
      clock: systemClock,
      log,
      publicUrl: config.http.publicUrl,
    })
    return await seedDemoNotices({
      ...opened.core,
      config,
      platforms,
      requestId: 'seed-notices',
      ip: null,
      resident: null,
      staff: {
        id: publisher.staffId,
        sessionId: '',
        name: publisher.name,
        roles: publisher.roles,
        teamId: null,
        companies: null,
        areaPaths: null,
      },
    })
  } finally {
    await opened.close()
  }
}
