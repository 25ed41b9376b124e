import { join } from 'node:path'
import { makeFresh, walletBuild } from '../../scripts/builds'
import { ROOT } from '../../scripts/sources'
import { expectNone, Report } from '../report'
import { startStack, type Stack } from '../stack'
import { Bundle } from './bundle'
import { languageFaults, manifestFaults, sizeFaults } from './bundle-checks'
import { checkPages } from './check-pages'
import { drive } from './drive'
import { driveChat } from './drive-chat'
import { driveCodes } from './drive-codes'
import { driveField } from './drive-field'
import { driveNotices } from './drive-notices'
import { driveReadings } from './drive-readings'
import { driveRequests } from './drive-requests'
import type { MiniPlatform } from './platform-rules'

/** Loads both compiled mini-programs outside their wallets and pays a bill in each, on the real server. */
async function main(): Promise<number> {
  const report = new Report()
  const rejections: string[] = []
  process.on('unhandledRejection', (reason) => {
    rejections.push(reason instanceof Error ? (reason.stack ?? reason.message) : JSON.stringify(reason))
  })
  const bundles: Bundle[] = []
  for (const platform of ['weapp', 'alipay'] as const) {
    const bundle = await load(report, platform)
    if (bundle) bundles.push(bundle)
  }
  let stack: Stack | null = null
  const isUp = await report.check('the portal and the sandbox start', async () => {
    // Somebody may be there at whatever hour this runs, and readings are taken on whatever day.
    stack = await startStack({
      settings: { chat: { rules: { calendar: 'always' } }, readings: { rules: { closesDay: 31 } } },
    })
  })
  const running = stack as Stack | null
  if (isUp && running) {
    for (const bundle of bundles) {
      await drive(report, running, bundle, rejections)
      await driveRequests(report, running, bundle, rejections)
      await driveCodes(report, running, bundle, rejections)
      await driveReadings(report, running, bundle, rejections)
      await driveNotices(report, running, bundle, rejections)
      await driveField(report, running, bundle, rejections)
      await driveChat(report, running, bundle, rejections)
    }
    await running.close()
  }
  return report.end()
}

async function load(report: Report, platform: MiniPlatform): Promise<Bundle | null> {
  let bundle: Bundle | null = null
  await report.check(`${platform}: is built and has an app.json`, async () => {
    await makeFresh(walletBuild[platform])
    bundle = new Bundle(join(ROOT, 'miniapp/dist', platform), platform)
  })
  const built = bundle as Bundle | null
  if (!built) return null
  await report.check(`${platform}: every page and icon that app.json names is there`, () =>
    expectNone('missing', manifestFaults(built)),
  )
  await report.check(`${platform}: every script can be read by old phones`, () =>
    expectNone('too young', languageFaults(built)),
  )
  await report.check(`${platform}: every package keeps its budget`, () =>
    expectNone('too big', sizeFaults(built)),
  )
  await checkPages(report, built)
  return built
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.stdout.write('0 passed, 1 failed\n')
    process.exit(1)
  },
)
