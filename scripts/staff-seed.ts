import { openCore } from '../server/src/assemble'
import { systemClock } from '../server/src/core/clock'
import { loadConfig, useShanghaiTime } from '../server/src/core/config/load'
import { createLogger } from '../server/src/core/log'
import { seedDemoCanned } from '../server/src/features/chat'
import { seedDemoReplies } from '../server/src/features/desk'
import { seedDemoKnowledge } from '../server/src/features/knowledge'
import { seedDemoOutlets } from '../server/src/features/outlets'
import { type DemoAccount, seedDemoStaff } from '../server/src/features/staff'
import { createPlatforms } from '../server/src/platforms/create'
import { configSchema } from '../server/src/platforms/whole-config'

export type { DemoAccount } from '../server/src/features/staff'

/**
 * Makes the demo's people at work, their reply templates and what their companies know in the database that the configuration names, with passwords that nobody can read
 * there again. Null when the database has accounts already. On the embedded database no server may be running.
 */
export async function seedStaff(configPaths: readonly string[]): Promise<DemoAccount[] | null> {
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
    const nobody = { requestId: 'seed-staff', ip: null, resident: null, staff: null }
    const ctx = { ...opened.core, config, platforms, ...nobody }
    const made = await seedDemoStaff(ctx)
    const boss = made?.find(({ roles }) => roles.includes('supervisor'))?.staffId ?? ''
    await seedDemoReplies(ctx, boss)
    await seedDemoCanned(ctx, boss)
    await seedDemoKnowledge(ctx)
    await seedDemoOutlets(ctx)
    return made
  } finally {
    await opened.close()
  }
}
