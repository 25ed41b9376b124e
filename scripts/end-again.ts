import { readFileSync } from 'node:fs'
import { systemClock } from '../server/src/core/clock'
import { configFiles, loadConfig, useShanghaiTime } from '../server/src/core/config/load'
import { createLogger } from '../server/src/core/log'
import { configSchema } from '../server/src/platforms/whole-config'

const USAGE = `npx tsx scripts/end-again.ts FILE…
  After a backup was put back: ends again the accounts that these lines of the portal's log say had been ended, such as
  grep -h privacy.account-ended LOGS > FILE
The configuration is YIHU_CONFIG. It may be run again.
`

async function main(files: readonly string[]): Promise<void> {
  if (files.length === 0) throw new Error(USAGE)
  useShanghaiTime()
  const config = loadConfig(configSchema, configFiles())
  const { assemblePortal, openCore } = await import('../server/src/assemble')
  const { createPlatforms } = await import('../server/src/platforms/create')
  const { endAgain, endedIn } = await import('../server/src/features/privacy/end-again')
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  const log = createLogger(config.logging.level)
  const opened = await openCore(config, { clock: systemClock, log })
  try {
    const platforms = createPlatforms({
      config: config.platforms,
      publicUrl: config.http.publicUrl,
      clock: systemClock,
      log,
      sharedCache: opened.core.cache,
    })
    const portal = assemblePortal(opened, platforms, { poll: false })
    const ctx = portal.contextFor({ requestId: 'end-again', ip: null, resident: null, staff: null })
    const named = endedIn(lines)
    const ended = await endAgain(ctx, named)
    process.stdout.write(`${named.size} accounts are named, ${ended} were there again and are ended.\n`)
  } finally {
    opened.stop()
    await opened.close()
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
