import { inTransaction } from '../../core/db/database'
import { buildHousehold, buildResident } from '../../testing/factories'
import type { TestEngine } from '../../testing/harness'
import { type ChatWindow, chatWindows } from '../notifications'
import { messageTable, type MessageRow } from '../notifications/entities'
import { startAccount, type TestAccount } from '../official/test-account'
import type { ChatMessageRow, ConversationRow } from './entities'
import { windowKey } from './outside-window'
import { TestQueue } from './test-queue'

/** Words that no configured answer and no article takes. */
export const QUESTION = '你们经理是谁'

const USED = [
  'conversation',
  'chat_message',
  'outside_lane',
  'seat',
  'job',
  'message',
  'message_credit',
  'official_event',
  'official_message',
  'official_talk',
]

/** A portal with an account that people write to, and agents who answer; each test begins with nobody there. */
export class TestOutside {
  private constructor(
    readonly account: TestAccount,
    readonly queue: TestQueue,
  ) {}

  static async start(engine: TestEngine): Promise<TestOutside> {
    const account = await startAccount(engine)
    return new TestOutside(account, new TestQueue(account.app))
  }

  async clear(): Promise<void> {
    this.account.said.length = 0
    this.account.outcomes.length = 0
    this.account.pictures.clear()
    await inTransaction(this.account.app.ctx(), async (tx) => {
      for (const table of USED) await tx.execute(`DELETE FROM ${table}`)
    })
  }

  async settle(): Promise<void> {
    // A turn of the one may be work for the other.
    for (let turn = 0; turn < 4; turn++) await this.account.app.runJobs()
  }

  async writes(openid: string, words: string): Promise<void> {
    await this.account.text(openid, words)
    await this.settle()
  }

  conversations(): Promise<ConversationRow[]> {
    return this.account.rows('conversation')
  }

  async theOne(): Promise<ConversationRow> {
    const [row] = await this.conversations()
    if (!row) throw new Error('no conversation')
    return row
  }

  async messages(): Promise<ChatMessageRow[]> {
    return (await this.account.rows<ChatMessageRow>('chat_message')).sort((a, b) => a.seq - b.seq)
  }

  async ofStaff(): Promise<ChatMessageRow[]> {
    return (await this.messages()).filter(({ senderKind }) => senderKind === 'staff')
  }

  saidWords(): string[] {
    return this.account.said.map(({ content }) => (content.kind === 'text' ? content.text : content.kind))
  }

  async windowNow(): Promise<ChatWindow | undefined> {
    const key = windowKey(await this.theOne())
    const ctx = this.account.app.ctx()
    return key === null ? undefined : (await chatWindows(ctx.db.reader, ctx, [key]))[0]
  }

  async told(): Promise<MessageRow[]> {
    const rows = await this.account.rows<MessageRow>(messageTable.name)
    return rows.filter(({ template }) => template === 'chat-reply')
  }

  /** A resident whose account this openid is, with a home of the heating company. */
  async resident(): Promise<{ id: string; householdId: string; openid: string }> {
    const { id } = await buildResident(this.account.app)
    const { id: householdId } = await buildHousehold(this.account.app, { members: [id] })
    return { id, householdId, openid: `wechat-oa-${id}` }
  }

  /** Somebody who was put through to this agent. */
  async inTalk(openid: string) {
    const agent = await this.queue.seated({ name: '王芳' })
    await this.writes(openid, '转人工')
    const row = await this.theOne()
    expect(row).toMatchObject({ state: 'active', assigneeId: agent.id })
    this.account.said.length = 0
    return { agent, id: row.id }
  }
}
