import { openCore } from '../server/src/assemble'
import { systemClock } from '../server/src/core/clock'
import { configFiles, loadConfig } from '../server/src/core/config/load'
import { inTransaction } from '../server/src/core/db/database'
import { sha256 } from '../server/src/core/ids'
import { createLogger } from '../server/src/core/log'
import { conversationTable } from '../server/src/features/chat/entities'
import { newConversation } from '../server/src/features/chat/new-conversation'
import { residentTable, sessionTable } from '../server/src/features/identity/entities'
import { insertAccount } from '../server/src/features/staff/account-store'
import { staffSessionTable } from '../server/src/features/staff/entities'
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
  const platforms = createPlatforms({
    config: config.platforms,
    publicUrl: config.http.publicUrl,
    clock: systemClock,
    log,
    sharedCache: opened.core.cache,
  })
  const ctx = { ...opened.core, config, platforms, requestId: 'bench', ip: null, resident: null, staff: null }
  const now = Date.now()
  const session = { createdAt: now, lastSeenAt: now, endedAt: null, expiresAt: now + 8 * 3_600_000 }
  const people = { ids: () => ctx.ids.next(), token: (bytes: number) => ctx.ids.token(bytes) }
  const atWork = Array.from({ length: agents }, () => ({ id: people.ids(), token: people.token(32) }))
  const living = Array.from({ length: residents }, () => ({ id: people.ids(), token: people.token(16) }))
  await inTransaction(ctx, async (tx) => {
    for (const [at, { id, token }] of atWork.entries()) {
      await insertAccount(tx, ctx, {
        id,
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
        ...session,
        id: people.ids(),
        staffId: id,
        tokenHash: sha256(token),
        ip: null,
        agent: 'bench',
      })
    }
  })
  const conversations = living.map(({ id }, at) => ({
    ...newConversation(ctx, {
      companyId: 'heating',
      areaPath: '',
      householdId: null,
      residentId: id,
      channel: 'app',
      personIndex: null,
      openidSealed: null,
      residentName: '住户',
    }),
    ...takenBy(atWork[Math.floor(at / each)]?.id, now),
  }))
  for (let from = 0; from < residents; from += AT_ONCE)
    await inTransaction(ctx, async (tx) => {
      const some = living.slice(from, from + AT_ONCE)
      await tx.insert(
        residentTable,
        some.map(({ id }) => ({
          id,
          phoneSealed: null,
          phoneIndex: null,
          phoneVerifiedAt: null,
          elderMode: 0,
          mergedInto: null,
          createdAt: now,
          endedAt: null,
        })),
      )
      await tx.insert(
        sessionTable,
        some.map(({ id, token }) => ({
          ...session,
          id: people.ids(),
          tokenHash: sha256(token),
          residentId: id,
          identityId: null,
          channel: 'h5',
        })),
      )
      await tx.insert(conversationTable, conversations.slice(from, from + AT_ONCE))
    })
  await platforms.close()
  await opened.close()
  return [
    ...atWork.map(({ id, token }, at) => ({
      id,
      side: 'staff' as const,
      headers: { cookie: `yihu_staff=${token}`, 'x-yihu-console': '1' },
      conversations: conversations.slice(at * each, (at + 1) * each).map(({ id }) => id),
    })),
    ...living.map(({ id, token }, at) => ({
      id,
      side: 'resident' as const,
      headers: { authorization: `Bearer ${token}` },
      conversations: [conversations[at]?.id ?? ''],
    })),
  ]
}

function takenBy(agentId: string | undefined, now: number) {
  if (agentId === undefined) return {}
  return { state: 'active', assigneeId: agentId, assigneeName: '王芳', assignedAt: now } as const
}

main().then(
  (clients) => process.stdout.write(JSON.stringify(clients)),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  },
)
