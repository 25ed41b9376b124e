import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assemblePortal, openCore } from '../assemble'
import { fixedClock } from '../core/clock'
import type { SignedInResident, SignedInStaff } from '../core/context'
import { createLogger } from '../core/log'
import type { Ctx } from '../platforms/context'
import type { Platforms } from '../platforms'
import type { Config } from '../platforms/whole-config'
import { testConfig } from './config'
import { fakePlatforms } from './fake-platforms'
import { freshDatabase, type TestEngine } from './test-databases'

export type { TestEngine } from './test-databases'

const mariadbPort = Number(process.env['YIHU_TEST_MARIADB_PORT'] ?? 0)
const strict = process.env['YIHU_TEST_STRICT'] === '1'

/** The engines a suite runs on: both in `npm test`; SQLite alone, said aloud, where a developer has no MariaDB up. */
export function eachEngine(suite: (engine: TestEngine) => void): void {
  if (mariadbPort === 0 && strict)
    throw new Error('YIHU_TEST_MARIADB_PORT is not set: `npm test` must prove both engines.')
  const engines: TestEngine[] = mariadbPort === 0 ? ['sqlite'] : ['sqlite', 'mariadb']
  if (mariadbPort === 0)
    process.stderr.write('MariaDB is not up: this suite runs on SQLite only (npm test runs both).\n')
  for (const engine of engines) {
    // oxlint-disable-next-line jest/valid-title -- the title is the engine's name
    describe(`on ${engine}`, () => suite(engine))
  }
}

/** 2026-11-22 10:00 in Shanghai: after the demo's bills are out and before they are all due. */
const TEST_NOW = Date.UTC(2026, 10, 22, 2, 0, 0)

export interface TestApp {
  readonly config: Config
  readonly clock: ReturnType<typeof fixedClock>
  readonly platforms: Platforms
  readonly url: string
  readonly logLines: string[]
  /** A context with nobody signed in, as jobs have it. */
  ctx(): Ctx
  /** A context of this resident, as an authenticated request has it. */
  asResident(id: string, channel?: string): Ctx
  /** A context of somebody at work; a supervisor of everything unless told otherwise. */
  asStaff(id: string, how?: Partial<SignedInStaff>): Ctx
  /** Runs every job and schedule that is due, until none is. */
  runJobs(): Promise<number>
  close(): Promise<void>
}

/** The real portal on a database of its own, over HTTP on a free port; platforms are fakes unless given. */
export async function startApp(options: {
  engine: TestEngine
  platforms?: Partial<Platforms>
  config?: { [section: string]: unknown }
  logLevel?: string
}): Promise<TestApp> {
  const place = await freshDatabase(options.engine)
  const uploadDir = join(tmpdir(), `yihu-uploads-${randomBytes(6).toString('hex')}`)
  const { files, ...sections } = options.config ?? {}
  const config = testConfig(place.database, { ...sections, files: { uploadDir, ...Object(files) } })
  const clock = fixedClock(TEST_NOW)
  const logLines: string[] = []
  const log = createLogger(options.logLevel ?? 'silent', { write: (line) => void logLines.push(line) })
  const opened = await openCore(config, { clock, log })
  const platforms: Platforms = { ...fakePlatforms(), ...options.platforms }
  const portal = assemblePortal(opened, platforms, { poll: false })
  const server = createServer({ keepAliveTimeout: 75_000 }, portal.http.callback())
  portal.acceptSockets(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const context = (resident: SignedInResident | null, staff: SignedInStaff | null = null): Ctx =>
    portal.contextFor({ requestId: 'test', ip: '127.0.0.1', resident, staff })
  return {
    config,
    clock,
    platforms,
    logLines,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ctx: () => context(null),
    asResident: (id, channel = 'wechat-mini') =>
      context({ id, sessionId: `session-${id}`.slice(0, 26), channel }),
    asStaff: (id, how) => context(null, staffMember(id, how)),
    runJobs: () => portal.jobs.runDue(),
    close: async () => {
      opened.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await portal.jobs.stop()
      await opened.close()
      await place.drop()
      rmSync(uploadDir, { recursive: true, force: true })
    },
  }
}

function staffMember(id: string, how: Partial<SignedInStaff> = {}): SignedInStaff {
  const sessionId = `session-${id}`.slice(0, 26)
  const everywhere = { teamId: null, companies: null, areaPaths: null }
  return { id, sessionId, name: '测试员工', roles: ['supervisor'], ...everywhere, ...how }
}
