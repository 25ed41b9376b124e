import { inTransaction, type Reader, type SqlValue } from '../../core/db/database'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { agentDays, figuresOf, standingNow, waitingLongest } from './board-store'
import { countAtDesk, offeredTo, queuePage, QUEUE_START } from './desk-store'
import { type ChatMessageRow, chatMessageTable, type ConversationRow, conversationTable } from './entities'
import { newConversation } from './new-conversation'
import * as queue from './queue-store'
import { loadsOf } from './seat-store'

const CONVERSATIONS = 6000
const PER_STATEMENT = 500

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
    const ctx = app.ctx()
    const now = app.clock.now()
    const row = (n: number): ConversationRow => {
      const [closed, lastAt] = [n >= 60, now - n * 60_000]
      return {
        ...newConversation(ctx, {
          companyId: n % 2 === 0 ? 'heating' : 'gas',
          areaPath: '',
          householdId: null,
          residentId: ctx.ids.next(),
          channel: 'app',
          personIndex: null,
          residentName: '张*',
        }),
        lastAt,
        createdAt: lastAt,
        state: closed ? 'closed' : n < 30 ? 'waiting' : 'active',
        ...(closed ? { openKey: null } : { waitingSince: lastAt, unansweredSince: lastAt }),
        assigneeId: `agent-${n % 7}`,
      }
    }
    for (let start = 0; start < CONVERSATIONS; start += PER_STATEMENT)
      await inTransaction(ctx, async (tx) => {
        const rows = Array.from({ length: PER_STATEMENT }, (_, index) => row(start + index))
        await tx.insert(conversationTable, rows)
        await tx.insert(chatMessageTable, rows.map(messageIn))
      })
  })
  afterAll(() => app.close())

  /** How the engine would find what this question asks for: the index of each table, or that it reads all of it. */
  const plansOf = async (ask: (reader: Reader) => Promise<unknown>): Promise<string[]> => {
    const { reader } = app.ctx().db
    const asked: [string, readonly SqlValue[]][] = []
    await ask({
      engine: reader.engine,
      query: (sql, params = []) => {
        asked.push([sql, params])
        return reader.query(sql, params)
      },
    })
    const plans: string[] = []
    for (const [sql, params] of asked) {
      const explain = engine === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN'
      const rows = await reader.query<Record<string, string | null>>(`${explain} ${sql}`, params)
      for (const plan of rows)
        plans.push(engine === 'sqlite' ? (plan['detail'] ?? '') : `${plan['table']}: ${plan['key']}`)
    }
    return plans
  }

  test.each<[string, (reader: Reader, now: number) => Promise<unknown>]>([
    ['who waits', (reader) => queue.waitingToGive(reader, 300)],
    ['the queue of a company', (reader) => queue.waitingOf(reader, ['heating'])],
    ['answers that did not come', (reader, now) => queue.answersMissed(reader, now)],
    ['who is forgotten', (reader, now) => queue.forgotten(reader, 'heating', now)],
    ['warm hand-overs that are over', (reader, now) => queue.offersOver(reader, now)],
    ['the speed of the last hour', (reader, now) => queue.answeredSince(reader, 'heating', now - 3_600_000)],
    ['what an agent has', (reader) => queue.activeOf(reader, 'agent-1')],
    ['how much agents have', (reader) => loadsOf(reader, ['agent-1', 'agent-2'])],
    [
      'what is idle',
      (reader, before) =>
        queue.idleSince(reader, { companyId: 'heating', state: 'active', before, warned: false }),
    ],
    [
      'who called in vain',
      (reader, now) => queue.waitedInVain(reader, { residentIds: ['x'], exceptId: 'y', since: now }),
    ],
    ['a page of the queue', (reader) => queuePage(reader, ALL, { after: QUEUE_START, limit: 20 })],
    ['what is offered to me', (reader, now) => offeredTo(reader, ME, now)],
    ['what stands beside the list', (reader) => countAtDesk(reader, ME)],
    ['the board now', (reader) => standingNow(reader, ALL, undefined)],
    [
      'the board’s longest waits',
      (reader) => waitingLongest(reader, ALL, { companyId: undefined, limit: 10 }),
    ],
    [
      'the figures of a day',
      (reader, now) => figuresOf(reader, ALL, { companyId: undefined, from: now - 3_600_000, until: now }),
    ],
    [
      'the agents’ day',
      (reader, now) => agentDays(reader, ALL, { companyId: undefined, from: now - 3_600_000 }),
    ],
  ])('%s is found by an index, however many have ended', async (_, ask) => {
    const plans = await plansOf((reader) => ask(reader, app.clock.now()))
    expect(plans.length).toBeGreaterThan(0)
    expect(plans.filter((plan) => /SCAN (conversation|c|m)\b|(conversation|c|m): null/.test(plan))).toEqual(
      [],
    )
  })
})

function messageIn({ id, createdAt }: ConversationRow): ChatMessageRow {
  return {
    conversationId: id,
    seq: 1,
    id,
    senderKind: 'resident',
    senderId: id,
    senderName: '张*',
    clientId: id,
    kind: 'text',
    audience: 'all',
    bodySealed: '',
    fileId: null,
    createdAt,
    recalledAt: null,
    outside: null,
    bodyAt: null,
    outsideAt: null,
  }
}

const ALL = { companies: null, areaPaths: null }
const ME = { id: 'agent-1', sessionId: 's', name: '王芳', roles: ['agent'], teamId: null, ...ALL }
