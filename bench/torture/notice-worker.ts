import { createInterface } from 'node:readline'
import { assemblePortal, openCore } from '../../server/src/assemble'
import { systemClock } from '../../server/src/core/clock'
import { configFiles, loadConfig, useShanghaiTime } from '../../server/src/core/config/load'
import { inTransaction, type Tx } from '../../server/src/core/db/database'
import { createLogger } from '../../server/src/core/log'
import { areaTable, bindingTable, householdTable } from '../../server/src/features/households/entities'
import { identityTable, residentTable } from '../../server/src/features/identity/entities'
import { noticeAreaTable, noticeTable } from '../../server/src/features/notices/entities'
import { startFanOut, stopFanOut } from '../../server/src/features/notices/fan-out'
import { openBulk, stopBulk } from '../../server/src/features/notifications'
import type { Ctx } from '../../server/src/platforms/context'
import { createPlatforms } from '../../server/src/platforms/create'
import { configSchema } from '../../server/src/platforms/whole-config'

/**
 * A worker as production runs it (jobs, schedules, pumps), without HTTP. It is killed from outside; a line on its
 * standard input makes it do what a publisher does, because SQLite serves one process.
 */
const UNITS = 30

async function main(): Promise<void> {
  useShanghaiTime()
  const config = loadConfig(configSchema, configFiles())
  const log = createLogger('warn')
  const opened = await openCore(config, { clock: systemClock, log })
  const platforms = createPlatforms({
    config: config.platforms,
    publicUrl: config.http.publicUrl,
    clock: systemClock,
    log,
  })
  const portal = assemblePortal(opened, platforms, { poll: process.argv[2] !== 'idle' })
  const ctx = portal.contextFor({ requestId: 'storm', ip: null, resident: null, staff: null })
  for await (const line of createInterface({ input: process.stdin })) {
    const [command = '', ...rest] = line.split(' ')
    process.stdout.write(`${JSON.stringify(await obey(ctx, command, rest))}\n`)
    if (command === 'end') break
  }
  await portal.jobs.stop()
  await platforms.close()
  await opened.close()
}

async function obey(
  ctx: Ctx,
  command: string,
  [first = '', second = '']: readonly string[],
): Promise<object> {
  if (command === 'settle') return inTransaction(ctx, (tx) => settle(tx, ctx, Number(first)))
  if (command === 'publish') return inTransaction(ctx, (tx) => publish(tx, ctx))
  if (command === 'stop') {
    await inTransaction(ctx, async (tx) => {
      await stopFanOut(tx, ctx, first, 1)
      await stopBulk(tx, ctx, second)
    })
    return { at: Date.now() }
  }
  return { up: true }
}

/** A community with thirty units; each resident has an openid of their own, which the platform counts by. */
async function settle(tx: Tx, ctx: Ctx, residents: number): Promise<object> {
  const now = ctx.clock.now()
  const { ids } = ctx
  const root = ids.next()
  const area = (id: string, path: string, name: string, parentId: string | null) => ({
    id,
    companyId: 'heating',
    tree: 'place' as const,
    kind: parentId === null ? 'community' : 'unit',
    name,
    fullName: name,
    parentId,
    path,
    contactSealed: null,
    createdAt: now,
  })
  const units = Array.from({ length: UNITS }, () => ids.next())
  await tx.insert(areaTable, [
    area(root, `${root}/`, '松海园', null),
    ...units.map((id, index) => area(id, `${root}/${id}/`, `松海园/${index + 1}单元`, root)),
  ])
  for (let index = 0; index < residents; index++)
    await home(tx, ctx, { index, placeId: units[index % UNITS] ?? root })
  return { residents }
}

/** One home with the one resident who lives there. */
async function home(
  tx: Tx,
  ctx: Ctx,
  { index, placeId }: { readonly index: number; readonly placeId: string },
): Promise<void> {
  const { ids, vault } = ctx
  const now = ctx.clock.now()
  const [residentId, householdId] = [ids.next(), ids.next()]
  await tx.insert(residentTable, {
    id: residentId,
    phoneSealed: null,
    phoneIndex: null,
    phoneVerifiedAt: null,
    elderMode: 0,
    mergedInto: null,
    createdAt: now,
    endedAt: null,
    guestUntil: null,
  })
  await tx.insert(identityTable, {
    id: ids.next(),
    residentId,
    provider: 'wechat-mini',
    appId: ctx.config.platforms.wechat.mini.appId,
    idType: 'openid',
    subjectSealed: vault.seal(`openid-${residentId}`),
    subjectIndex: vault.index('openid', `openid-${residentId}`),
    unionIndex: null,
    linkedAt: now,
    lastLoginAt: now,
  })
  await tx.insert(householdTable, {
    id: householdId,
    companyId: 'heating',
    accountNo: String(2_100_000_000 + index),
    ownerSealed: 'k.x',
    phoneTailIndex: null,
    phoneIndex: null,
    factsIndex: '0',
    community: '松海园',
    addressText: `松海园${index}室`,
    shortAddress: `松海园 ${index}`,
    placeId,
    supplyId: null,
    createdAt: now,
    updatedAt: now,
  })
  await tx.insert(bindingTable, {
    id: ids.next(),
    residentId,
    householdId,
    role: 'owner',
    isDefault: 1,
    boundAt: now,
    unboundAt: null,
    activeSlot: 1,
  })
}

async function publish(tx: Tx, ctx: Ctx): Promise<object> {
  const now = ctx.clock.now()
  const noticeId = ctx.ids.next()
  const [area] = await tx.query<{ id: string; path: string }>(
    "SELECT id, path FROM area WHERE tree = 'place' AND kind = 'community'",
  )
  if (!area) throw new Error('nobody lives here')
  await tx.insert(noticeTable, {
    id: noticeId,
    companyId: 'heating',
    number: `TN${noticeId.slice(-12)}`,
    kind: 'emergency',
    state: 'live',
    revision: 1,
    version: 1,
    title: '紧急停暖',
    reasonWords: '管道破裂',
    phone: '96123',
    startsAt: now,
    endsAt: now + 3_600_000,
    restoredAt: null,
    cutsSupply: 1,
    cutSince: now,
    urgency: 0,
    requestsClosedAt: null,
    mergedRequests: 0,
    minutesKeptAt: null,
    suggestionId: null,
    createdBy: noticeId,
    createdAt: now,
    updatedAt: now,
  })
  await tx.insert(noticeAreaTable, {
    noticeId,
    areaId: area.id,
    tree: 'place',
    fullName: '松海园',
    path: area.path,
  })
  const bulkId = await openBulk(tx, ctx, {
    companyId: 'heating',
    template: 'outage-emergency',
    title: '紧急停暖',
    facts: {
      what: '突发停暖',
      area: '松海园',
      startsAt: '2026年11月22日 14:20',
      endsAt: '2026年11月22日 18:00',
      reason: '管道破裂',
      phone: '96123',
    },
    page: `/pages/notice/index?id=${noticeId}`,
    urgency: 0,
    expiresAt: now + 3_600_000,
  })
  await startFanOut(tx, ctx, { noticeId, version: 1, bulkId })
  return { noticeId, bulkId }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exit(1)
})
