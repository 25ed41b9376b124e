import { openCore } from '../server/src/assemble'
import { systemClock } from '../server/src/core/clock'
import { configFiles, loadConfig } from '../server/src/core/config/load'
import { inTransaction, type Tx } from '../server/src/core/db/database'
import { sha256 } from '../server/src/core/ids'
import { createLogger } from '../server/src/core/log'
import { type ConversationRow, conversationTable } from '../server/src/features/chat/entities'
import { newConversation } from '../server/src/features/chat/new-conversation'
import { residentTable, sessionTable } from '../server/src/features/identity/entities'
import { insertAccount } from '../server/src/features/staff/account-store'
import { staffSessionTable } from '../server/src/features/staff/entities'
import type { Ctx } from '../server/src/platforms/context'
import { createPlatforms } from '../server/src/platforms/create'
import { configSchema } from '../server/src/platforms/whole-config'
import type { ChatClient } from './lib/chat-load'

/**
 * A program of its own: puts residents and agents who are signed in into the database, each agent with so many
 * conversations, and prints who they are: `<residents> <agents> <conversations of each agent>`.
 */
const [residents = 0, agents = 0, each = 0] = process.argv.slice(2).map(Number)
const AT_ONCE = 200

async function main(): Promise<ChatClient[]> {
  const config = loadConfig(configSchema, configFiles())
  const log = createLogger('silent')
  const opened = await openCore(config, { clock: systemClock, log })
  const { publicUrl } = config.http
  const platforms = createPlatforms({ config: config.platforms, publicUrl, clock: systemClock, log })
  const ctx: Ctx = {
    ...opened.core,
    config,
    platforms,
    requestId: 'bench',
    ip: null,
    resident: null,
    staff: null,
  }
  const someone = (bytes: number) => ({ id: ctx.ids.next(), token: ctx.ids.token(bytes) })
  const atWork = Array.from({ length: agents }, () => someone(32))
  const living = Array.from({ length: residents }, () => someone(16))
  await inTransaction(ctx, (tx) => employ(tx, ctx, atWork))
  const conversations = living.map(({ id }, at) => talkOf(ctx, id, atWork[Math.floor(at / each)]?.id))
  for (let from = 0; from < residents; from += AT_ONCE) {
    const to = from + AT_ONCE
    await inTransaction(ctx, async (tx) => {
      await settle(tx, ctx, living.slice(from, to))
      await tx.insert(conversationTable, conversations.slice(from, to))
    })
  }
  await platforms.close()
  await opened.close()
  return [
    ...atWork.map(({ id, token }, at) => ({
      id,
      side: 'staff' as const,
      headers: { cookie: `yihu_staff=${token}`, 'x-yihu-console': '1' },
      conversations: conversations.slice(at * each, (at + 1) * each).map((row) => row.id),
    })),
    ...living.map(({ id, token }, at) => ({
      id,
      side: 'resident' as const,
      headers: { authorization: `Bearer ${token}` },
      conversations: [conversations[at]?.id ?? ''],
    })),
  ]
}

interface Someone {
  readonly id: string
  readonly token: string
}

const sessionFor = (ctx: Ctx, { token }: Someone) => ({
  id: ctx.ids.next(),
  tokenHash: sha256(token),
  createdAt: ctx.clock.now(),
  lastSeenAt: ctx.clock.now(),
  expiresAt: ctx.clock.now() + 8 * 3_600_000,
  endedAt: null,
})

async function employ(tx: Tx, ctx: Ctx, atWork: readonly Someone[]): Promise<void> {
  const now = ctx.clock.now()
  for (const [at, person] of atWork.entries()) {
    await insertAccount(tx, ctx, {
      id: person.id,
      loginName: `bench${at}`,
      name: '王芳',
      phoneSealed: null,
      roles: '["agent"]',
      companies: null,
      areaIds: null,
      teamId: null,
      skills: '[]',
      state: 'active',
      passwordHash: 'none',
      passwordSetAt: now,
      mustChangePassword: 0,
      totpSealed: null,
      totpStep: 0,
      walletResidentId: null,
      presence: 'online',
      lastSeenAt: now,
      createdAt: now,
      updatedAt: now,
    })
    await tx.insert(staffSessionTable, {
      ...sessionFor(ctx, person),
      staffId: person.id,
      ip: null,
      agent: 'bench',
    })
  }
}

async function settle(tx: Tx, ctx: Ctx, living: readonly Someone[]): Promise<void> {
  const createdAt = ctx.clock.now()
  const plain = {
    phoneSealed: null,
    phoneIndex: null,
    phoneVerifiedAt: null,
    mergedInto: null,
    endedAt: null,
    guestUntil: null,
  }
  await tx.insert(
    residentTable,
    living.map(({ id }) => ({ ...plain, id, elderMode: 0, createdAt })),
  )
  await tx.insert(
    sessionTable,
    living.map((person) => ({
      ...sessionFor(ctx, person),
      residentId: person.id,
      identityId: null,
      channel: 'h5',
    })),
  )
}

/** A conversation of theirs, which this agent has. */
function talkOf(ctx: Ctx, residentId: string, agentId: string | undefined): ConversationRow {
  const row = newConversation(ctx, {
    companyId: 'heating',
    areaPath: '',
    householdId: null,
    residentId,
    channel: 'app',
    personIndex: null,
    residentName: '住户',
  })
  if (agentId === undefined) return row
  return { ...row, state: 'active', assigneeId: agentId, assigneeName: '王芳', assignedAt: row.createdAt }
}

main().then(
  (clients) => process.stdout.write(JSON.stringify(clients)),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  },
)
