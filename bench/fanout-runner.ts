import { readFileSync } from 'node:fs'
import { assemblePortal, openCore } from '../server/src/assemble'
import { systemClock } from '../server/src/core/clock'
import { configFiles, loadConfig, useShanghaiTime } from '../server/src/core/config/load'
import { inTransaction } from '../server/src/core/db/database'
import { createLogger } from '../server/src/core/log'
import { spreadFanOut, startFanOut } from '../server/src/features/notices/fan-out'
import { openBulk } from '../server/src/features/notifications'
import { deliverMessages } from '../server/src/features/notifications/deliver-messages'
import type { Ctx } from '../server/src/platforms/context'
import { createPlatforms } from '../server/src/platforms/create'
import { configSchema } from '../server/src/platforms/whole-config'
import { bareCalls, FACTS } from './lib/fanout-bare'
import type { FanoutTask, SendResult, SpreadResult } from './lib/fanout-task'

/** A program of its own for each measurement, so that what it takes in memory and time is its alone. */
async function opened<T>(work: (ctx: Ctx) => Promise<T>): Promise<T> {
  useShanghaiTime()
  const config = loadConfig(configSchema, configFiles())
  const log = createLogger('error')
  const core = await openCore(config, { clock: systemClock, log })
  const platforms = createPlatforms({
    config: config.platforms,
    publicUrl: config.http.publicUrl,
    clock: systemClock,
    log,
  })
  const portal = assemblePortal(core, platforms, { poll: false })
  try {
    return await work(portal.contextFor({ requestId: 'bench', ip: null, resident: null, staff: null }))
  } finally {
    await platforms.close()
    await core.close()
  }
}

/** The publisher's transaction. */
async function publish(ctx: Ctx): Promise<void> {
  const [notice] = await ctx.db.reader.query<{ id: string; title: string }>('SELECT id, title FROM notice')
  if (!notice) throw new Error('there is no notice to tell')
  await inTransaction(ctx, async (tx) => {
    const bulkId = await openBulk(tx, ctx, {
      companyId: 'heating',
      template: 'outage-emergency',
      title: notice.title,
      facts: FACTS,
      page: `/pages/notice/index?id=${notice.id}`,
      urgency: 0,
      expiresAt: ctx.clock.now() + 86_400_000,
    })
    await startFanOut(tx, ctx, { noticeId: notice.id, version: 1, bulkId })
  })
}

/** From the publisher's transaction until every resident has a row that is due. */
async function spread(ctx: Ctx): Promise<SpreadResult> {
  const { reader } = ctx.db
  const before = process.memoryUsage.rss()
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 100)
  const started = performance.now()
  await publish(ctx)
  const [fanout] = await reader.query<{ id: string }>('SELECT id FROM notice_fanout')
  for (;;) {
    await spreadFanOut(ctx, fanout?.id ?? '', null)
    const [row] = await reader.query<{ state: string; residents: number }>('SELECT * FROM notice_fanout')
    if (row?.state !== 'done') continue
    const seconds = (performance.now() - started) / 1000
    clearInterval(watch)
    return { rows: row.residents, seconds, rssGrowthMb: (most - before) / 2 ** 20 }
  }
}

const sentSoFar = async (ctx: Ctx): Promise<number> => {
  const [row] = await ctx.db.reader.query<{ n: number | null }>(
    "SELECT SUM(n) AS n FROM message_tally WHERE channel IN ('wechat-mini', 'alipay-mini') AND state = 'delivered'",
  )
  return Number(row?.n ?? 0)
}

/** After a second of warming up, how many of all processes' messages are sent and written down meanwhile. */
async function send(ctx: Ctx, seconds: number): Promise<SendResult> {
  const stopping = new AbortController()
  const running = deliverMessages(ctx, stopping.signal)
  await pause(2000)
  const [from, cpuFrom, started] = [await sentSoFar(ctx), process.cpuUsage(), performance.now()]
  await pause(seconds * 1000)
  const [to, cpu, ended] = [await sentSoFar(ctx), process.cpuUsage(cpuFrom), performance.now()]
  stopping.abort()
  await running
  const took = (ended - started) / 1000
  return { sent: to - from, perSecond: (to - from) / took, cpuMicros: (cpu.user + cpu.system) / (to - from) }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** The same calls, and nothing else. */
async function bare(task: Extract<FanoutTask, { kind: 'bare' }>): Promise<SendResult> {
  const { calls, close } = await bareCalls(loadConfig(configSchema, configFiles()), task.person, task.atOnce)
  let [begun, counted, over] = [0, 0, false]
  const lane = async (): Promise<void> => {
    while (!over) {
      await calls[task.wallets[begun++ % task.wallets.length] ?? 'wechat']()
      counted += 1
    }
  }
  const lanes = Array.from({ length: task.atOnce }, lane)
  await pause(1000)
  const [from, cpuFrom, started] = [counted, process.cpuUsage(), performance.now()]
  await pause(task.seconds * 1000)
  const [to, cpu] = [counted, process.cpuUsage(cpuFrom)]
  const took = (performance.now() - started) / 1000
  over = true
  await Promise.all(lanes)
  await close()
  return { sent: to - from, perSecond: (to - from) / took, cpuMicros: (cpu.user + cpu.system) / (to - from) }
}

function run(task: FanoutTask): Promise<object> {
  switch (task.kind) {
    case 'prepare':
      return opened(({ vault }) => {
        const { wechat, alipay } = task.person
        return Promise.resolve({ wechat: vault.seal(wechat), alipay: vault.seal(alipay) })
      })
    case 'spread':
      return opened(spread)
    case 'publish':
      return opened(async (ctx) => {
        await publish(ctx)
        return {}
      })
    case 'send':
      return opened((ctx) => send(ctx, task.seconds))
    case 'bare':
      return bare(task)
  }
}

run(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as FanoutTask).then(
  (result) => process.stdout.write(JSON.stringify(result)),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  },
)
