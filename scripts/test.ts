import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Build, consoleBuild, makeFresh, sandboxBuild, serverBuild, walletBuild } from './builds'
import { bin, endOnSignal, inSeconds, run } from './run'
import { scratchFolder } from './scratch'
import { temporaryServices } from './services'
import { ROOT } from './sources'
import { judge, type Summary, total } from './summary'
import { ensureTools } from './tools'

/** One part of `npm test`; each prints jest's summary or `N passed, N failed` as its last line. */
interface Part {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
}

const script = (name: string, file: string, ...args: string[]): Part => ({
  name,
  command: process.execPath,
  args: ['--import', 'tsx', file, ...args],
})

const CHECK = script('check', 'scripts/check.ts')
const JEST: Part = {
  name: 'jest, on both databases',
  command: process.execPath,
  // Its workers inherit the flag. In a young generation of a few megabytes a fifth of all time goes into emptying it.
  args: ['--max-semi-space-size=64', bin('jest'), '--silent=passed-only', '--maxWorkers=2'],
}

/**
 * What needs the built parts, in this order; those of one line at once, which mostly wait. Each of these files must
 * exist; a missing one is a failure.
 */
const AFTER_BUILDS: readonly (readonly Part[])[] = [
  [
    script('the compiled mini-programs', 'e2e/mini/run.ts'),
    script('faults that need the real process', 'scripts/torture.ts', '--faults'),
  ],
  [script('journeys in the browser', 'e2e/journeys/run.ts')],
  [script('torture, small', 'scripts/torture.ts', '--payments', '120', '--kill-every', '1500')],
  [script('a notice while its workers are killed', 'scripts/torture.ts', '--notices')],
  [
    script(
      'people talk while processes are killed',
      'scripts/torture.ts',
      '--chat',
      '--conversations',
      '12',
      '--kill-every',
      '1500',
    ),
  ],
  [script('sizes of what residents load', 'scripts/bench.ts', 'size')],
]

const BUILDS: readonly Build[] = [
  serverBuild,
  sandboxBuild,
  consoleBuild,
  walletBuild.h5,
  walletBuild.weapp,
  walletBuild.alipay,
]

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

async function main(): Promise<Summary> {
  ensureTools(['mariadb', 'redis', 'chromium', 'cjk-font'])
  const summaries: Summary[] = [await play(CHECK, {})]
  // No test of jest's cuts the power; the torture starts durable ones of its own.
  const services = await temporaryServices({ durable: false })
  const scratch = scratchFolder('yihu-jest-')
  const environment = {
    YIHU_TEST_MARIADB_PORT: String(services.mariadbPort),
    YIHU_TEST_REDIS_PORT: String(services.redisPort),
    // Under it a test that would leave an engine out fails instead.
    YIHU_TEST_STRICT: '1',
    YIHU_PICTURES: 'failed',
  }
  try {
    // Webpack keeps one core busy for minutes while jest's tests mostly wait for databases.
    const [jest, builds] = await Promise.all([play(JEST, { ...environment, TMPDIR: scratch }), makeAll()])
    summaries.push(jest, ...builds)
  } finally {
    // A database with thousands of others in it is busy with itself for a long time, and nobody else needs it.
    await services.stop()
    rmSync(scratch, { recursive: true, force: true })
  }
  for (const parts of AFTER_BUILDS)
    summaries.push(...(await Promise.all(parts.map((part) => play(part, environment)))))
  return total(summaries)
}

async function play(part: Part, environment: Readonly<Record<string, string>>): Promise<Summary> {
  const file = part.args.find((arg) => arg.endsWith('.ts'))
  if (file !== undefined && !existsSync(join(ROOT, file))) {
    say(`\n== ${part.name}: ${file} does not exist`)
    return { passed: 0, failed: 1 }
  }
  say(`\n== ${part.name}`)
  const ran = await run(part.command, part.args, { env: environment, live: true })
  const summary = judge(ran.output, ran.code)
  say(`== ${part.name}: ${summary.passed} passed, ${summary.failed} failed (${inSeconds(ran.tookMs)})`)
  return summary
}

async function makeAll(): Promise<Summary[]> {
  const summaries: Summary[] = []
  for (const build of BUILDS) {
    const from = Date.now()
    try {
      const built = await makeFresh(build)
      say(`== build of the ${build.name}: ${built ? inSeconds(Date.now() - from) : 'fresh already'}`)
      summaries.push({ passed: 1, failed: 0 })
    } catch (error) {
      say(`== build of the ${build.name} failed\n${error instanceof Error ? error.message : String(error)}`)
      summaries.push({ passed: 0, failed: 1 })
    }
  }
  return summaries
}

endOnSignal()
const started = Date.now()
main().then(
  ({ passed, failed }) => {
    say(`\nEverything took ${inSeconds(Date.now() - started)}.`)
    say(`${passed} passed, ${failed} failed`)
    return process.exit(failed === 0 ? 0 : 1)
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    say('0 passed, 1 failed')
    process.exit(1)
  },
)
