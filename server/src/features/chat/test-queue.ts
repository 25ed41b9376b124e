import type { SignedInStaff } from '../../core/context'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { importRunTable } from '../billing/entities'
import { catalogueVersionTable } from '../catalogue/entities'
import { createRequest } from '../requests/create-request'
import { newRequest, TEST_CATALOGUE } from '../requests/test-catalogue'
import type { ChatMessageRow } from './entities'
import { openChat } from './open-chat'
import { sendAtDesk } from './send-at-desk'
import { sendMessage } from './send-message'
import { setSeat } from './set-seat'
import { conversationsByIds, messagesAfter } from './store'
import { openContent, wordsOf } from './stored-content'
import { TestChat } from './test-chat'
import { toPerson } from './to-person'

interface Sitting {
  readonly id: string
  readonly ctx: Ctx
}

type AgentOptions = Parameters<TestChat['agent']>[0] & { readonly capacity?: number }

/** Agents with seats and residents who call for them. */
export class TestQueue extends TestChat {
  private clients = 0

  /** Somebody at work, as a request of theirs has them. */
  async worker(
    how: AgentOptions = {},
    roles: readonly ('agent' | 'supervisor')[] = ['agent'],
  ): Promise<Sitting> {
    const { capacity: _, ...account } = how
    const { id } = await this.agent(account, [...roles])
    const seen: Partial<SignedInStaff> = {
      name: how.name ?? '测试员工',
      roles,
      companies: how.companies ?? null,
      areaPaths: how.areaIds?.map((area) => `${area}/`) ?? null,
      teamId: how.teamId ?? null,
    }
    return { id, ctx: this.app.asStaff(id, seen) }
  }

  /** The same with an open seat. */
  async seated(how: AgentOptions = {}, roles?: readonly ('agent' | 'supervisor')[]): Promise<Sitting> {
    const one = await this.worker(how, roles)
    await setSeat(one.ctx, { state: 'open', capacity: how.capacity ?? 5 })
    return one
  }

  /** A new resident who asked for a person; whether that came to anything the row says. */
  async caller(open: { householdId?: string; topic?: string; residentId?: string } = {}): Promise<{
    readonly id: string
    readonly residentId: string
    readonly ctx: Ctx
  }> {
    const residentId = open.residentId ?? (await this.resident()).id
    const ctx = this.app.asResident(residentId)
    const row = await openChat(ctx, {
      companyId: 'heating',
      ...(open.householdId === undefined ? {} : { householdId: open.householdId }),
    })
    await toPerson(ctx, { conversationId: row.id, topic: open.topic })
    // Two calls in one millisecond have no order.
    this.app.clock.advance(1)
    return { id: row.id, residentId, ctx }
  }

  /** Gives, takes back, escalates and closes whatever is due now. */
  async route(): Promise<void> {
    await this.app.runJobs()
  }

  async holders(...ids: readonly string[]): Promise<(string | null)[]> {
    const rows = await conversationsByIds(this.app.ctx().db.reader, ids)
    return ids.map((id) => rows.get(id)?.assigneeId ?? null)
  }

  say(agent: Sitting, conversationId: string, text: string, audience: ChatMessageRow['audience'] = 'all') {
    return sendAtDesk(agent.ctx, {
      conversationId,
      clientId: this.clientNumber(),
      content: { kind: 'text', text },
      audience,
      mentions: [],
    })
  }

  write(resident: { readonly ctx: Ctx }, conversationId: string, text: string) {
    return sendMessage(resident.ctx, {
      conversationId,
      clientId: this.clientNumber(),
      content: { kind: 'text', text },
    })
  }

  clientNumber(): string {
    return `queue-client-${String(++this.clients).padStart(8, '0')}`
  }

  /** Everything that stands in it, each as one line. */
  async lines(conversationId: string, scope: 'all' | 'staff' = 'all'): Promise<string[]> {
    const ctx = this.app.ctx()
    const rows = await messagesAfter(ctx.db.reader, conversationId, { after: 0, limit: 500, scope })
    return rows.map((row) => wordsOf(row, openContent(ctx, row)))
  }

  async minutes(count: number): Promise<void> {
    this.app.clock.advance(count * 60_000)
    await this.route()
  }

  async seconds(count: number): Promise<void> {
    this.app.clock.advance(count * 1000)
    await this.route()
  }

  /** Ends every conversation and shift, so that the next test begins with nobody. */
  async clear(): Promise<void> {
    await inTransaction(this.app.ctx(), async (tx) => {
      await tx.execute(
        `UPDATE conversation SET state = 'closed', openKey = NULL, answerBy = NULL, unansweredSince = NULL,
          waitingSince = NULL, offeredToId = NULL, closedAt = ? WHERE state <> 'closed'`,
        [this.app.clock.now()],
      )
      await tx.execute("UPDATE seat SET state = 'off'")
      await tx.execute('UPDATE seat_span SET endedAt = ? WHERE endedAt IS NULL', [this.app.clock.now()])
    })
  }

  /** The heating company's figures were imported now: what is owed is known. */
  async knowFigures(): Promise<void> {
    const { ids, clock } = this.app.ctx()
    const at = clock.now()
    const counts = { created: 0, updated: 0, unchanged: 0, untouched: 0, report: null, nextRecord: 1 }
    await inTransaction(this.app.ctx(), (tx) =>
      tx.insert(importRunTable, {
        id: ids.next(),
        companyId: 'heating',
        fileSha: 'a',
        rulesSha: 'b',
        fileName: 'heating.csv',
        state: 'done',
        ...counts,
        startedAt: at,
        finishedAt: at,
      }),
    )
  }

  gasConversation(resident: Ctx) {
    return openChat(resident, { companyId: 'gas' })
  }

  /** So many complaints of this home, made now. */
  async complain(householdId: string, count: number): Promise<void> {
    const ctx = this.app.ctx()
    await inTransaction(ctx, (tx) =>
      tx.insert(catalogueVersionTable, {
        companyId: 'heating',
        version: 1,
        body: JSON.stringify({
          ...TEST_CATALOGUE,
          types: TEST_CATALOGUE.types.map((type) => ({ ...type, class: 'complaint' })),
        }),
        note: '测试',
        byId: null,
        byName: null,
        createdAt: 0,
      }),
    )
    for (let made = 0; made < count; made++)
      await inTransaction(ctx, (tx) => createRequest(tx, ctx, newRequest({ householdId })))
  }
}
